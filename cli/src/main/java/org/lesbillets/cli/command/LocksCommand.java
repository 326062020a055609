package org.lesbillets.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists locks. */
@Command(
    name = "locks",
    description = "Who holds which ticket, since when, for how long still, and why.",
    customSynopsis = "billets locks [--mine]",
    footer = {"  billets locks", "  billets locks --mine -o id"})
final class LocksCommand implements Verb {
  @Option(names = "--mine", description = "Only those one holds oneself.")
  boolean mine;

  static TicketSelection selection(boolean mine) {
    String query = mine ? "status:locked holder:me" : "status:locked";
    return new TicketSelection(QueryWords.parse(query), null, null);
  }

  @Override
  public void run(Invocation invocation) {
    invocation.print().locks(invocation.desk().tickets(selection(mine)).tickets());
  }
}
