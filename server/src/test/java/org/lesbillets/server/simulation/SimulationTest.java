package org.lesbillets.server.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The same thousand seeds in each build; {@code scripts/simulate} runs any others. */
class SimulationTest {
  private static final int SEEDS = 1_000;
  private static final int SECONDS = 4;

  @Test
  void noInvariantBreaksInAThousandRuns() {
    long events = LongStream.rangeClosed(1, SEEDS).parallel().map(SimulationTest::events).sum();
    assertTrue(events > 20 * SEEDS, "too little happens: " + events + " events");
  }

  private static long events(long seed) {
    try {
      return Simulation.run(seed, SECONDS, null).events();
    } catch (BrokenInvariantException e) {
      String replay = "scripts/simulate --seed " + seed + " --seconds " + SECONDS + " --trace";
      throw new AssertionError(e.getMessage() + "; replay: " + replay, e);
    }
  }

  @Test
  void aSeedIsOneRun() {
    List<String> first = trace();
    List<String> second = trace();
    assertTrue(first.size() > 100, first::toString);
    assertEquals(first, second);
  }

  private static List<String> trace() {
    List<String> lines = new ArrayList<>();
    Simulation.run(7, 20, lines::add);
    return lines;
  }
}
