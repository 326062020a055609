package org.lesbillets.server.world;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The outside of the server as an input: time, randomness, threads and processes. The disk is an
 * input behind {@code Journal}, the network behind {@code SessionTransport}. In production it is
 * the machine; in a simulation a virtual clock, a seeded generator, and loops as tasks of one
 * scheduler, so that one seed replays one run. Any thread.
 */
public interface World {

  /** The clocks. */
  TimeSource time();

  /** A random id, another one at each call. */
  UUID newId();

  /**
   * Makes a loop; it does not run before it is started.
   *
   * @param name of its thread
   */
  Loop loop(String name, Loop.Body body);

  /** The processes of the machine. */
  default Processes processes() {
    return Processes.hidden();
  }

  /**
   * Waits for a condition that other loops bring about; not from inside a round.
   *
   * @return whether it holds; false after the timeout, or when the thread is interrupted
   */
  boolean await(BooleanSupplier condition, Duration timeout);

  /** The machine: its clocks, its generator of random ids, its threads. */
  static World system() {
    return system(TimeSource.system());
  }

  /** The machine with other clocks. */
  static World system(TimeSource time) {
    return new SystemWorld(time);
  }
}
