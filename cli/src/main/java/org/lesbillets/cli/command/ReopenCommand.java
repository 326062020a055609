package org.lesbillets.cli.command;

import java.util.List;
import org.lesbillets.model.TicketStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reopens tickets. */
@Command(
    name = "reopen",
    description = "Open closed tickets again.",
    customSynopsis = "billets reopen REF…",
    footer = {"  billets reopen 17", "  billets reopen 17 18 19"})
final class ReopenCommand implements Verb {
  @Parameters(
      arity = "1..*",
      paramLabel = "REF",
      description = "The tickets; each is tried, whatever becomes of the others.")
  List<String> refs;

  StatusChange change() {
    return StatusChange.of(TicketStatus.OPEN, refs);
  }

  @Override
  public void run(Invocation invocation) {
    change().run(invocation);
  }
}
