package org.lesbillets.cli.command;

import java.util.List;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Releases a lock. */
@Command(
    name = "unlock",
    description = "Release one's own lock on a ticket.",
    customSynopsis = "billets unlock REF [--token N]",
    footer = {"  billets unlock 17", "  billets unlock 17 --token \"$token\""})
final class UnlockCommand implements Verb {
  @Parameters(paramLabel = "REF", converter = Converters.OfRef.class, description = "The ticket.")
  TicketRef ref;

  @Option(
      names = "--token",
      paramLabel = "N",
      converter = Converters.OfRevision.class,
      description = "Only this lock. Else BILLETS_LOCK_TOKEN for BILLETS_TICKET.")
  Long token;

  ClientMessage.UnlockTicket change(Invocation invocation) {
    return new ClientMessage.UnlockTicket(
        null, null, ref, LockInHand.token(token, ref, invocation), null);
  }

  @Override
  public void run(Invocation invocation) {
    invocation.print().changed(List.of(invocation.desk().change(change(invocation))), false);
  }
}
