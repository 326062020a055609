package org.lesbillets.cli.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.model.SeededTest;

/** The small form of {@code scripts/cuts}. */
@Tag("distribution")
class CutsRunTest {
  @TempDir Path directory;

  @Test
  void everyClientHasEveryEventOnceAfterCutsAndAPause() throws Exception {
    Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    SeededTest.run(
        random -> {
          CutsRun.Plan plan = new CutsRun.Plan(root, 20, 0, 1, random.nextInt(1 << 24), true);
          FaultReport report = new CutsRun(plan).run(directory);
          assertEquals(0, report.violations().count(), report::toString);
        });
  }
}
