package org.lesbillets.cli.command.lock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.command.AmbientLockToken;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.EachTicket;
import org.lesbillets.cli.command.TicketSelection;
import org.lesbillets.cli.command.TypedRefs;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code unlock}: releases or breaks a lock, or releases all of the agent's own. */
@Command(
    name = "unlock",
    description = {
      "Release one's own locks on tickets, or break another's.",
      "What is broken is the lock that is there now, and everybody is told who did it and why. With"
          + " several tickets each is unlocked on its own, and the exit code is that of the first"
          + " failure; one that is named twice is unlocked once."
    },
    customSynopsis = {
      "billets unlock REF… [--token N] [--force --reason T]",
      "       billets unlock --mine"
    },
    footer = {
      "  billets unlock 17",
      "  billets unlock 17 --token \"$token\"",
      "  billets unlock 17 --force --reason 'alice is on holiday'",
      "  billets unlock --mine"
    })
public final class UnlockCommand implements Verb {
  @Parameters(
      arity = "0..*",
      paramLabel = "REF",
      description = "The tickets; each is tried, whatever becomes of the others.")
  List<String> words = new ArrayList<>();

  @Option(
      names = "--token",
      paramLabel = "N",
      converter = Converters.OfRevision.class,
      description = "Only this lock. Else BILLETS_LOCK_TOKEN for BILLETS_TICKET.")
  Long token;

  @Option(names = "--force", description = "Break the lock, whoever holds it.")
  boolean force;

  @Option(
      names = "--reason",
      paramLabel = "T",
      description = "Why it is broken; not needed for one's own.")
  String reason;

  @Option(names = "--mine", description = "All locks one holds; no REF then.")
  boolean mine;

  /**
   * @throws UsageException if the options do not go together
   */
  private void check() {
    if (mine == !words.isEmpty()) {
      throw new UsageException("name a ticket or several, or --mine for all one holds");
    }
    if (mine && (token != null || force)) {
      throw new UsageException("--mine releases one's own locks: it goes with no other option");
    }
    if (reason != null && !force) {
      throw new UsageException("--reason says why a lock is broken: add --force");
    }
  }

  private ClientMessage.UnlockTicket change(TicketRef ref, CommandContext context) {
    if (!force) {
      return new ClientMessage.UnlockTicket(ref, AmbientLockToken.token(token, ref, context));
    }
    LockBreak broken =
        token == null
            ? StealTarget.seen(ref, reason, context.service())
            : new LockBreak(token, Converters.textOrNull(reason));
    return new ClientMessage.UnlockTicket(ref, null).forcing(broken);
  }

  @Override
  public void run(CommandContext context) {
    check();
    if (mine) {
      releaseAll(context);
    } else {
      List<TicketRef> refs = TypedRefs.parse(words);
      AmbientLockToken.checkOneTicket(token, refs);
      EachTicket.change(refs, ref -> change(ref, context), context);
    }
  }

  private static void releaseAll(CommandContext context) {
    Map<TicketRef, Long> held = new LinkedHashMap<>();
    for (Ticket ticket :
        context.service().tickets(TicketSelection.of(LocksCommand.MINE)).tickets()) {
      held.put(TicketRef.of(ticket.number()), ticket.lock().token());
    }
    if (held.isEmpty() && context.console().terminal().out()) {
      context.console().say("You hold no lock.");
    }
    EachTicket<EventMessage> each =
        EachTicket.of(
            List.copyOf(held.keySet()), ref -> context.service().change(release(ref, held)));
    context.print().changed(each.done(), true);
    each.throwFailures();
  }

  private static ClientMessage.UnlockTicket release(TicketRef ref, Map<TicketRef, Long> tokens) {
    return new ClientMessage.UnlockTicket(ref, tokens.get(ref));
  }
}
