package org.lesbillets.server.soak.inject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One fault: a system call on the files of a data directory fails, or ends its process before it is
 * carried out. Immutable.
 *
 * @param call the name of the system call
 * @param n which of these calls it is, counted in each thread of the process; 1 for the first
 */
public record Injection(Kind kind, String call, int n) {
  /** The calls that write, sync, name or create files. */
  public static final List<String> CALLS =
      List.of("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "openat");

  /** Made on no other files; so those of temporary files there count, too. */
  private static final Set<String> EVERYWHERE = Set.of("fsync", "fdatasync", "rename");

  private static final List<String> FILES =
      List.of(
          "journal.db",
          "journal.db-wal",
          "journal.db-shm",
          "journal.db-journal",
          "head",
          "tokens",
          "tokens.lock",
          "local.token",
          "lock");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** What happens at the call. */
  public enum Kind {
    SIGKILL,
    EIO,
    ENOSPC
  }

  /**
   * What goes before a command; the command's process is the direct child, and strace ends soon
   * after it.
   *
   * @param log for strace; a file that nobody else uses
   */
  public List<String> prefix(Path log, Path data) {
    String fault = kind == Kind.SIGKILL ? "signal=SIGKILL" : "error=" + kind;
    List<String> words =
        new ArrayList<>(
            List.of(
                "strace",
                "--daemonize",
                "--follow-forks",
                "--string-limit=0",
                "--quiet=all",
                "--signal=none",
                "--trace=" + call,
                "--inject=%s:%s:when=%d".formatted(call, fault, n),
                "--output=" + log));
    if (kind != Kind.SIGKILL) {
      words.add("--seccomp-bpf"); // Where it stops a call, no signal can be sent.
    }
    if (!EVERYWHERE.contains(call)) {
      words.add("--trace-path=" + data);
      FILES.forEach(file -> words.add("--trace-path=" + data.resolve(file)));
    }
    return words;
  }

  /** Waits for the end of strace, and tells whether a call failed; a kill is not told by it. */
  public boolean hasFailed(Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (ProcessHandle.allProcesses().anyMatch(process -> logs(process, log))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("strace does not end");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return Files.readString(log).contains("(INJECTED)");
  }

  private static boolean logs(ProcessHandle process, Path log) {
    return process.info().commandLine().orElse("").contains("--output=" + log);
  }

  @Override
  public String toString() {
    return "%s at %s %d".formatted(kind, call, n);
  }
}
