package org.lesbillets.cli.command.edit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.place.UserDirectories;

/**
 * The drafts of one user, files in a folder. Confined to one thread; other processes may use the
 * folder concurrently.
 *
 * @param folder made when the first draft is
 * @param clock names the drafts
 */
public record Drafts(Path folder, Clock clock) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  /** The drafts of a user. */
  public static Drafts of(UserDirectories directories, Clock clock) {
    return new Drafts(directories.state().resolve("drafts"), clock);
  }

  /** Keeps a new draft, readable by its owner only; its name begins with the ticket's number. */
  public Draft create(String text, DraftBase base) {
    DraftFiles.createFolder(folder);
    String name = base.number() + "-" + TIME.withZone(clock.getZone()).format(clock.instant());
    Path path = folder.resolve(name + DraftFiles.DRAFT);
    for (int n = 2; !DraftFiles.create(path); n++) {
      path = folder.resolve(name + "-" + n + DraftFiles.DRAFT);
    }
    DraftFiles.replace(DraftFiles.basePath(path), base.text().getBytes(StandardCharsets.UTF_8));
    DraftFiles.replace(path, text.getBytes(StandardCharsets.UTF_8));
    return new Draft(path, base);
  }

  /** The draft of a ticket that was changed last. */
  public Optional<Draft> newest(TicketId ticket) {
    return files().stream()
        .sorted(Comparator.comparing(Drafts::changed).thenComparing(Path::toString).reversed())
        .flatMap(path -> draft(path).stream())
        .filter(draft -> draft.base().id().equals(ticket))
        .findFirst();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(DraftFiles.DRAFT)).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw DraftFiles.failed(folder, "cannot be looked for", e);
    }
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** Empty where the base of the draft cannot be read. */
  private static Optional<Draft> draft(Path path) {
    try {
      DraftBase base = DraftBase.parse(Files.readString(DraftFiles.basePath(path)));
      return Optional.of(new Draft(path, base));
    } catch (IOException | TemplateException e) {
      return Optional.empty();
    }
  }
}
