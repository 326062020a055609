package org.lesbillets.server.command;

import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.sqlite.SqliteVerification;
import picocli.CommandLine.Command;

/** {@code billets-server verify}: checks the whole journal, beside a running server too. */
@Command(
    name = "verify",
    description = {
      "Check the whole journal: every row and index, all events against the tickets, the witness.",
      "Changes nothing, and works beside a running server. Ends with 1 if anything is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  billets-server verify", "  billets-server verify --data /srv/billets -o json"})
public final class VerifyCommand extends JournalVerb {
  @Override
  JournalReport run(DataOption data) {
    return SqliteVerification.ofData(data.directory());
  }

  @Override
  String done() {
    return "sound";
  }
}
