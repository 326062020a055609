package org.lesbillets.cli.client.transport;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the other side of a connection has said nothing. Written by the connection's I/O thread,
 * read by any. While that thread works off what came it hears nothing, and then the silence is this
 * side's own: it is not counted.
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

  /** A message came, and is worked off from now on. */
  public void begin() {
    busy = true;
    heardAtNanos = nanoTime.getAsLong();
  }

  /** The message was worked off; the next one can be heard. */
  public void end() {
    messageAtNanos = nanoTime.getAsLong();
    heardAtNanos = messageAtNanos;
    busy = false;
  }

  /** Bytes arrived, be they a part of a message, a pong, or room for what is to be sent. */
  public void bytes() {
    heardAtNanos = nanoTime.getAsLong();
  }

  /** When anything came last, on the clock of {@link System#nanoTime}; at first, now. */
  public long heardAtNanos() {
    return heardAtNanos;
  }

  /** Whether this side works off a message and so reads nothing. */
  boolean isBusy() {
    return busy;
  }

  /** How long no message came, pongs left aside. */
  public Duration ofMessages() {
    return since(messageAtNanos);
  }

  private Duration since(long atNanos) {
    return busy ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - atNanos);
  }
}
