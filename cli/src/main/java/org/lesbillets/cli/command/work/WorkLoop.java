package org.lesbillets.cli.command.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.GracefulEnd;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.TicketSelection;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.query.TicketQuery;

/**
 * One job of a worker: claims a ticket, waiting in line, has it {@linkplain WorkAttempt attempted},
 * and begins again. Has a service of its own, which shares one connection with those of the other
 * jobs. A server that is away, or takes no changes, is waited for, for ever, once it has answered
 * anything.
 */
final class WorkLoop implements Runnable {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final String CLIENT = "work";

  /** With {@code --until-empty}: pause before it is looked again whether anything is left. */
  private static final LockWait LOOK_AGAIN = new LockWait(Duration.ofSeconds(3));

  private final CommandContext context;
  private final WorkPlan plan;
  private final Terms terms;
  private final TicketService service;
  private final Backoff backoff = Backoff.unpredictable();

  /**
   * Until when a worker works.
   *
   * @param untilEmpty whether it ends when nothing is left
   * @param answered whether the server has answered any of its jobs
   * @param said what was said of the server for all jobs
   */
  record Terms(GracefulEnd end, boolean untilEmpty, AtomicBoolean answered, Said said) {
    Terms(GracefulEnd end, boolean untilEmpty) {
      this(end, untilEmpty, new AtomicBoolean(), new Said());
    }
  }

  /**
   * What was said once for all jobs.
   *
   * @param outage that the server takes no changes, and does not yet
   * @param lost that the connection was lost, and is not back
   */
  record Said(AtomicBoolean outage, AtomicBoolean lost) {
    Said() {
      this(new AtomicBoolean(), new AtomicBoolean());
    }
  }

  private WorkLoop(CommandContext context, TicketService service, WorkPlan plan, Terms terms) {
    this.context = context;
    this.service = service;
    this.plan = plan;
    this.terms = terms;
  }

  /** Runs so many jobs to their ends; the caller's thread waits. */
  static void runAll(int jobs, CommandContext context, WorkPlan plan, Terms terms) {
    List<Thread> threads = new ArrayList<>();
    for (TicketService service : context.service().sharing(jobs)) {
      WorkLoop loop = new WorkLoop(context, service, plan, terms);
      Thread thread = new Thread(loop, "billets-work-" + (threads.size() + 1));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void run() {
    try (service) {
      boolean more = true;
      while (more && !terms.end.isSettling()) {
        more = step();
      }
    } catch (RuntimeException e) {
      terms.end.stop(e);
    }
  }

  /** Returns whether there may be more to do. */
  private boolean step() {
    EventMessage claimed;
    try {
      claimed = terms.untilEmpty ? claimOrNull() : claim(LockWait.FOREVER);
    } catch (RejectedException | ConnectionException e) {
      if (!terms.end.isSettling()) {
        awayOrThrow(e);
      }
      return true;
    }
    if (claimed != null) {
      answered();
      new WorkAttempt(context, service, plan, terms.end).run(claimed);
    }
    return claimed != null;
  }

  private void answered() {
    terms.answered.set(true);
    terms.said.outage.set(false);
    backoff.reset();
  }

  private void awayOrThrow(RuntimeException failure) {
    boolean over =
        failure instanceof RejectedException refused && refused.code() == RejectionCode.TIMEOUT;
    boolean there = terms.answered.get() || failure instanceof RejectedException;
    if (over) {
      answered();
    } else if (!there || !RetryPolicy.isOutage(failure)) {
      throw failure;
    } else {
      terms.answered.set(true);
      if (!RetryPolicy.isTransient(failure) && terms.said.outage.compareAndSet(false, true)) {
        context.console().say("billets: " + failure.getMessage() + " (trying again until it does)");
      }
      pause();
    }
  }

  private void pause() {
    try {
      terms.end.settling().get(backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // No signal: claims again.
    } catch (InterruptedException | ExecutionException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next ticket, or null if none is left. */
  private EventMessage claimOrNull() {
    while (true) {
      try {
        return claim(null);
      } catch (RejectedException e) {
        if (e.code() != RejectionCode.NOT_FOUND) {
          throw e;
        }
        answered();
      }
      if (isEmpty() || terms.end.isSettling()) {
        return null;
      }
      try {
        return claim(LOOK_AGAIN);
      } catch (RejectedException e) {
        if (e.code() != RejectionCode.TIMEOUT) {
          throw e;
        }
      }
    }
  }

  /** Whether no ticket is open, unassigned and unlocked, also none that is asleep. */
  private boolean isEmpty() {
    String text = plan.wanted().text() + " status:open assignee:none";
    TicketQuery left = QueryWords.parse(text.trim());
    return service.tickets(TicketSelection.of(left)).tickets().stream().allMatch(Ticket::isLocked);
  }

  private EventMessage claim(LockWait wait) {
    LockTerms lock = new LockTerms(LEASE, null, CLIENT);
    ClaimTicket claim = new ClaimTicket(plan.wanted(), null, lock).returning().queued(wait);
    if (wait == null) {
      return service.change(claim);
    }
    Waiting waiting = new Waiting();
    try {
      return service.waitInLine(claim, waiting);
    } finally {
      terms.end.over(waiting.cancel);
    }
  }

  /** Passes a stop on to a wait; prints trouble. The thread that waits. */
  private final class Waiting implements LockWaitListener {
    private Runnable cancel;

    @Override
    public void begun(Runnable cancel) {
      this.cancel = cancel;
      terms.end.begun(cancel);
    }

    @Override
    public void waiting() {
      answered();
    }

    @Override
    public void lost() {
      if (terms.said.lost.compareAndSet(false, true)) {
        context.console().say("billets: the connection was lost (trying again until it is back)");
      }
    }

    @Override
    public void back(ServerAddress server) {
      if (terms.said.lost.compareAndSet(true, false)) {
        context.console().say("billets: connected to " + server + " again");
      }
    }
  }
}
