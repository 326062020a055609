package org.lesbillets.fault;

import java.nio.file.Path;

/** One fault scenario, from its start to its comparison. */
public interface FaultRun {
  /**
   * Runs it; ends what it started.
   *
   * @param directory empty; whatever is kept for a violation is below it
   */
  FaultReport run(Path directory) throws Exception;
}
