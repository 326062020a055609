package org.lesbillets.cli.command.work;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.lock.KeptLease;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.lock.OnServerAway;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.GracefulEnd;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * One attempt at a claimed ticket: the command runs while the lease is renewed, and what became of
 * it is settled before the lease ends. The thread of its job waits for both.
 *
 * <pre>
 *                    code 0                          unlocked or closed
 *   RUNNING -------------------------------------------------------------> settled
 *      |---- another code: comment -------> given back: failed, asleep ------^
 *      |---- cannot be run, or ended by a second signal: given back ---------^
 *      +---- lock lost: command ended ------------------------------------> lost
 * </pre>
 */
final class WorkAttempt {
  /** From SIGTERM to SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private static final String AGAIN =
      " (trying again while the lease lasts, or until a second signal)";

  private static final String BY_ITSELF = "; it goes back to the pool when its lease is over";

  private final CommandContext context;
  private final TicketService service;
  private final WorkPlan plan;
  private final GracefulEnd end;
  private final CompletableFuture<LockLostReason> lost = new CompletableFuture<>();

  /** Why the last change was not made. */
  private String trouble = "";

  WorkAttempt(CommandContext context, TicketService service, WorkPlan plan, GracefulEnd end) {
    this.context = context;
    this.service = service;
    this.plan = plan;
    this.end = end;
  }

  void run(EventMessage claimed) {
    Ticket ticket = claimed.event().event().ticket();
    Lease lease = Lease.of(claimed);
    KeptLease kept = service.keep(lease, OnServerAway.GIVE_UP, lost::complete);
    try {
      if (end.isSettling()) {
        giveBack(ticket, lease, "given back, since this program was told to end");
      } else {
        attempt(ticket, lease);
      }
    } finally {
      kept.close();
    }
  }

  private void attempt(Ticket ticket, Lease lease) {
    WatchedCommand child;
    try {
      plan.command().find(context);
      child = WatchedCommand.start(plan.command().words(), environment(lease), this::pass);
    } catch (ChildExitException e) {
      cannotRun(ticket, lease, e);
      return;
    }
    try {
      CompletableFuture.anyOf(child.exit(), lost, end.ending()).join();
      if (isTaken()) {
        child.end(GRACE);
        tell(ticket, "lost, so the command was ended: " + lost.join().sentence());
        return;
      }
      CompletableFuture.anyOf(child.exit(), end.ending()).join();
      if (child.exit().isDone()) {
        ended(ticket, lease, child);
      } else {
        child.end(GRACE);
        giveBack(ticket, lease, "given back, since this program was told to end");
      }
    } catch (RuntimeException | Error e) {
      child.end(GRACE);
      throw e;
    }
  }

  /** Whether another has the lock by now; the command itself may have released it. */
  private boolean isTaken() {
    return lost.isDone() && lost.join().kind() != LockLostReason.Kind.RELEASED;
  }

  private void ended(Ticket ticket, Lease lease, WatchedCommand child) {
    int code = child.exit().join();
    boolean unsure = code == NOT_EXECUTABLE || code == NOT_FOUND;
    ChildExitException missing = unsure ? plan.command().missing(context) : null;
    if (code == 0) {
      done(ticket, lease);
    } else if (missing != null) {
      cannotRun(ticket, lease, missing);
    } else {
      failed(ticket, lease, child.tail(), code);
    }
  }

  /** No ticket is to blame, and the next one would be none the better for it. */
  private void cannotRun(Ticket ticket, Lease lease, ChildExitException why) {
    giveBack(ticket, lease, "given back without an attempt, since the command cannot be run");
    end.stop(
        new ChildExitException(why.code(), why.getMessage() + "; so no more tickets are claimed"));
  }

  /** Counts no attempt. */
  private void giveBack(Ticket ticket, Lease lease, String outcome) {
    boolean given = settle(unlock(lease).givingBack(GiveBack.UNTRIED));
    tell(ticket, given ? outcome : "not given back: " + trouble + BY_ITSELF);
  }

  private void done(Ticket ticket, Lease lease) {
    TicketPatch closed = TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED);
    ClientMessage.Change change =
        plan.closes()
            ? new ClientMessage.UpdateTicket(ref(lease), closed, lease.token())
            : unlock(lease);
    boolean released = lost.isDone();
    if (settle(change)) {
      tell(ticket, plan.closes() ? "done, and closed" : "done");
    } else {
      tell(
          ticket,
          released && !isTaken()
              ? "done; the command released the lock itself"
              : "done, but that is not recorded, so it may be done again: " + trouble);
    }
  }

  private void failed(Ticket ticket, Lease lease, String tail, int code) {
    if (!tail.isBlank()) {
      settle(new ClientMessage.CommentTicket(ref(lease), tail));
    }
    Duration sleep = plan.sleepAfter(attempts(ticket));
    if (settle(unlock(lease).givingBack(new GiveBack(true, sleep)))) {
      String asleep = sleep == null ? "" : ", asleep for " + length(sleep);
      tell(ticket, "failed with " + code + ", and given back" + asleep);
    } else {
      String why =
          lost.isDone()
              ? "; the lock was released or lost before"
              : ", and not given back: " + trouble + BY_ITSELF;
      tell(ticket, "failed with " + code + why);
    }
  }

  private static String length(Duration sleep) {
    return sleep.toSeconds() < 1 ? sleep.toMillis() + "ms" : HumanTime.length(sleep);
  }

  private static long attempts(Ticket ticket) {
    Long attempts = ticket.content().get(TicketField.ATTEMPTS);
    return attempts == null ? 0 : attempts;
  }

  private static TicketRef ref(Lease lease) {
    return TicketRef.of(lease.number());
  }

  private static ClientMessage.UnlockTicket unlock(Lease lease) {
    return new ClientMessage.UnlockTicket(ref(lease), lease.token());
  }

  /**
   * Makes a change under one operation id, as often as that takes while the lease lasts, also while
   * the server takes no changes; once the commands are to be ended, it is tried once.
   *
   * @return false if it was refused, the lock was lost before, or it was tried long enough
   */
  private boolean settle(ClientMessage.Change change) {
    ClientMessage.Change same = change.identified("", StrongRandom.key());
    boolean said = false;
    do {
      try {
        service.change(same);
        return true;
      } catch (RejectedException | ConnectionException e) {
        trouble = e.getMessage();
        boolean brief = RetryPolicy.isTransient(e);
        if (isTaken() || !brief && (lost.isDone() || !RetryPolicy.isOutage(e))) {
          return false;
        }
        if (!brief && !said) {
          said = true;
          context.console().say("billets: " + trouble + AGAIN);
        }
      }
    } while (mayGoOn());
    return false;
  }

  /** Waits before another attempt; false if none is to be made. */
  private boolean mayGoOn() {
    try {
      end.ending().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException | ExecutionException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, String> environment(Lease lease) {
    Map<String, String> added = new TreeMap<>(context.settings().forChildren());
    added.put("BILLETS_TICKET", Long.toString(lease.number()));
    added.put("BILLETS_LOCK_TOKEN", Long.toString(lease.token()));
    return added;
  }

  /** A line of the command's standard error. */
  private void pass(String line) {
    context.console().say(line);
  }

  private void tell(Ticket ticket, String outcome) {
    long attempt = attempts(ticket) + 1;
    context.report("ATTEMPT", "#" + ticket.number() + ", attempt " + attempt + ": " + outcome);
  }
}
