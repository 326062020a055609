package org.lesbillets.cli.command.lock;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A granted lock that has no owner outside this process yet: until its token is printed, or a child
 * runs under it, any failure releases it. Confined to one thread.
 *
 * @param claimed whether a claim took it, which is then undone, too
 * @param guard knows whether this process is ending already, and makes its end wait
 */
public record GrantedLock(
    CommandContext context, EventMessage granted, boolean claimed, GrantGuard guard) {

  /** The exit code after SIGTERM; the signal that ends the process decides it. */
  private static final int ENDED = 143;

  /** Between two attempts to release a claim. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Prints the lock for the caller, its owner from then on. */
  public void print(Runnable printing) {
    handOver(
        () -> {
          printing.run();
          context.console().flush();
        });
  }

  /**
   * Runs the step that gives the lock an owner. If that fails, the lock is released before the
   * failure is thrown on, and standard error says so.
   */
  void handOver(Runnable step) {
    try {
      if (guard.isEnding()) {
        throw new ChildExitException(ENDED, "this program was told to end");
      }
      step.run();
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(e.getMessage() + "; " + undone(), e.getCause());
    } catch (ClosedPipeException e) {
      context.report("NOT_PRINTED", "nothing reads the output any more; " + undone());
      throw e;
    } catch (RuntimeException | Error e) {
      context.report("LOCK_RELEASED", undone());
      throw e;
    }
  }

  /** Releases the lock; returns a sentence about the outcome. */
  private String undone() {
    String what = (claimed ? "the claim of #" : "the lock on #") + ticket().number();
    try {
      context.service().change(unlock(claimed ? GiveBack.UNTRIED : null));
      return what + (claimed ? " was given back" : " was released");
    } catch (RuntimeException e) {
      return what
          + " could not be "
          + (claimed ? "given back" : "released")
          + " ("
          + e.getMessage()
          + "): see billets show "
          + ticket().number();
    }
  }

  /**
   * The keeper's release was not answered: says so on standard error, and what comes of it. Left to
   * expire, a claim that is done would be claimed and done again: that one is released once more.
   *
   * @param giveBack how it was to be given back; null for a plain release
   * @param stop completed when this program is to end soon
   */
  void notReleasedYet(GiveBack giveBack, CompletableFuture<Void> stop) {
    if (claimed && giveBack == null) {
      release(stop);
    } else {
      String sentence =
          claimed
              ? "the server did not answer that the claim of #%d is given back: if it is not, it"
                  + " goes back to the pool in %s"
              : "the server did not answer that the lock on #%d is released: if it is not, it"
                  + " ends by itself in %s";
      String length = HumanTime.length(ticket().lock().ttl());
      context.report("NOT_RELEASED", sentence.formatted(ticket().number(), length));
    }
  }

  /**
   * Releases the lock and keeps the assignment, under one operation id, as often as that takes, for
   * the length of a lease; a failure is reported on standard error.
   */
  private void release(CompletableFuture<Void> stop) {
    ClientMessage.Change same = unlock(null).identified("", StrongRandom.key());
    Duration ttl = ticket().lock().ttl();
    long start = System.nanoTime();
    boolean said = false;
    RuntimeException failure;
    do {
      try {
        context.service().change(same);
        return;
      } catch (RejectedException | ConnectionException e) {
        if (e instanceof RejectedException refused && refused.code().isLockOver()) {
          return;
        }
        failure = e;
        if (!RetryPolicy.isOutage(e)) {
          break;
        }
      }
      if (!said) {
        said = true;
        String again = " (trying to release the claim for up to %s, or until a signal)";
        context.report(
            "NOT_RELEASED", failure.getMessage() + again.formatted(HumanTime.length(ttl)));
      }
    } while (mayGoOn(stop, ttl.minusNanos(System.nanoTime() - start)));
    context.report("NOT_RELEASED", notReleased(failure));
  }

  /** Waits before another attempt; false if none is to be made. */
  private static boolean mayGoOn(CompletableFuture<Void> stop, Duration left) {
    try {
      stop.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return left.compareTo(PAUSE) > 0;
    } catch (InterruptedException | ExecutionException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String notReleased(RuntimeException e) {
    return "the claim of #%d could not be released (%s): it goes back to the pool in %s"
        .formatted(ticket().number(), e.getMessage(), HumanTime.length(ticket().lock().ttl()));
  }

  private Ticket ticket() {
    return granted.event().event().ticket();
  }

  private ClientMessage.UnlockTicket unlock(GiveBack giveBack) {
    TicketRef ref = TicketRef.of(ticket().number());
    long token = ticket().lock().token();
    return new ClientMessage.UnlockTicket(ref, token).givingBack(giveBack);
  }
}
