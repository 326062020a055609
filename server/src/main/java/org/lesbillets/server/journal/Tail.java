package org.lesbillets.server.journal;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.lesbillets.model.event.SequencedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one listener of a journal. The journal's thread writes and delivers inside {@link #turn}, and
 * the snapshot is given inside another turn, so that no event falls between the two.
 */
public final class Tail {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

  private final ReentrantLock turn = new ReentrantLock();
  private Journal.Listener listener;
  private volatile String failure;

  /** Gives the snapshot to a listener on this thread, and every later event on the journal's. */
  public void start(Journal.Listener listener, Consumer<Journal.Listener> snapshot) {
    turn(
        () -> {
          if (this.listener != null) {
            throw new IllegalStateException("a journal has one listener");
          }
          snapshot.accept(listener);
          this.listener = listener;
          if (failure != null) {
            listener.onFailure(failure);
          }
        });
  }

  /** Runs while nobody else has a turn. */
  public void turn(Runnable work) {
    turn.lock();
    try {
      work.run();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Tells the listener, within a turn.
   *
   * @return whether the listener took it; false is a mistake of the program, and after it the
   *     listener is told no more events
   */
  public boolean deliver(SequencedEvent event) {
    try {
      if (listener != null && failure == null) {
        listener.onEvent(event);
      }
      return true;
    } catch (RuntimeException e) {
      LOG.error("event {} could not be taken by the program", event.revision(), e);
      return false;
    }
  }

  /** Tells the listener, within a turn, that nothing more is written; the first reason stays. */
  public void fail(String reason) {
    if (failure != null) {
      return;
    }
    failure = reason;
    try {
      if (listener != null) {
        listener.onFailure(reason);
      }
    } catch (RuntimeException e) {
      LOG.error("the failure of the journal could not be taken by the program", e);
    }
  }

  /** Why nothing more is written, or null. */
  public String failure() {
    return failure;
  }
}
