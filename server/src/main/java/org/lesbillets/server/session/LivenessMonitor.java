package org.lesbillets.server.session;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.world.TimeSource;

/**
 * Heartbeat and timeouts of one session's peer: ping interval, silence, stall, and the time limit
 * of a close. They run on a clock that stands still while this process does.
 *
 * <p>Any thread may record an arrival, read the quiet time and register a probe; the rest is for
 * the drainer's thread.
 */
final class LivenessMonitor implements Requester.Peer {
  private static final long CLOSE_SECONDS = 5;

  /** Timeout of a write without progress while sessions hold more than they may in all. */
  private static final long IMPATIENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TimeSource time;
  private final SessionLimits limits;
  private final AnswerMemory memory;
  private final Drainer drainer;
  private final Runnable ping;

  /** Last sign of life, including bytes that the transport took for the peer. */
  private volatile long aliveNanos;

  private volatile long arrivedNanos;

  private final Instant since;
  private final long sinceNanos;
  private final DrainState drain;

  /** One-shot callback for the next arrival; null when there is no probe. */
  private final AtomicReference<Runnable> onArrival = new AtomicReference<>();

  private long pingedNanos;
  private boolean closing;
  private long closingNanos;

  /**
   * @param ping sends a ping; run on the drainer's thread
   */
  LivenessMonitor(SessionServices services, Runnable ping) {
    this.time = services.time();
    this.limits = services.limits();
    this.memory = services.memory();
    this.drainer = services.drainer();
    this.ping = ping;
    this.aliveNanos = time.nanos();
    this.since = time.now();
    this.sinceNanos = aliveNanos;
    this.drain = services.drain();
    this.pingedNanos = aliveNanos;
    this.arrivedNanos = aliveNanos;
  }

  /** When the session began, by the wall clock. */
  Instant since() {
    return since;
  }

  /**
   * Whether a drain of the server ends the session.
   *
   * @param administers whether it may have been opened during the drain
   */
  boolean isDrained(boolean administers, long now) {
    return !closing && drain.closes(sinceNanos, administers, now);
  }

  /** Records bytes of the peer. */
  void arrived() {
    long now = time.nanos();
    aliveNanos = now;
    arrivedNanos = now;
    if (onArrival.get() != null) {
      Runnable callback = onArrival.getAndSet(null);
      if (callback != null) {
        callback.run();
      }
    }
  }

  /** Records that the transport took bytes: the peer is alive, or was for the bytes before them. */
  void tookBytes() {
    aliveNanos = time.nanos();
  }

  /**
   * Records the end of a write.
   *
   * @param waited whether it waited for the peer, which is alive then
   */
  void wrote(boolean waited) {
    if (waited) {
      tookBytes();
    }
  }

  @Override
  public long quietNanos() {
    return time.nanos() - arrivedNanos;
  }

  @Override
  public void probe(Runnable onArrival) {
    this.onArrival.set(onArrival);
    drainer.post(ping);
  }

  /** Starts the time limit of a close. */
  void closing() {
    closing = true;
    closingNanos = time.nanos();
  }

  /**
   * The timeout that has passed, as the reason to cut the session; null if none has.
   *
   * @param stalledNanos time since the last progress of the write in flight
   */
  SessionEnd trouble(long now, long stalledNanos) {
    if (stalledNanos > limits.stall().toNanos()) {
      return SessionEnd.STALLED;
    }
    if (stalledNanos > IMPATIENT_NANOS && memory.isExceeded()) {
      return SessionEnd.MEMORY;
    }
    // Two ticks early, so that no peer is silent for longer before it is noticed.
    if (now - aliveNanos > limits.silence().toNanos() - 2 * Drainer.TICK_NANOS) {
      return SessionEnd.SILENT;
    }
    if (closing && now - closingNanos > TimeUnit.SECONDS.toNanos(CLOSE_SECONDS)) {
      return SessionEnd.CLOSE_TIMEOUT;
    }
    return null;
  }

  /** Whether the ping interval has passed; starts the next one. */
  boolean isPingDue(long now) {
    if (closing || now - pingedNanos <= limits.pingEvery().toNanos()) {
      return false;
    }
    pingedNanos = now;
    return true;
  }
}
