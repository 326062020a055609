package org.lesbillets.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.sqlite.SqliteRestore;
import org.lesbillets.server.world.World;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code billets-server restore}: a backup becomes the journal of a directory that has none. */
@Command(
    name = "restore",
    description = {
      "Make a backup the journal of a data directory that has none; no server may run on it.",
      "The journal gets a new id, so that clients reload; revisions go on above every one issued;"
          + " locks held at the time of the backup are ended."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  billets-server restore /srv/backup/billets-2026-11-30.db --data /srv/billets"})
public final class RestoreCommand extends JournalVerb {
  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file;

  @Override
  JournalReport run(DataOption data) {
    // Before a data directory is made for it.
    if (!Files.isRegularFile(file)) {
      throw new JournalException("There is no backup " + file + ": name one that exists.");
    }
    try (DataDirectory directory = DataDirectory.open(data.directory())) {
      return SqliteRestore.run(file, directory, World.system());
    }
  }

  @Override
  String done() {
    return "restored";
  }
}
