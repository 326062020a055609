package org.lesbillets.cli.command;

import java.util.List;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Comments on a ticket. */
@Command(
    name = "comment",
    description = {"Comment on a ticket.", "Needs no lock."},
    customSynopsis = "billets comment REF [TEXT]",
    footer = {
      "  billets comment 17 'Called back, no answer.'",
      "  journalctl --unit cups | billets comment 17"
    })
final class CommentCommand implements Verb {
  @Parameters(
      index = "0",
      paramLabel = "REF",
      converter = Converters.OfRef.class,
      description = "The ticket.")
  TicketRef ref;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "What to say; read from standard input when it is left out.")
  String text = "-";

  ClientMessage.CommentTicket change(Invocation invocation) {
    String said = Texts.given(text, "comment", invocation);
    if (said.isBlank()) {
      throw new UsageException("an empty comment says nothing: give a text");
    }
    return new ClientMessage.CommentTicket(null, null, ref, said);
  }

  @Override
  public void run(Invocation invocation) {
    invocation.print().changed(List.of(invocation.desk().change(change(invocation))), false);
  }
}
