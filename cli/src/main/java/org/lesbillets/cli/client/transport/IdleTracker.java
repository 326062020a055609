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
  private volatile long heardAtNanos;
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
    this.heardAtNanos = nanoTime.getAsLong();
    this.messageAtNanos = heardAtNanos;
  }

  /** The processing of a message begins. */
  public void begin() {
    busy = true;
    heardAtNanos = nanoTime.getAsLong();
  }

  /** The processing has ended, and the next message can be read. */
  public void end() {
    messageAtNanos = nanoTime.getAsLong();
    heardAtNanos = messageAtNanos;
    busy = false;
  }

  /** Bytes arrived: a part of a message, a pong, or an acknowledgement of bytes that were sent. */
  public void bytes() {
    heardAtNanos = nanoTime.getAsLong();
  }

  /** The latest arrival, on the clock of {@link System#nanoTime}; initially the construction. */
  public long heardAtNanos() {
    return heardAtNanos;
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
