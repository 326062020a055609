package org.lesbillets.server.command;

import java.nio.file.Path;
import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.sqlite.SqliteBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code billets-server backup}: a checked copy of the journal, of one moment. */
@Command(
    name = "backup",
    description = {
      "Write a copy of the journal, of one moment, and check it. Works beside a running server.",
      "FILE must not exist; it appears when it is complete and sound. Tokens are not part of it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  billets-server backup /srv/backup/billets-$(date +%%F).db"})
public final class BackupCommand extends JournalVerb {
  @Parameters(paramLabel = "FILE", description = "The copy to write.")
  private Path file;

  @Override
  JournalReport run(DataOption data) {
    return SqliteBackup.of(data.directory(), file);
  }

  @Override
  String done() {
    return "written";
  }
}
