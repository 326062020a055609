package org.lesbillets.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Releases or breaks a lock, or releases all of one's own. */
@Command(
    name = "unlock",
    description = {
      "Release one's own lock on a ticket, or break another's.",
      "What is broken is the lock that is there now, and everybody is told who did it and why."
    },
    customSynopsis = {
      "billets unlock REF [--token N] [--force --reason T]",
      "       billets unlock --mine"
    },
    footer = {
      "  billets unlock 17",
      "  billets unlock 17 --token \"$token\"",
      "  billets unlock 17 --force --reason 'alice is on holiday'",
      "  billets unlock --mine"
    })
final class UnlockCommand implements Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "REF",
      converter = Converters.OfRef.class,
      description = "The ticket.")
  TicketRef ref;

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
    if (mine == (ref != null)) {
      throw new UsageException("name one ticket, or --mine for all one holds");
    }
    if (mine && (token != null || force)) {
      throw new UsageException("--mine releases one's own locks: it goes with no other option");
    }
    if (reason != null && !force) {
      throw new UsageException("--reason says why a lock is broken: add --force");
    }
  }

  ClientMessage.UnlockTicket change(Invocation invocation) {
    if (!force) {
      return new ClientMessage.UnlockTicket(
          null, null, ref, LockInHand.token(token, ref, invocation), null);
    }
    LockBreak broken =
        token == null
            ? LockBreaking.seen(ref, reason, invocation.desk())
            : new LockBreak(token, Texts.orNull(reason));
    return new ClientMessage.UnlockTicket(null, null, ref, null, broken);
  }

  @Override
  public void run(Invocation invocation) {
    check();
    if (mine) {
      releaseAll(invocation);
    } else {
      invocation.print().changed(List.of(invocation.desk().change(change(invocation))), false);
    }
  }

  private static void releaseAll(Invocation invocation) {
    List<Ticket> held = invocation.desk().tickets(LocksCommand.selection(true)).tickets();
    List<EventMessage> done = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (Ticket ticket : held) {
      try {
        done.add(invocation.desk().change(release(ticket)));
      } catch (ConnectionException e) {
        // Where there is no server, each of the others would only wait for the timeout again.
        failures.add(e);
        break;
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (held.isEmpty() && invocation.console().terminal().out()) {
      invocation.console().say("You hold no lock.");
    }
    invocation.print().changed(done, true);
    if (!failures.isEmpty()) {
      throw new SeveralFailures(failures);
    }
  }

  private static ClientMessage.UnlockTicket release(Ticket ticket) {
    return new ClientMessage.UnlockTicket(
        null, null, TicketRef.of(ticket.number()), ticket.lock().token(), null);
  }
}
