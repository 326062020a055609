package org.lesbillets.server.session;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.lesbillets.server.world.FakeClock;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.ManualWorld;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/** A world that keeps the updater's loop for the test to run. */
final class UpdaterWorld implements World {
  private final FakeClock clock;
  private final World still;
  private Loop.Body updater;

  UpdaterWorld(FakeClock clock) {
    this.clock = clock;
    this.still = new ManualWorld(clock);
  }

  /** Runs a round of the updater; nanoseconds until the next is due. */
  long round() {
    return updater.round();
  }

  @Override
  public TimeSource time() {
    return clock;
  }

  @Override
  public UUID newId() {
    return still.newId();
  }

  @Override
  public Loop loop(String name, Loop.Body body) {
    if (name.equals("updater")) {
      updater = body;
    }
    return still.loop(name, body);
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) {
    return still.await(condition, timeout);
  }
}
