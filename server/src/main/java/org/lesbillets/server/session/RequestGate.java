package org.lesbillets.server.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.lesbillets.server.world.TimeSource;

/**
 * Admission of one session's requests: their rate, how many are unanswered, how many bytes their
 * answers will have, and whether its socket is read at all. Any thread.
 *
 * <p>A request reserves the size of what its answer repeats, and {@link #OVERHEAD_BYTES} for what
 * surrounds it. Its own reservation ends with its answer, whose real size is counted from then on,
 * until it was written. An answer may be larger, by the ticket's description; it is sent all the
 * same, and the session is not read from until it is within its share again.
 *
 * <pre>
 *   READING --- above the share, at the next bytes ---> SUSPENDED (keeps a callback)
 *      ^                                                    |
 *      +---- within the share: callback; session over ------+
 * </pre>
 */
public final class RequestGate {
  /** A ticket without its description, and the fields of an event. */
  private static final int OVERHEAD_BYTES = 1024;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TimeSource time;
  private final long intervalNanos;
  private final int maxUnanswered;
  private final long maxRefused;
  private final AnswerMemory.Account memory;
  private final AtomicReference<Runnable> suspended = new AtomicReference<>();
  private final Deque<Reservation> unanswered = new ArrayDeque<>();
  private long refused;
  private boolean over;

  private record Reservation(String requestId, long bytes) {}

  /** When the next message would be due at the exact rate. */
  private long nextNanos;

  RequestGate(SessionLimits limits, TimeSource time, AnswerMemory.Account memory) {
    this.time = time;
    this.intervalNanos = SECOND_NANOS / limits.messagesPerSecond();
    this.nextNanos = time.nanos();
    this.maxUnanswered = limits.unanswered();
    this.maxRefused = limits.answers().outboxBytes();
    this.memory = memory;
  }

  /**
   * Counts a message, by the generic cell rate algorithm: as many as a second's worth may arrive at
   * once.
   *
   * @return false if it is above the rate; it does not count then
   */
  synchronized boolean admitMessage() {
    long now = time.nanos();
    if (nextNanos - now > SECOND_NANOS) {
      return false;
    }
    nextNanos = (nextNanos - now > 0 ? nextNanos : now) + intervalNanos;
    return true;
  }

  /**
   * Counts a request that will be answered.
   *
   * @param size of what the answer repeats of it, in characters
   * @return false if too many are unanswered
   */
  synchronized boolean admit(String requestId, int size) {
    if (unanswered.size() == maxUnanswered) {
      return false;
    }
    Reservation reservation = new Reservation(requestId, size + OVERHEAD_BYTES);
    unanswered.addLast(reservation);
    memory.add(reservation.bytes());
    return true;
  }

  /** A request was answered: ends its reservation, so that none is left to those that wait. */
  void answered(String requestId) {
    synchronized (this) {
      for (Iterator<Reservation> each = unanswered.iterator(); each.hasNext(); ) {
        Reservation reservation = each.next();
        if (reservation.requestId().equals(requestId)) {
          each.remove();
          memory.add(-reservation.bytes());
          break;
        }
      }
    }
    resumeIfReadable();
  }

  /** Counts bytes that the session holds for its peer, or, when negative, that were written. */
  void holds(Outbox.Kind kind, long change) {
    memory.add(change);
    if (kind == Outbox.Kind.REFUSAL) {
      synchronized (this) {
        refused += change;
      }
    }
    if (change < 0) {
      resumeIfReadable();
    }
  }

  /** The bytes that the session holds for its peer, without what is reserved for answers. */
  synchronized long unreadBytes() {
    long reserved = unanswered.stream().mapToLong(Reservation::bytes).sum();
    return Math.max(0, memory.held() - reserved);
  }

  /** Whether more may be read from the peer. */
  public synchronized boolean isReadable() {
    return over || refused <= maxRefused && memory.isWithinShare();
  }

  boolean isSuspended() {
    return suspended.get() != null;
  }

  /**
   * Reads no more from the peer until there is room for the answers; one caller at a time.
   *
   * @param resume callback, run once when more may be read, on any thread; must not block
   */
  public void suspend(Runnable resume) {
    suspended.set(resume);
    resumeIfReadable();
  }

  /** Ends a suspension whose reason is gone. */
  void resumeIfReadable() {
    if (suspended.get() != null && isReadable()) {
      Runnable resume = suspended.getAndSet(null);
      if (resume != null) {
        resume.run();
      }
    }
  }

  /** The session is over: what is read from now on is dropped. */
  void close() {
    synchronized (this) {
      over = true;
    }
    memory.close();
    resumeIfReadable();
  }
}
