package org.lesbillets.cli.tui.terminal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.tidy.RequiredTools;

/** A real terminal with a shell in it, driven by tmux: a server of its own, which ends with it. */
public final class Tmux implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final String program;

  /**
   * Opens a terminal of 80 columns and 24 rows.
   *
   * @param folder where the shell is, and the server's socket
   * @param command of the shell, what runs in it
   */
  public Tmux(Path folder, String command) {
    program = RequiredTools.find("tmux", "tmux").toString();
    this.folder = folder;
    run("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", command);
  }

  private String run(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(program, "-u", "-S", folder.resolve("tmux").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("TMUX");
    builder.environment().remove("NO_COLOR");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectErrorStream(true);
    try {
      Process process = ChildProcesses.start(builder);
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), () -> command + ": " + said);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Presses keys, as tmux names them. */
  public Tmux press(String... keys) {
    List<String> arguments = new ArrayList<>(List.of("send-keys"));
    arguments.addAll(List.of(keys));
    run(arguments.toArray(String[]::new));
    return this;
  }

  /** Types a line for a shell. */
  public Tmux type(String line) {
    run("send-keys", "-l", line);
    return press("Enter");
  }

  /** Pastes as a terminal does, with marks around it where they were asked for. */
  public Tmux paste(String text) {
    run("set-buffer", text);
    run("paste-buffer", "-p");
    return this;
  }

  public Tmux resize(int columns, int rows) {
    run("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    return this;
  }

  /** What it shows, a line each, without the blanks at their ends. */
  public List<String> lines() {
    return Arrays.stream(run("capture-pane", "-p").split("\n")).map(String::stripTrailing).toList();
  }

  /** What tmux says about the pane, for one of its formats. */
  public String ask(String format) {
    return run("display-message", "-p", format).strip();
  }

  /** Waits until it shows a line. */
  public Tmux awaitLine(String line) {
    try {
      await().atMost(PATIENCE).until(() -> lines().contains(line));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("no line '" + line + "' in\n" + String.join("\n", lines()), e);
    }
    return this;
  }

  /** Waits until a file of its folder is there and complete, and gives what is in it. */
  public String awaitFile(String name) {
    Path file = folder.resolve(name);
    try {
      await().atMost(PATIENCE).until(() -> Files.exists(file) && Files.size(file) > 0);
      return Files.readString(file);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("no " + name + " with\n" + String.join("\n", lines()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the terminal go away under whatever runs in it. */
  public void hangUp() {
    run("kill-server");
  }

  @Override
  public void close() {
    List<ProcessHandle> processes = processes();
    try {
      hangUp();
    } catch (AssertionError e) {
      // It is over already.
    }
    await().atMost(PATIENCE).until(() -> processes.stream().allMatch(Tmux::isOver));
  }

  /**
   * Whether a process has ended, also where whoever should ask how it ended has not done so yet.
   */
  public static boolean isOver(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      return !process.isAlive() || Files.exists(stat) && Files.readString(stat).contains(") Z ");
    } catch (IOException e) {
      // It ended between the two looks.
      return true;
    }
  }

  private List<ProcessHandle> processes() {
    try {
      ProcessHandle shell = ProcessHandle.of(Long.parseLong(ask("#{pane_pid}"))).orElseThrow();
      return Stream.concat(Stream.of(shell), shell.descendants()).toList();
    } catch (AssertionError | NoSuchElementException e) {
      return List.of();
    }
  }
}
