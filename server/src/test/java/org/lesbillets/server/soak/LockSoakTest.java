package org.lesbillets.server.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.SeededTest;

/**
 * The small run; {@code scripts/soak locks} is the big one. How late anything is depends on the
 * machine, and is looked at there only; what ends too early is a violation here too.
 */
class LockSoakTest {
  private static final int OPERATIONS = 6_000;

  @TempDir Path directory;

  @Test
  void theHistoryOfARunningServerThatIsKilledIsOneTheModelAllows() throws Exception {
    SeededTest.run(
        random -> {
          LockSoak.Plan plan = new LockSoak.Plan(OPERATIONS, random.nextInt(1 << 24), 1, false);
          LockSoak.Report report = new LockSoak(plan, directory).run();
          assertEquals(0, report.violations().count(), report::toString);
          assertEquals(1, report.serverKills());
          assertTrue(report.expiries() > 0, report::toString);
          assertEquals(0, report.leases().cutShort(), report::toString);
          assertEquals(0, report.clockJumpsSeen(), report::toString);
          assertTrue(report.done() > OPERATIONS / 10, report::toString);
          assertTrue(report.leases().measured() > 0, report::toString);
        });
  }
}
