package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.tidy.RequiredTools;

/** Somebody presses the tab key in a real shell on a real terminal, at a real server. */
@Timeout(Patience.SECONDS)
class TabKeyTest {
  private static final String HOSTILE = "$(touch pwned) `touch pwned` 'a' \"b\" %F{red} \u202egro";

  @TempDir Path folder;

  private Path tmux;
  private Map<String, String> environment;

  private ProcessOutcome tmux(String... words) {
    List<String> command = new ArrayList<>(List.of(tmux.toString(), "-S", folder + "/socket"));
    command.addAll(List.of("-f", "/dev/null"));
    command.addAll(List.of(words));
    return Running.run(folder, environment, command);
  }

  private String screen() {
    return tmux("capture-pane", "-p").out();
  }

  private void awaitScreen(String text) {
    try {
      await(text).pollInterval(Duration.ofMillis(50)).until(() -> screen().contains(text));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("waited in vain for " + text + " on\n" + screen(), e);
    }
  }

  /** On a busy machine an answer may come too late for one press. */
  private void pressesTabUntil(String text) {
    await(text)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              types("", "Tab");
              return screen().contains(text);
            });
  }

  /** Tabs that a busy shell has not read yet are not to act on what is typed next. */
  private void leavesTheLine() {
    await("an idle shell")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              if (screen().contains("idle-2")) {
                return true;
              }
              types("", "C-c");
              types("echo idle-$((1 + 1))", "Enter");
              return false;
            });
  }

  private void types(String text, String... keys) {
    if (!text.isEmpty()) {
      tmux("send-keys", "-l", "--", text).exits(0);
    }
    for (String key : keys) {
      tmux("send-keys", key).exits(0);
    }
  }

  private void start(String shell, Path program) throws IOException {
    String script = "'" + folder + "/" + shell + ".script'";
    Files.writeString(
        folder.resolve("bashrc"), "unset HISTFILE; PS1='ready> '; source " + script + "\n");
    Files.writeString(
        folder.resolve(".zshrc"),
        "autoload -Uz compinit; compinit -u -D; PROMPT='ready> '; source " + script + "\n");
    environment.put("ZDOTDIR", folder.toString());
    environment.put("TERM", "screen");
    String line =
        shell.equals("bash")
            ? program + " --noprofile --rcfile '" + folder + "/bashrc' -i"
            : program + " -i -o no_global_rcs";
    tmux("new-session", "-d", "-x", "100", "-y", "40", line).exits(0);
    awaitScreen("ready>");
  }

  @AfterEach
  void end() {
    if (environment != null) {
      tmux("kill-server");
      await("its end").until(() -> tmux("list-sessions").exit() != 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void showsTheTicketsThereAreAndNoneWhereNobodyAnswers(String shell) throws IOException {
    tmux = RequiredTools.find("tmux", "tmux");
    Path program = RequiredTools.find(shell, shell);
    try (ServerProcess server = ServerProcess.start(folder)) {
      Billets alice = server.newAgent("alice");
      alice.does("create --title 'Printer on fire'").prints("1");
      alice.run("", "create", "--title", HOSTILE).prints("2");
      alice.does("lock 2").exits(0);
      Files.writeString(
          folder.resolve(shell + ".script"), alice.does("completion " + shell).succeeds().out());
      try (ShellWithBillets billets = new ShellWithBillets(folder.resolve("shell"), alice)) {
        environment = new TreeMap<>(billets.environment());
        start(shell, program);
        // Where there are several, they are shown; where there is one, it is typed.
        types("billets show ");
        pressesTabUntil("Printer on fire");
        awaitScreen("$(touch pwned) `touch pwned` 'a' \"b\" %F{red} \uFFFDgro");
        leavesTheLine();
        types("clear; billets unlock ");
        pressesTabUntil("ready> clear; billets unlock 2");
        types("--no-such-option", "Enter");
        awaitScreen("there is no option '--no-such-option'");
        server.killHard();
        types("clear", "Enter");
        types("billets history ", "Tab", "Tab");
        types("x", "Enter");
        awaitScreen("'x' names no ticket");
        assertFalse(screen().contains("cannot be reached"), this::screen);
        assertFalse(Files.exists(folder.resolve("pwned")), "nothing was run");
      }
    }
  }
}
