package org.lesbillets.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Ends a process and those it has started, as far as they can still be told to be its own. */
final class ProcessTree {
  private ProcessTree() {}

  /**
   * Sends SIGTERM to all of them, and SIGKILL to those that are still there after {@code grace}.
   * Returns when they have ended, or were killed.
   */
  static void end(ProcessHandle root, Duration grace) {
    // Who loses its parent belongs to nobody any more: so they are remembered before.
    List<ProcessHandle> all = withDescendants(root).toList();
    all.forEach(ProcessHandle::destroy);
    if (!ended(all, grace)) {
      all.stream()
          .filter(ProcessHandle::isAlive)
          .flatMap(ProcessTree::withDescendants)
          .toList()
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static Stream<ProcessHandle> withDescendants(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private static boolean ended(List<ProcessHandle> processes, Duration patience) {
    try {
      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
