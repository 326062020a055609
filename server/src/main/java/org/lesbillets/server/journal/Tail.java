package org.lesbillets.server.journal;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.lesbillets.model.event.SequencedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery of a journal's events to its one listener. A mutex orders the snapshot and the
 * writes of the journal's thread, so that no event is lost or doubled between the two. Any thread
 * may {@link #start}; {@link #deliver} and {@link #fail} run {@link #exclusively}.
 */
public final class Tail {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

  private final ReentrantLock mutex = new ReentrantLock();
  private Journal.Listener listener;
  private volatile String failure;

  /** Delivers the snapshot on this thread, and every later event on the journal's. */
  public void start(Journal.Listener listener, Consumer<Journal.Listener> snapshot) {
    exclusively(
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

  public void exclusively(Runnable work) {
    mutex.lock();
    try {
      work.run();
    } finally {
      mutex.unlock();
    }
  }

  /**
   * Calls the listener with an event.
   *
   * @return false if it failed, which is a mistake of the program: no more events are delivered
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

  /** Calls the listener: the journal is read-only. Only the first reason is kept. */
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

  /** Why the journal is read-only, or null. */
  public String failure() {
    return failure;
  }
}
