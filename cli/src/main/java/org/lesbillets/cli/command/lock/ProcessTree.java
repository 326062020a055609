package org.lesbillets.cli.command.lock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Termination of a process and its descendants, as far as the process table still shows them as
 * such. Stateless.
 */
public final class ProcessTree {
  private static final long LOOK_MILLIS = 20;
  private static final String ZOMBIE = ") Z ";

  private ProcessTree() {}

  /**
   * Sends SIGTERM to all of them, and SIGKILL to those that are still there after {@code grace}.
   * Returns when they have ended, or were killed.
   */
  public static void end(ProcessHandle root, Duration grace) {
    // An orphan is no descendant any more, so the snapshot is taken before.
    List<ProcessHandle> all = withDescendants(root).toList();
    all.forEach(ProcessHandle::destroy);
    if (!ended(all, grace)) {
      all.stream()
          .filter(process -> !hasEnded(process))
          .flatMap(ProcessTree::withDescendants)
          .toList()
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static Stream<ProcessHandle> withDescendants(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  /** Polls: only direct children can be waited for. */
  private static boolean ended(List<ProcessHandle> processes, Duration patience) {
    long start = System.nanoTime();
    while (!processes.stream().allMatch(ProcessTree::hasEnded)) {
      if (System.nanoTime() - start >= patience.toNanos()) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Also when its new parent, as in many containers, does not look after orphans. */
  private static boolean hasEnded(ProcessHandle process) {
    try {
      Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
      return !process.isAlive()
          || Files.exists(stat)
              && Files.readString(stat, StandardCharsets.ISO_8859_1).contains(ZOMBIE);
    } catch (IOException e) {
      return !process.isAlive();
    }
  }
}
