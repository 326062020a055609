package org.lesbillets.cli.output.console;

import java.io.IOException;

/** An output whose bytes can be made to outlast a power cut, if they go to a file. */
public interface DurableOutput {
  /**
   * Waits until what was written is on the disk; returns at once for a pipe or a terminal.
   *
   * @throws IOException if the disk fails
   */
  void sync() throws IOException;
}
