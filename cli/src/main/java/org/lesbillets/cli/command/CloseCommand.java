package org.lesbillets.cli.command;

import java.util.List;
import org.lesbillets.model.TicketStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Closes tickets. */
@Command(
    name = "close",
    description = {"Close tickets.", "A lock of one's own is released with it."},
    customSynopsis = "billets close REF…",
    footer = {"  billets close 17", "  billets close 17 18 19"})
final class CloseCommand implements Verb {
  @Parameters(
      arity = "1..*",
      paramLabel = "REF",
      description = "The tickets; each is tried, whatever becomes of the others.")
  List<String> refs;

  StatusChange change() {
    return StatusChange.of(TicketStatus.CLOSED, refs);
  }

  @Override
  public void run(Invocation invocation) {
    change().run(invocation);
  }
}
