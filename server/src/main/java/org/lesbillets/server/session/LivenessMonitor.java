package org.lesbillets.server.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.lesbillets.server.desk.Peer;
import org.lesbillets.server.desk.TimeSource;

/**
 * Whether a session's peer is still there: when it was heard, asked, and told to go.
 *
 * <p>Any thread may record an arrival, ask how long it was quiet, and wait for an arrival; the rest
 * is for the drainer's thread.
 */
final class LivenessMonitor implements Peer {
  private static final long CLOSE_SECONDS = 5;

  private final TimeSource time;
  private final SessionLimits limits;
  private final Drainer drainer;
  private final Runnable ping;
  private volatile long heardNanos;
  private volatile long arrivedNanos;

  /** Run when something arrives; null when nothing waits for that. */
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
    this.drainer = services.drainer();
    this.ping = ping;
    this.heardNanos = time.nanos();
    this.pingedNanos = heardNanos;
    this.arrivedNanos = heardNanos;
  }

  /** Bytes of the peer arrived. */
  void heard() {
    long now = time.nanos();
    heardNanos = now;
    arrivedNanos = now;
    if (onArrival.get() != null) {
      Runnable task = onArrival.getAndSet(null);
      if (task != null) {
        task.run();
      }
    }
  }

  /** The transport took bytes for the peer: it is there, or was when it took those before them. */
  void took() {
    heardNanos = time.nanos();
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

  /** This process did not run for so long, and read nothing. */
  void forgive(long nanos) {
    heardNanos = Math.min(time.nanos(), heardNanos + nanos);
    if (closing) {
      closingNanos += nanos;
    }
  }

  /** It was asked to close, and has a while to do it. */
  void closing() {
    closing = true;
    closingNanos = time.nanos();
  }

  /**
   * Why it is to be cut, or null.
   *
   * @param stalledNanos for how long a write to it has made no progress
   */
  String trouble(long now, long stalledNanos) {
    if (stalledNanos > limits.stall().toNanos()) {
      return "a write to it made no progress for " + limits.stall().toSeconds() + " s";
    }
    if (now - heardNanos > limits.silence().toNanos()) {
      return "it was silent for " + limits.silence().toSeconds() + " s";
    }
    if (closing && now - closingNanos > TimeUnit.SECONDS.toNanos(CLOSE_SECONDS)) {
      return "it was asked to close, and did not for " + CLOSE_SECONDS + " s";
    }
    return null;
  }

  /** Whether it is time to ask the peer whether it is there; asking counts from now. */
  boolean isPingDue(long now) {
    if (closing || now - pingedNanos <= limits.pingEvery().toNanos()) {
      return false;
    }
    pingedNanos = now;
    return true;
  }
}
