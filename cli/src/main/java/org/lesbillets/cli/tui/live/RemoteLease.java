package org.lesbillets.cli.tui.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.lock.KeptLease;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.lock.OnServerAway;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A lock kept renewed by a {@link LeaseKeeper} that outlasts absences of the server. Any thread;
 * what may block runs on the thread of the {@link ChangeQueue}, in its order.
 */
final class RemoteLease implements HeldLease {
  /** The time limit of a release: a lease that is not released ends by itself. */
  private static final Duration RELEASE = Duration.ofSeconds(2);

  private final EventMessage granted;
  private final ChangeQueue changes;
  private final LeaseKeeper.Listener listener;
  private final Consumer<RemoteLease> onEnd;
  private final KeptLease kept;

  /** How many changes that are to end the lock are in flight. */
  private int finishing;

  /** A loss while one of them was; it counts only if they all fail. */
  private LockLostReason lostMeanwhile;

  private boolean over;

  /** What a lease needs of its service. */
  record Dependencies(ClientSettings settings, ChangeQueue changes, Consumer<RemoteLease> onEnd) {}

  RemoteLease(EventMessage granted, LeaseKeeper.Listener listener, Dependencies dependencies) {
    this.granted = granted;
    this.changes = dependencies.changes();
    this.listener = listener;
    this.onEnd = dependencies.onEnd();
    this.kept =
        LeaseKeeper.start(
            dependencies.settings(), Lease.of(granted), OnServerAway.KEEP_TRYING, this::lost);
  }

  @Override
  public EventMessage granted() {
    return granted;
  }

  private void lost(LockLostReason why) {
    synchronized (this) {
      lostMeanwhile = why;
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
    return changes
        .change(last)
        .whenComplete(
            (event, problem) -> {
              if (problem == null) {
                finished(event);
              } else {
                goOn();
              }
            });
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
      why = lostMeanwhile;
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
