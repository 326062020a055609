package org.lesbillets.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts the processes of tests so that none survives this virtual machine. Each is marked in its
 * environment, which its descendants inherit, daemons and orphans included: {@link #running} finds
 * them by the mark, and a shutdown hook kills them. Stateless but for the mark; any thread.
 *
 * <p>A process inherits ignored signals. A virtual machine does not handle a signal that was
 * ignored when it started, so below {@code nohup}, or in the background of a script, tests that
 * send SIGINT or SIGHUP would fail: here each process starts with the default actions.
 */
public final class ChildProcesses {
  private static final String VARIABLE = "LES_BILLETS_TEST_RUN";
  private static final String MARK = UUID.randomUUID().toString();
  private static final Pattern IGNORED = Pattern.compile("(?m)^SigIgn:\\s*(\\p{XDigit}+)$");

  /** SIGHUP, SIGINT, SIGQUIT and SIGTERM, as bits of the kernel's mask. */
  private static final long ENDING = 1 | 1 << 1 | 1 << 2 | 1 << 14;

  private static final boolean DEAF = ignoresEnding();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::killAll, "kill-children"));
  }

  private ChildProcesses() {}

  /** Starts it, marked, with the default actions for the signals that end a process. */
  public static Process start(ProcessBuilder builder) throws IOException {
    builder.environment().put(VARIABLE, MARK);
    builder.command(listening(builder.command()));
    return builder.start();
  }

  /**
   * The command, in a form that starts it with the default actions for the signals that end a
   * process: for programs that code under test starts.
   */
  public static List<String> listening(List<String> command) {
    if (!DEAF) {
      return command;
    }
    List<String> whole = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,QUIT,TERM"));
    whole.addAll(command);
    return whole;
  }

  private static boolean ignoresEnding() {
    try {
      String status = Files.readString(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1);
      Matcher ignored = IGNORED.matcher(status);
      return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) & ENDING) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The marked processes that have not ended. */
  public static List<ProcessHandle> running() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(ChildProcesses::isMarked).toList();
    }
  }

  private static boolean isMarked(ProcessHandle process) {
    try {
      Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
      return Files.readString(environment, StandardCharsets.ISO_8859_1)
          .contains(VARIABLE + '=' + MARK);
    } catch (IOException e) {
      // Ended, or another user's; a zombie has no environment.
      return false;
    }
  }

  /** Kills the marked processes. */
  static void killAll() {
    running().forEach(ProcessHandle::destroyForcibly);
  }
}
