package org.lesbillets.cli.command.work;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.lock.ProcessTree;
import org.lesbillets.cli.process.CallerEnvironment;
import org.lesbillets.cli.text.StreamEnd;
import org.lesbillets.model.WireLimits;

/**
 * A child process that does not outlive this one: a shell between them reads a pipe that only this
 * process holds, and ends the child (SIGTERM, 5 s later SIGKILL) at its end. What the child prints
 * on standard error is passed on by lines, and the last {@value #LINES} are kept, of at most 8 KiB
 * each.
 */
final class WatchedCommand {
  static final int LINES = 20;
  private static final int LINE_BYTES = 8 * 1024;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final int NOT_EXECUTABLE = 126;

  /**
   * The child has a process group of its own, where there is {@code setsid}, which is ended as a
   * whole. It ignores SIGINT and SIGQUIT, as what a shell runs in the background does.
   */
  private static final String SCRIPT =
      """
      exec 3<&0 </dev/null
      group=
      if command -v setsid >/dev/null; then
        setsid "$@" 3<&- &
        group=-
      else
        "$@" 3<&- &
      fi
      command=$!
      trap '' HUP INT TERM QUIT TSTP
      { read -r line <&3
        kill -s TERM -- "$group$command"
        sleep 5
        kill -s KILL -- "$group$command"; } >/dev/null 2>&1 &
      watcher=$!
      exec 3<&-
      wait "$command" 2>/dev/null
      code=$?
      kill -s KILL "$watcher" 2>/dev/null
      exit "$code"
      """;

  private final Process process;
  private final CompletableFuture<Integer> exit;
  private final Deque<byte[]> lines = new ArrayDeque<>();
  private final Thread reader;

  private WatchedCommand(Process process, Consumer<String> onLine) {
    this.process = process;
    this.exit = process.onExit().thenApply(Process::exitValue);
    this.reader = new Thread(() -> read(onLine), "billets-work-stderr");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a command.
   *
   * @param added to the environment of this process
   * @param onLine takes each line of its standard error, on a thread of its own
   * @throws ChildExitException if it cannot be started
   */
  static WatchedCommand start(
      List<String> words, Map<String, String> added, Consumer<String> onLine) {
    List<String> all = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
    all.addAll(words);
    ProcessBuilder builder = CallerEnvironment.program(all.toArray(String[]::new));
    builder.environment().putAll(added);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    try {
      return new WatchedCommand(builder.start(), onLine);
    } catch (IOException e) {
      throw new ChildExitException(
          NOT_EXECUTABLE, "'" + words.get(0) + "' cannot be run: " + e.getMessage());
    }
  }

  /** Completed with its exit code: 128 + n when signal n ended it. */
  CompletableFuture<Integer> exit() {
    return exit;
  }

  /** Ends it and what it has started. */
  void end(Duration grace) {
    ProcessTree.end(process.toHandle(), grace);
  }

  private void read(Consumer<String> onLine) {
    try (InputStream in = process.getErrorStream()) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] chunk = new byte[LINE_BYTES];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        for (int i = 0; i < count; i++) {
          if (chunk[i] == '\n' || line.size() == LINE_BYTES) {
            keep(line, onLine);
          }
          if (chunk[i] != '\n') {
            line.write(chunk[i]);
          }
        }
      }
      if (line.size() > 0) {
        keep(line, onLine);
      }
    } catch (IOException e) {
      // The command has ended, or was.
    }
  }

  private void keep(ByteArrayOutputStream line, Consumer<String> onLine) {
    byte[] bytes = line.toByteArray();
    line.reset();
    synchronized (lines) {
      lines.addLast(bytes);
      if (lines.size() > LINES) {
        lines.removeFirst();
      }
    }
    onLine.accept(new String(bytes, StandardCharsets.UTF_8));
  }

  /** The last lines of its standard error, made fit for a comment; when it has ended. */
  String tail() {
    try {
      // What it left running may hold the pipe open.
      reader.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    synchronized (lines) {
      for (byte[] line : lines) {
        all.writeBytes(line);
        all.write('\n');
      }
    }
    try {
      return StreamEnd.of(new ByteArrayInputStream(all.toByteArray()), WireLimits.TEXT_BYTES)
          .text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
