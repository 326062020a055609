package org.lesbillets.server.session;

import org.lesbillets.server.session.SessionFeed.PendingWrite;

/**
 * Writer with at most one write in flight, and its stall timer. The drainer's thread; only the
 * transport's callbacks run on any thread, and post to it.
 *
 * <pre>
 *          write                  returns without completion
 *   IDLE --------> IN CALL -----------------------------------> IN FLIGHT
 *    ^                | completed() inside the call                  | completed()
 *    |                v                                              |
 *    +---------- DONE IN CALL                                        |
 *    +---------------------------------------------------------------+
 *    +---- failed(), from any state
 * </pre>
 */
final class SessionWriter implements SessionTransport.WriteListener {
  private final SessionTransport transport;
  private final Drainer drainer;
  private final Listener listener;
  private State state = State.IDLE;
  private PendingWrite inFlight;
  private volatile boolean progressed;
  private long lastProgressNanos;

  /** Ticks that found the present write in flight. */
  private int ticks;

  private enum State {
    IDLE,
    IN_CALL,
    DONE_IN_CALL,
    IN_FLIGHT
  }

  /** Callback for the end of a write, on the drainer's thread. */
  interface Listener {
    void written(PendingWrite write);

    /**
     * A write in flight has completed: the writer is idle again.
     *
     * @param waited whether the write waited for the peer; one that the transport only buffered is
     *     no sign of life
     */
    void idleAgain(boolean waited);

    void failed();
  }

  SessionWriter(SessionTransport transport, Drainer drainer, Listener listener) {
    this.transport = transport;
    this.drainer = drainer;
    this.listener = listener;
  }

  boolean isIdle() {
    return state == State.IDLE;
  }

  /** Writes; on return the writer is idle again, or in flight. */
  void write(PendingWrite next, long nowNanos) {
    inFlight = next;
    lastProgressNanos = nowNanos;
    progressed = false;
    ticks = 0;
    state = State.IN_CALL;
    try {
      transport.write(next.frames(), this);
    } catch (RuntimeException e) {
      // A transport that throws calls back no more: without this the session would be stuck.
      failed();
    }
    if (state == State.DONE_IN_CALL) {
      finish();
    } else {
      state = State.IN_FLIGHT;
    }
  }

  private void finish() {
    PendingWrite done = inFlight;
    inFlight = null;
    state = State.IDLE;
    listener.written(done);
  }

  /** Inside the call it is the transport that took bytes, whatever became of the peer. */
  @Override
  public void progressed() {
    if (!drainer.isOwnThread() || state != State.IN_CALL) {
      progressed = true;
    }
  }

  @Override
  public void completed() {
    if (drainer.isOwnThread() && state == State.IN_CALL) {
      state = State.DONE_IN_CALL;
    } else {
      drainer.post(
          () -> {
            if (state == State.IN_FLIGHT) {
              finish();
              listener.idleAgain(ticks > 1);
            }
          });
    }
  }

  @Override
  public void failed() {
    drainer.post(
        () -> {
          inFlight = null;
          state = State.IDLE;
          listener.failed();
        });
  }

  /**
   * Whether the peer took bytes of the write in flight since the last call. Called at each tick.
   */
  boolean madeProgress(long nowNanos) {
    ticks++;
    if (state != State.IN_FLIGHT || !progressed) {
      return false;
    }
    progressed = false;
    lastProgressNanos = nowNanos;
    return true;
  }

  /** Time since the last progress of the write in flight; 0 when there is none. */
  long stalledNanos(long nowNanos) {
    return state == State.IN_FLIGHT ? nowNanos - lastProgressNanos : 0;
  }
}
