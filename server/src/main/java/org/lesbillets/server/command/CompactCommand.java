package org.lesbillets.server.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.lesbillets.model.DurationText;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.sqlite.SqliteCompaction;
import org.lesbillets.server.journal.sqlite.SqliteJournal;
import org.lesbillets.server.journal.sqlite.SqliteVerification;
import org.lesbillets.server.world.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code billets-server compact}: drops old history and returns its space. */
@Command(
    name = "compact",
    description = {
      "Drop old history, check the journal, and return the space; no server may run on it.",
      "Tickets, comments, and each ticket's making and last change stay. Clients that resume from"
          + " before what was dropped reload."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  billets-server compact --older-than 90d",
      "  billets-server compact --older-than 30d --keep 1000000"
    })
public final class CompactCommand extends JournalVerb {
  @Spec private CommandSpec spec;

  @Option(
      names = "--older-than",
      paramLabel = "DUR",
      description = "Drop events of that age (90d, 12h).",
      converter = ToDuration.class)
  private Duration olderThan;

  @Option(
      names = "--keep",
      paramLabel = "EVENTS",
      description = "Keep at least so many of the last events.")
  private Long keep;

  private final Map<String, Long> figures = new TreeMap<>();

  @Override
  JournalReport run(DataOption data) {
    if (olderThan == null && keep == null) {
      throw new ParameterException(
          spec.commandLine(), "Say what goes: --older-than 90d, --keep 1000000, or both.");
    }
    if (keep != null && keep < 0) {
      throw new ParameterException(
          spec.commandLine(), "--keep wants a number of events, 0 or more: --keep 1000000.");
    }
    if (!Files.exists(data.directory().resolve(SqliteJournal.FILE_NAME))) {
      throw new JournalException(
          "There is no journal in %s: name the directory of one with --data."
              .formatted(data.directory()));
    }
    SqliteCompaction.Bound bound = new SqliteCompaction.Bound(olderThan, keep == null ? 0 : keep);
    try (DataDirectory directory = DataDirectory.open(data.directory())) {
      Path file = directory.file(SqliteJournal.FILE_NAME);
      long before = size(file);
      figures.put("droppedEvents", SqliteCompaction.run(directory, bound, World.system()));
      figures.put("freedBytes", before - size(file));
      return SqliteVerification.ofData(directory.path());
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Map<String, Long> figures() {
    return figures;
  }

  /** Converter of DUR. */
  static final class ToDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return DurationText.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  String done() {
    return "compacted";
  }
}
