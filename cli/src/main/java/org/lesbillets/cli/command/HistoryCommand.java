package org.lesbillets.cli.command;

import org.lesbillets.model.TicketRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells the story of one ticket. */
@Command(
    name = "history",
    description = "Show every event of a ticket, oldest first, with what changed.",
    customSynopsis = "billets history REF",
    footer = {"  billets history 17", "  billets history 17 -o jsonl"})
final class HistoryCommand implements Verb {
  @Parameters(paramLabel = "REF", converter = Converters.OfRef.class, description = "The ticket.")
  TicketRef ref;

  @Override
  public void run(Invocation invocation) {
    invocation.print().history(TicketReader.read(invocation.desk(), ref, true));
  }
}
