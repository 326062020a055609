package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.tidy.RequiredTools;

/**
 * A terminal in which a program runs: keys are typed into it, and its screen is read. A tmux server
 * of its own, ended by {@link #close}. For one thread.
 */
final class TmuxServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> tmux;

  private TmuxServer(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
    String program = RequiredTools.find("tmux", "tmux").toString();
    this.tmux = List.of(program, "-f", "/dev/null", "-S", folder.resolve("tmux.socket").toString());
  }

  /**
   * Runs a shell's line in a terminal of 80 columns and 24 rows.
   *
   * @param folder the test's own, for the socket
   */
  static TmuxServer run(Path folder, Map<String, String> environment, String line) {
    return run(folder, environment, line, new int[] {80, 24});
  }

  static TmuxServer run(Path folder, Map<String, String> environment, String line, int[] size) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TmuxServer terminal = new TmuxServer(folder, environment);
    terminal.tell(
        "new-session",
        "-d",
        "-x",
        Integer.toString(size[0]),
        "-y",
        Integer.toString(size[1]),
        line);
    return terminal;
  }

  /** Presses keys, as tmux spells them: {@code Enter}, {@code C-c}, {@code x}. */
  void press(String... keys) {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    tell(words.toArray(String[]::new));
  }

  /** Types a text, character by character. */
  void type(String text) {
    tell("send-keys", "-l", text);
  }

  /** Pastes a text, as a terminal does that can tell a paste from typing. */
  void paste(String text) {
    tell("set-buffer", text);
    tell("paste-buffer", "-p");
  }

  /** Sends bytes as they are. */
  void bytes(byte... bytes) {
    List<String> words = new ArrayList<>(List.of("send-keys", "-H"));
    for (byte b : bytes) {
      words.add(String.format("%02x", b));
    }
    tell(words.toArray(String[]::new));
  }

  void resize(int columns, int rows) {
    tell("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  /** What one sees, without blanks at the ends of lines. */
  String screen() {
    return tell("capture-pane", "-p");
  }

  /** Waits until one sees this. */
  String awaits(String text) {
    return awaits("'" + text + "'", screen -> screen.contains(text));
  }

  /** Waits until one does not see this any more. */
  String awaitsGone(String text) {
    return awaits("no '" + text + "'", screen -> !screen.contains(text));
  }

  /** Waits until what one sees is as wished. */
  String awaits(String what, Predicate<String> wished) {
    String[] seen = {""};
    try {
      await(what)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                seen[0] = screen();
                return wished.test(seen[0]);
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("waited in vain for " + what + " on\n" + seen[0], e);
    }
    return seen[0];
  }

  private String tell(String... words) {
    List<String> command = new ArrayList<>(tmux);
    command.addAll(List.of(words));
    try {
      Path err = Files.createTempFile(folder, "tmux", null);
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(surroundings());
      Process process = ChildProcesses.start(builder.redirectError(err.toFile()));
      String out = new String(process.getInputStream().readAllBytes(), "UTF-8");
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + Files.readString(err));
      }
      Files.delete(err);
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> surroundings() {
    Map<String, String> all = new TreeMap<>();
    all.put("HOME", folder.toString());
    all.put("LC_ALL", "C.UTF-8");
    all.put("PATH", System.getenv("PATH"));
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.putAll(environment);
    return all;
  }

  @Override
  public void close() {
    try {
      tell("kill-server");
    } catch (AssertionError e) {
      // It ended with the program in it.
    }
  }
}
