package org.lesbillets.cli.client;

import java.time.Duration;

/**
 * How long the other side of a connection has said nothing. Written by the connection's I/O thread,
 * read by any. While that thread works off what came it hears nothing, and then the silence is this
 * side's own: it is not counted.
 */
final class Silence {
  private volatile long heardAtNanos = System.nanoTime();
  private volatile long messageAtNanos = heardAtNanos;
  private volatile boolean busy;

  /** A message came, and is worked off from now on. */
  void begin() {
    busy = true;
    heardAtNanos = System.nanoTime();
  }

  /** The message was worked off; the next one can be heard. */
  void end() {
    messageAtNanos = System.nanoTime();
    heardAtNanos = messageAtNanos;
    busy = false;
  }

  /** Something came that is no message. */
  void pong() {
    heardAtNanos = System.nanoTime();
  }

  /** When anything came last, on the clock of {@link System#nanoTime}; at first, now. */
  long heardAtNanos() {
    return heardAtNanos;
  }

  /** How long nothing came. */
  Duration ofEverything() {
    return since(heardAtNanos);
  }

  /** How long no message came, pongs left aside. */
  Duration ofMessages() {
    return since(messageAtNanos);
  }

  private Duration since(long atNanos) {
    return busy ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - atNanos);
  }
}
