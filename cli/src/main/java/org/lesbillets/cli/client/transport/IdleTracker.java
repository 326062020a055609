package org.lesbillets.cli.client.transport;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long nothing has arrived over a connection. Written by the connection's I/O thread, read by
 * any (volatile fields). While that thread processes a message it reads nothing, so that time
 * counts as no silence of the peer.
 */
public final class IdleTracker {
  private final LongSupplier nanoTime;
  private volatile long lastReceivedNanos;
  private volatile long messageAtNanos;
  private volatile boolean busy;

  public IdleTracker() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime a monotonic clock
   */
  public IdleTracker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastReceivedNanos = nanoTime.getAsLong();
    this.messageAtNanos = lastReceivedNanos;
  }

  /** The processing of a message begins. */
  public void begin() {
    busy = true;
    lastReceivedNanos = nanoTime.getAsLong();
  }

  /** The processing has ended, and the next message can be read. */
  public void end() {
    messageAtNanos = nanoTime.getAsLong();
    lastReceivedNanos = messageAtNanos;
    busy = false;
  }

  /** Bytes arrived: a part of a message, a pong, or an acknowledgement of bytes that were sent. */
  public void bytes() {
    lastReceivedNanos = nanoTime.getAsLong();
  }

  /** The latest arrival, on the clock of {@link System#nanoTime}; initially the construction. */
  public long lastReceivedNanos() {
    return lastReceivedNanos;
  }

  /** Whether this side processes a message and so reads nothing. */
  boolean isBusy() {
    return busy;
  }

  /** The time since the latest message; pongs do not count. */
  public Duration ofMessages() {
    return since(messageAtNanos);
  }

  private Duration since(long atNanos) {
    return busy ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - atNanos);
  }
}
