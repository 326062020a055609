package org.lesbillets.server.session;

import org.lesbillets.server.session.SessionFeed.PendingWrite;

/**
 * One write in flight at most. The drainer's thread, except the calls of the transport, which may
 * come on any thread.
 */
final class SessionWriter implements SessionTransport.WriteListener {
  private final SessionTransport transport;
  private final Drainer drainer;
  private final Listener listener;
  private State state = State.IDLE;
  private PendingWrite chunk;
  private volatile boolean progressed;
  private long lastProgressNanos;

  private enum State {
    IDLE,
    /** In the transport's write call, which may say within it that all is done. */
    IN_CALL,
    DONE_IN_CALL,
    IN_FLIGHT
  }

  /** Hears of the end of a write, on the drainer's thread. */
  interface Listener {
    void written(PendingWrite chunk);

    /** The writer was in flight, and may be given more. */
    void idleAgain();

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

  /** Writes; when this returns the writer is idle again, or in flight. */
  void write(PendingWrite next, long nowNanos) {
    chunk = next;
    lastProgressNanos = nowNanos;
    progressed = false;
    state = State.IN_CALL;
    try {
      transport.write(next.frames(), this);
    } catch (RuntimeException e) {
      // Whatever the transport trips over, a session must not fall silent in this state.
      failed();
    }
    if (state == State.DONE_IN_CALL) {
      finish();
    } else {
      state = State.IN_FLIGHT;
    }
  }

  private void finish() {
    PendingWrite done = chunk;
    chunk = null;
    state = State.IDLE;
    listener.written(done);
  }

  @Override
  public void progressed() {
    progressed = true;
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
              listener.idleAgain();
            }
          });
    }
  }

  @Override
  public void failed() {
    drainer.post(
        () -> {
          chunk = null;
          state = State.IDLE;
          listener.failed();
        });
  }

  /** Whether the peer took something of the write in flight since this was last asked. */
  boolean takesBytes(long nowNanos) {
    if (state != State.IN_FLIGHT || !progressed) {
      return false;
    }
    progressed = false;
    lastProgressNanos = nowNanos;
    return true;
  }

  /** This process did not run for so long, and could see no progress. */
  void forgive(long nanos) {
    lastProgressNanos += nanos;
  }

  /** For how long the write in flight has made no progress; 0 when there is none. */
  long stalledNanos(long nowNanos) {
    return state == State.IN_FLIGHT ? nowNanos - lastProgressNanos : 0;
  }
}
