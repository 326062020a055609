package org.lesbillets.server.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sources change; {@code scripts/simulate --planted} must still find a place for each bug. */
class PlantedBugTest {

  @Test
  void eachBugHasItsPlaceInTheSources() throws IOException {
    assertTrue(PlantedBug.ALL.size() >= 10);
    for (PlantedBug bug : PlantedBug.ALL) {
      assertTrue(bug.planted(Path.of("..")).contains(bug.wrong()), bug::name);
    }
  }
}
