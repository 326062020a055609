package org.lesbillets.cli.tui.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lesbillets.cli.client.lock.KeptLease;
import org.lesbillets.cli.client.lock.LastingLease;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A lock at a server, kept renewed by a {@link LastingLease}. Any thread; what may wait is done on
 * the thread of the changes, behind those that were asked for before.
 */
final class RemoteLease implements HeldLease {
  /** Nobody waits longer for a lock to be given back: it ends by itself. */
  private static final Duration RELEASE = Duration.ofSeconds(2);

  private final EventMessage granted;
  private final ChangeQueue changes;
  private final LossListener listener;
  private final Consumer<RemoteLease> onEnd;
  private final KeptLease kept;

  /** How many changes are under way that are to end the lock. */
  private int finishing;

  /** What was heard meanwhile. */
  private LockLostReason heard;

  private boolean over;

  /** What a lease needs of the desk. */
  record Dependencies(
      LastingLease.Keeping keeping, ChangeQueue changes, Consumer<RemoteLease> onEnd) {}

  RemoteLease(EventMessage granted, LossListener listener, Dependencies dependencies) {
    this.granted = granted;
    this.changes = dependencies.changes();
    this.listener = listener;
    this.onEnd = dependencies.onEnd();
    this.kept = LastingLease.start(dependencies.keeping(), Lease.of(granted), this::lost);
  }

  @Override
  public EventMessage granted() {
    return granted;
  }

  private void lost(LockLostReason why) {
    synchronized (this) {
      heard = why;
      if (over || finishing > 0) {
        return;
      }
      over = true;
    }
    onEnd.accept(this);
    listener.lost(why);
  }

  @Override
  public CompletableFuture<EventMessage> finish(ClientMessage.Change last) {
    synchronized (this) {
      finishing++;
    }
    CompletableFuture<EventMessage> promise = new CompletableFuture<>();
    changes
        .change(last)
        .whenComplete(
            (event, problem) -> {
              if (problem == null) {
                finished(event);
                promise.complete(event);
              } else {
                goOn();
                promise.completeExceptionally(problem);
              }
            });
    return promise;
  }

  private void finished(EventMessage event) {
    TicketLock left = event.event().event().ticket().lock();
    if (left != null && left.token() == token()) {
      giveBack(RELEASE);
    } else {
      end();
      kept.close();
      onEnd.accept(this);
    }
  }

  private void goOn() {
    LockLostReason why;
    synchronized (this) {
      finishing--;
      why = heard;
    }
    if (why != null) {
      lost(why);
    }
  }

  @Override
  public void release() {
    end();
    changes.then(() -> giveBack(RELEASE));
  }

  /** Releases the lock, waiting no longer than this for the server. */
  void giveBack(Duration patience) {
    end();
    kept.release(patience);
    onEnd.accept(this);
  }

  private synchronized void end() {
    over = true;
  }

  /** Whether it was lost, or is to end. */
  synchronized boolean isOver() {
    return over;
  }
}
