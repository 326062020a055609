package org.lesbillets.server.journal;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.lesbillets.model.event.SequencedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery of a journal's events to its one listener. A mutex orders the snapshot and the
 * writes of the journal's thread, so that no event is lost or doubled between the two. Any thread
 * may {@link #start} and {@link #fail}; {@link #acknowledge} runs {@link #exclusively}.
 *
 * <pre>
 *   SOUND --- fail(reason), from any thread ---> FAILED: nothing is acknowledged any more
 * </pre>
 */
public final class Tail {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

  private final ReentrantLock mutex = new ReentrantLock();

  /** Guarded by this object's monitor, which is never held while the disk is used. */
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
          if (!attach(listener)) {
            listener.onFailure(failure);
          }
        });
  }

  private synchronized boolean attach(Journal.Listener listener) {
    this.listener = listener;
    return failure == null;
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
   * Runs {@code work}, which delivers events and acknowledges them, unless the journal has failed.
   * Excludes {@link #fail}.
   *
   * @return whether it was run
   */
  public synchronized boolean acknowledge(Runnable work) {
    if (failure != null) {
      return false;
    }
    work.run();
    return true;
  }

  /**
   * Calls the listener with an event.
   *
   * @return false if it failed, which is a mistake of the program: no more events are delivered
   */
  public synchronized boolean deliver(SequencedEvent event) {
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

  /**
   * Calls the listener: the journal is read-only. Only the first reason is kept.
   *
   * @return whether it was the first
   */
  public boolean fail(String reason) {
    Journal.Listener known;
    synchronized (this) {
      if (failure != null) {
        return false;
      }
      failure = reason;
      known = listener;
    }
    try {
      if (known != null) {
        known.onFailure(reason);
      }
    } catch (RuntimeException e) {
      LOG.error("the failure of the journal could not be taken by the program", e);
    }
    return true;
  }

  /** Why the journal is read-only, or null. */
  public String failure() {
    return failure;
  }
}
