package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the other side of a connection has said nothing. Written by the connection's I/O thread,
 * read by any. While that thread works off what came it hears nothing, and then the silence is this
 * side's own: it is not counted.
 */
final class Silence {
  private final LongSupplier nanoTime;
  private volatile long heardAtNanos;
  private volatile long messageAtNanos;
  private volatile boolean busy;

  Silence() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime a monotonic clock
   */
  Silence(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.heardAtNanos = nanoTime.getAsLong();
    this.messageAtNanos = heardAtNanos;
  }

  /** A message came, and is worked off from now on. */
  void begin() {
    busy = true;
    heardAtNanos = nanoTime.getAsLong();
  }

  /** The message was worked off; the next one can be heard. */
  void end() {
    messageAtNanos = nanoTime.getAsLong();
    heardAtNanos = messageAtNanos;
    busy = false;
  }

  /** Bytes arrived, be they a part of a message, a pong, or room for what is to be sent. */
  void bytes() {
    heardAtNanos = nanoTime.getAsLong();
  }

  /** When anything came last, on the clock of {@link System#nanoTime}; at first, now. */
  long heardAtNanos() {
    return heardAtNanos;
  }

  /** Whether this side works off a message and so reads nothing. */
  boolean isBusy() {
    return busy;
  }

  /** How long no message came, pongs left aside. */
  Duration ofMessages() {
    return since(messageAtNanos);
  }

  private Duration since(long atNanos) {
    return busy ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - atNanos);
  }
}
