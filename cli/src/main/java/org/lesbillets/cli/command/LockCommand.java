package org.lesbillets.cli.command;

import java.time.Duration;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes or renews a lock. */
@Command(
    name = "lock",
    description = {
      "Take a ticket's lock and print its token, or renew it.",
      "Fails at once, with the holder's name, when somebody holds it. With --token, the lock"
          + " that has this token starts its time anew."
    },
    customSynopsis = {
      "billets lock REF [--ttl DUR] [--note T]",
      "       billets lock REF --token N [--ttl DUR]"
    },
    footer = {
      "  billets lock 17 --note 'calling customer'",
      "  token=$(billets lock 17 --ttl 1h)",
      "  billets lock 17 --token \"$token\""
    })
final class LockCommand implements Verb {
  private static final String CLIENT = "cli";

  @Parameters(paramLabel = "REF", converter = Converters.OfRef.class, description = "The ticket.")
  TicketRef ref;

  @Option(
      names = "--ttl",
      paramLabel = "DUR",
      converter = Converters.OfDuration.class,
      description = "How long the lock lasts, 1s to 8h (15m).")
  Duration ttl;

  @Option(names = "--note", paramLabel = "T", description = "Why; everybody sees it.")
  String note;

  @Option(
      names = "--token",
      paramLabel = "N",
      converter = Converters.OfRevision.class,
      description = "Renew the lock that has this token.")
  Long token;

  ClientMessage.LockTicket change() {
    LockTerms terms = new LockTerms(ttl, Texts.orNull(note), CLIENT);
    return new ClientMessage.LockTicket(null, null, ref, token, terms, null, null);
  }

  @Override
  public void run(Invocation invocation) {
    invocation.print().locked(invocation.desk().change(change()));
  }
}
