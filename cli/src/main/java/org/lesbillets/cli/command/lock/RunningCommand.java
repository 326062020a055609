package org.lesbillets.cli.command.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/**
 * A started child process, and the future of its exit code.
 *
 * @param process the command's own, not that of a parent between
 * @param exit completed with its exit code when it has ended: 128 + n when signal n ended it;
 *     {@link #UNKNOWN} where that cannot be known any more
 */
record RunningCommand(ProcessHandle process, CompletableFuture<Integer> exit) {
  static final int UNKNOWN = -1;

  static RunningCommand of(Process process) {
    return new RunningCommand(process.toHandle(), process.onExit().thenApply(Process::exitValue));
  }

  /**
   * Waits for its end.
   *
   * @throws UncheckedIOException if its exit code is unknown; it may still run then
   */
  int exitCode() {
    int code = exit.join();
    if (code == UNKNOWN) {
      String why = "the shell that was to tell the command's exit code was killed";
      throw new UncheckedIOException(why, new IOException(why));
    }
    return code;
  }
}
