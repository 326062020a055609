package org.lesbillets.cli.command.lock;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Client of the launcher's forked shell, which starts a child with what Java does not hand down:
 * open descriptors, arguments and variables as the bytes they are, ignored signals. Two named
 * pipes:
 *
 * <pre>
 *   PIPE.go    Java --> shell   +line of code ... go
 *   PIPE.reply shell --> Java   the process id of the child; "no" on too old a machine
 *   PIPE.reply shell --> Java   exit code of the child
 * </pre>
 *
 * <p>If this process dies, the shell reads the end of PIPE.go and ends the child. Text is encoded
 * as ISO-8859-1, one character for each byte. Confined to one thread.
 */
public final class ShellSpawner {
  /** Set by the launcher: its process id, the mask of ignored signals, the names of the pipes. */
  private static final String PROPERTY = "billets.spawner";

  private static final int INTERRUPT = 1 << 1;
  private static final int QUIT = 1 << 2;

  private final ProcessHandle shell;
  private final int ignored;
  private final String pipes;

  private ShellSpawner(ProcessHandle shell, int ignored, String pipes) {
    this.shell = shell;
    this.ignored = ignored;
    this.pipes = pipes;
  }

  /** Whether the launcher has made one. */
  public static boolean isThere() {
    return System.getProperty(PROPERTY) != null;
  }

  /** Null where there is none. */
  static ShellSpawner ofLauncher() {
    String[] parts = System.getProperty(PROPERTY, "").split(":", 3);
    if (parts.length < 3) {
      return null;
    }
    int ignored = Character.digit(parts[1].charAt(parts[1].length() - 1), 16);
    return ProcessHandle.of(Long.parseLong(parts[0]))
        .filter(ProcessHandle::isAlive)
        .map(shell -> new ShellSpawner(shell, ignored, parts[2]))
        .orElse(null);
  }

  /**
   * Starts a child from the last words of the launcher's command line.
   *
   * @param words the command, as Java knows it
   * @param added to the environment
   * @return null when the shell cannot
   * @throws IOException if its fate is unknown
   */
  RunningCommand start(List<String> words, Map<String, String> added) throws IOException {
    String script = script(words, added);
    RandomAccessFile answers = new RandomAccessFile(pipes + ".reply", "rw");
    // If the shell dies, this must not block for its answer.
    shell.onExit().thenRun(() -> endOfLines(answers));
    try (OutputStream go = new FileOutputStream(pipes + ".go")) {
      go.write(script.getBytes(StandardCharsets.ISO_8859_1));
    }
    String pid = answers.readLine();
    if (pid.equals("no")) {
      answers.close();
      return null;
    }
    // A command that has ended already needs no signals.
    ProcessHandle process = ProcessHandle.of(number(pid)).orElse(shell);
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Thread reader = new Thread(() -> awaitEnd(answers, exit), "billets-command-end");
    reader.setDaemon(true);
    reader.start();
    return new RunningCommand(process, exit);
  }

  private static void endOfLines(RandomAccessFile answers) {
    try {
      answers.writeByte('\n');
    } catch (IOException e) {
      // It is closed: nothing is read from it any more.
    }
  }

  private static int number(String line) throws IOException {
    try {
      return Integer.parseInt(line);
    } catch (NumberFormatException e) {
      throw new IOException("the shell that was to run it has ended", e);
    }
  }

  private static void awaitEnd(RandomAccessFile answers, CompletableFuture<Integer> exit) {
    try (answers) {
      exit.complete(number(answers.readLine()));
    } catch (IOException e) {
      exit.complete(RunningCommand.UNKNOWN);
    }
  }

  private String script(List<String> words, Map<String, String> added) throws IOException {
    Map<String, String> callers = variables(Path.of("/proc", "" + shell.pid(), "environ"));
    Map<String, String> own = variables(Path.of("/proc/self/environ"));
    List<String> env = new ArrayList<>(List.of("env"));
    own.keySet().stream()
        .filter(name -> !callers.containsKey(name))
        .forEach(name -> env.addAll(List.of("-u", name)));
    signalsToReset(env);
    env.add("--");
    callers.forEach(
        (name, value) -> {
          if (!value.equals(own.get(name))) {
            env.add(name + "=" + value);
          }
        });
    added.forEach((name, value) -> env.add(bytes(name + "=" + value)));
    if (words.get(0).contains("=")) {
      // To env that would be a variable.
      env.addAll(List.of("nice", "-n", "0", "--"));
    }
    StringBuilder script = new StringBuilder();
    script.append("shift $(($# - ").append(words.size()).append("))\nset --");
    env.forEach(word -> script.append(' ').append(quoted(word)));
    script.append(" \"$@\"");
    return "+" + script.toString().replace("\n", "\n+") + "\ngo\n";
  }

  /** A shell ignores these in what it runs in the background, which this command is not. */
  private void signalsToReset(List<String> env) {
    if ((ignored & INTERRUPT) == 0) {
      env.add("--default-signal=INT");
    }
    if ((ignored & QUIT) == 0) {
      env.add("--default-signal=QUIT");
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The variables a process was started with, by name, in their order. */
  private static Map<String, String> variables(Path environ) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    String block = new String(Files.readAllBytes(environ), StandardCharsets.ISO_8859_1);
    for (String variable : block.split("\0")) {
      int end = variable.indexOf('=');
      if (end > 0) {
        variables.putIfAbsent(variable.substring(0, end), variable.substring(end + 1));
      }
    }
    return variables;
  }
}
