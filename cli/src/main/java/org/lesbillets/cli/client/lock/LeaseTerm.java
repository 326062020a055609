package org.lesbillets.cli.client.lock;

import java.time.Duration;
import org.lesbillets.cli.client.OwnPause;
import org.lesbillets.cli.client.retry.Backoff;

/**
 * The time of a lease on this machine's monotonic clock: until when it surely lasts, and when its
 * next renewal is due. What the server grants, or says is left, counts from the request. Confined
 * to one thread.
 */
final class LeaseTerm {
  private static final Duration LEAST_ATTEMPT = Duration.ofMillis(200);

  /** The share of an attempt in a lease so short that a sixth of it would be too little. */
  private static final Duration ENOUGH = Duration.ofSeconds(1);

  private final OwnPause ownPause = new OwnPause();
  private final long ttlNanos;
  private long deadline;
  private long nextRenewal;

  LeaseTerm(Lease lease) {
    long now = System.nanoTime();
    this.ttlNanos = lease.ttl().toNanos();
    this.deadline = now + lease.left().toNanos();
    this.nextRenewal = now + Math.min(ttlNanos, lease.left().toNanos()) / 3;
  }

  /** Whether it may be over. */
  boolean isOver() {
    return deadline - System.nanoTime() <= 0;
  }

  /** How long it surely lasts; zero if it may be over. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /** The time until the next renewal; zero if that is due. */
  Duration untilRenewal() {
    return Duration.ofNanos(Math.max(0, nextRenewal - System.nanoTime()));
  }

  /** It was renewed by a request of that moment. */
  void renewed(long askedNanos) {
    deadline = askedNanos + ttlNanos;
    nextRenewal = askedNanos + ttlNanos / 3;
  }

  /** The server, asked at that moment, says that so much is left; it may have stood still. */
  void shown(long askedNanos, Duration left) {
    long until = askedNanos + Math.min(left.toNanos(), ttlNanos);
    deadline += Math.max(0, until - deadline);
  }

  /** It is to be renewed at once. */
  void renewNow() {
    nextRenewal = System.nanoTime();
  }

  /** It is to be renewed after a pause, of a third of its ttl at most, and before it is over. */
  void renewAfter(Duration pause) {
    long wait = Math.min(pause.toNanos(), ttlNanos / 3);
    nextRenewal = System.nanoTime() + Math.min(wait, left().toNanos());
  }

  /** It is over, and tried on for as long again. */
  void extend() {
    deadline = System.nanoTime() + ttlNanos;
  }

  /** Begins a step that blocks for at most this long, and returns that. */
  Duration step(Duration limit) {
    return ownPause.step(limit);
  }

  /** After a pause there is some time to ask, and no more, since what runs here runs on. */
  void forgiveOwnPause() {
    if (ownPause.delayed()) {
      long askUntil = System.nanoTime() + OwnPause.TIME_TO_ASK.toNanos();
      deadline += Math.max(0, askUntil - deadline);
    }
  }

  /** The time limit of one attempt, so that there is time for others before the lease is over. */
  Duration patience(Duration timeout) {
    long fair = Math.max(ttlNanos / 6, Math.min(ttlNanos / 2, ENOUGH.toNanos()));
    Duration share = Backoff.shorter(timeout, Duration.ofNanos(fair));
    return Backoff.shorter(share, Backoff.longer(left(), LEAST_ATTEMPT));
  }
}
