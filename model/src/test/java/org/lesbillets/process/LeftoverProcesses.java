package org.lesbillets.process;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaves processes running, and kills them. Registered for every class by
 * META-INF/services; test classes run one after the other in a virtual machine.
 */
public final class LeftoverProcesses implements AfterAllCallback {
  /** For processes that were ended but whose end takes its time on a busy machine. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(20);

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getTestClass().filter(type -> type.getEnclosingClass() == null).isEmpty()) {
      return;
    }
    List<ProcessHandle> left = leftAfter(GRACE);
    if (!left.isEmpty()) {
      List<String> commands = left.stream().map(LeftoverProcesses::commandLine).toList();
      ChildProcesses.killAll();
      fail("left running, killed now: " + String.join("; ", commands));
    }
  }

  private static List<ProcessHandle> leftAfter(Duration grace) {
    long start = System.nanoTime();
    List<ProcessHandle> left = ChildProcesses.running();
    while (!left.isEmpty() && System.nanoTime() - start < grace.toNanos()) {
      LockSupport.parkNanos(POLL.toNanos());
      left = ChildProcesses.running();
    }
    return left;
  }

  private static String commandLine(ProcessHandle process) {
    try {
      String words = Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"));
      return process.pid() + " " + words.replace('\0', ' ').strip();
    } catch (IOException e) {
      return process.pid() + " " + process.info().command().orElse("?");
    }
  }
}
