package org.lesbillets.server.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Account of the bytes that all sessions together hold for what their peers have yet to read. Any
 * thread. It refuses nothing; the fuller it is, the smaller a {@link #share} it leaves to each
 * session, and a session above its share is not read from (back-pressure). So clients that hold
 * little are served, however much others leave unread.
 *
 * <pre>
 *   in all           up to half the bound    up to the bound    above it
 *   share            the session's bound     1 MiB              64 KiB, and stalled peers are cut
 * </pre>
 */
public final class AnswerMemory {
  private static final long TIGHT_BYTES = 1024 * 1024;
  private static final long LEAST_BYTES = 64 * 1024;

  private final long sessionBytes;
  private final long totalBytes;
  private final AtomicLong bytes = new AtomicLong();

  public AnswerMemory(SessionLimits.AnswerLimits limits) {
    this.sessionBytes = limits.sessionBytes();
    this.totalBytes = limits.totalBytes();
  }

  /** The bytes held by all sessions. */
  public long bytes() {
    return bytes.get();
  }

  /** The bytes above which a session is not read from. */
  long share() {
    long held = bytes.get();
    if (held > totalBytes) {
      return Math.min(sessionBytes, LEAST_BYTES);
    }
    return held > totalBytes / 2 ? Math.min(sessionBytes, TIGHT_BYTES) : sessionBytes;
  }

  /** Whether stalled peers must be cut early. */
  boolean isExceeded() {
    return bytes.get() > totalBytes;
  }

  private void add(long change) {
    bytes.addAndGet(change);
  }

  /** A new account for one session. */
  Account open() {
    return new Account();
  }

  /** The bytes that one session holds, until it is closed. Any thread. */
  final class Account {
    private long held;
    private boolean closed;

    /** Adds bytes, or takes them off. */
    synchronized void add(long change) {
      if (!closed) {
        held += change;
        AnswerMemory.this.add(change);
      }
    }

    synchronized long held() {
      return held;
    }

    boolean isWithinShare() {
      return held() <= share();
    }

    /** Takes everything off. */
    synchronized void close() {
      closed = true;
      AnswerMemory.this.add(-held);
      held = 0;
    }
  }
}
