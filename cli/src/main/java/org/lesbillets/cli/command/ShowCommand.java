package org.lesbillets.cli.command;

import org.lesbillets.model.TicketRef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one ticket. */
@Command(
    name = "show",
    description = "Show one ticket with all of its comments.",
    customSynopsis = "billets show REF [--field NAME] [--history]",
    footer = {
      "  billets show 17",
      "  billets show 17 --field lock.holder",
      "  billets show 17 --history -o json"
    })
final class ShowCommand implements Verb {
  @Parameters(
      paramLabel = "REF",
      converter = Converters.OfRef.class,
      description = "The ticket: its number, its UUID, or the first 4 or more of its UUID.")
  TicketRef ref;

  @Option(
      names = "--field",
      paramLabel = "NAME",
      converter = Converters.OfField.class,
      description = "Print this value alone: title, status, lock.holder, …")
  String field;

  @Option(names = "--history", description = "Show every event too.")
  boolean history;

  @Override
  public void run(Invocation invocation) {
    if (field == null) {
      invocation.print().shown(TicketReader.read(invocation.desk(), ref, history));
    } else {
      invocation.print().field(invocation.desk().details(ref, false, null).ticket(), field);
    }
  }
}
