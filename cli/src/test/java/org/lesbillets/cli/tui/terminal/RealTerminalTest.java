package org.lesbillets.cli.tui.terminal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.tidy.RequiredTools;

/** A program in a real terminal, with a real shell around it. */
class RealTerminalTest {
  private static final String CONTENT = "漢字😀é|80x24";

  @TempDir Path folder;

  private Tmux opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private Tmux shell() throws IOException {
    return shell("true");
  }

  /**
   * @param setting what the shell does first
   */
  private Tmux shell(String setting) throws IOException {
    String program =
        List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TerminalProbe.class.getName(),
                "log")
            .stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(folder.resolve("probe.sh"), "exec $WATCH " + program + " \"$@\" 2>err\n");
    opened = new Tmux(folder, "PS1='$ ' ENV= exec sh -i");
    opened.awaitLine("$").type(setting + "; stty -g >before; echo mark'er'");
    return opened.awaitLine("marker").awaitLine("$");
  }

  private static Tmux started(Tmux tmux, String... arguments) {
    String line = "sh probe.sh " + String.join(" ", arguments);
    return tmux.type(line + "; echo code $?; stty -g >after").awaitLine(CONTENT);
  }

  /** With nothing behind it, so that the shell can be talked to while it is stopped. */
  private static Tmux startedAlone(Tmux tmux) {
    return tmux.type("sh probe.sh").awaitLine(CONTENT);
  }

  private long pid() throws IOException {
    String first = Files.readAllLines(folder.resolve("log")).get(0);
    return Long.parseLong(first.replace("pid ", ""));
  }

  private void signal(String name) throws Exception {
    Process kill =
        ChildProcesses.start(new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid()));
    assertEquals(0, kill.waitFor());
  }

  private void assertAsBefore(Tmux tmux, int code) {
    tmux.awaitLine("code " + code);
    assertEquals(tmux.awaitFile("before"), tmux.awaitFile("after"));
    assertEquals("0 1", tmux.ask("#{alternate_on} #{cursor_flag}"));
    assertTrue(tmux.lines().contains("marker"));
    assertFalse(tmux.lines().contains(CONTENT));
    tmux.paste("echo pas'te'").press("Enter").awaitLine("paste");
  }

  @ParameterizedTest
  @CsvSource({"q, 0", "x, 1", "s, 3"})
  void howeverAProgramEndsTheTerminalIsAsBefore(String key, int code) throws Exception {
    Tmux tmux = started(shell());
    assertEquals("1", tmux.ask("#{alternate_on}"));
    tmux.press(key);
    assertAsBefore(tmux, code);
    String err = Files.readString(folder.resolve("err"));
    assertEquals(key.equals("x"), err.contains("injected"), err);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129", "INT, 130"})
  void howeverItIsEndedTheTerminalIsAsBefore(String signal, int code) throws Exception {
    Tmux tmux = started(shell());
    signal(signal);
    assertAsBefore(tmux, code);
  }

  @Test
  void otherModesThanTheUsualAreRestored() throws Exception {
    String modes = "stty intr ^G susp undef ixany -ixon min 3 time 7";
    Tmux tmux = started(shell(modes));
    tmux.press("C-c", "C-g", "q");
    assertAsBefore(tmux, 0);
    assertTrue(Files.readAllLines(folder.resolve("log")).containsAll(List.of("Ctrl-C", "Ctrl-G")));
  }

  @Test
  void keysAndPastesAreTold() throws Exception {
    Tmux tmux = started(shell());
    tmux.press("Up", "C-Left", "M-b", "F5", "BTab", "C-\\", "C-s", "C-c", "é", "Enter");
    tmux.paste("one\ntwo \u001b[31m q").press("Escape").awaitLine("Esc");
    List<String> told =
        List.of(
            "Up",
            "Ctrl-Left",
            "Alt-b",
            "F5",
            "Shift-Tab",
            "Ctrl-\\",
            "Ctrl-S",
            "Ctrl-C",
            "é",
            "Enter",
            "paste of 15: one/two \u001b[31m q",
            "Esc");
    List<String> log = Files.readAllLines(folder.resolve("log"));
    assertEquals(told, log.subList(1, log.size()));
  }

  /**
   * Begin, first frame, the key's frame, end: what the system is asked to write to the terminal.
   */
  @Test
  void aFrameIsOneWrite() throws Exception {
    String strace = RequiredTools.find("strace", "strace").toString();
    Files.writeString(folder.resolve("watch"), strace + " -f -qq -s 9999 -e trace=write -o trace");
    Tmux tmux = started(shell("export WATCH=\"$(cat watch)\""));
    tmux.press("j").awaitLine("j").press("q").awaitLine("code 0");
    List<String> writes =
        Files.readAllLines(folder.resolve("trace")).stream()
            .filter(line -> line.matches("\\d+ +write\\(1, \"\\\\33.*"))
            .map(line -> line.replaceFirst("^[^\"]*\"", "").replaceFirst("\".*", ""))
            .toList();
    assertEquals(4, writes.size(), writes::toString);
    assertTrue(writes.get(1).contains("80x24"), writes::toString);
    assertEquals("\\33[3;1Hj\\33[24;1H", writes.get(2));
  }

  @Test
  void aResizeIsTold() throws Exception {
    Tmux tmux = started(shell());
    tmux.resize(50, 10).awaitLine("漢字😀é|50x10").awaitLine("resized");
  }

  @Test
  void whoeverBorrowsTheTerminalGetsEveryByte() throws Exception {
    Files.writeString(
        folder.resolve("borrower.sh"),
        "stty -g >inner; echo lending; read line; echo \"$line\" >typed; exit 7\n");
    Tmux tmux = started(shell());
    tmux.press("e").awaitLine("lending");
    String typed = "every single byte of this line";
    tmux.type(typed).awaitLine("lent 7");
    assertEquals(typed + "\n", tmux.awaitFile("typed"));
    assertEquals(tmux.awaitFile("before"), tmux.awaitFile("inner"));
    assertEquals(CONTENT, tmux.lines().get(0));
    tmux.press("j").awaitLine("j").press("q");
    assertAsBefore(tmux, 0);
  }

  @Test
  void ctrlZStopsAndFgBringsBack() throws Exception {
    Tmux tmux = startedAlone(shell());
    tmux.press("C-z").awaitLine("$").type("echo pro'mpt'; stty -g >stopped").awaitLine("prompt");
    assertEquals(tmux.awaitFile("before"), tmux.awaitFile("stopped"));
    assertEquals("0 1", tmux.ask("#{alternate_on} #{cursor_flag}"));
    tmux.type("fg").awaitLine("back");
    assertEquals(CONTENT, tmux.lines().get(0));
    tmux.press("j").awaitLine("j").press("q").awaitLine("$").type("echo code $?; stty -g >after");
    assertAsBefore(tmux, 0);
  }

  @Test
  void whatIsStoppedCanBeKilled() throws Exception {
    Tmux tmux = startedAlone(shell());
    tmux.press("C-z").awaitLine("$").type("kill %1; kill -s CONT %1");
    await().until(() -> !isAlive());
    tmux.type("echo code 0; stty -g >after");
    assertAsBefore(tmux, 0);
  }

  @Test
  void whatRunsInTheBackgroundWaitsForTheForeground() throws Exception {
    Tmux tmux = startedAlone(shell());
    tmux.press("C-z").awaitLine("$").type("bg; echo back'ground'").awaitLine("background");
    tmux.type("stty -g >behind; echo sti'll'").awaitLine("still");
    assertEquals(tmux.awaitFile("before"), tmux.awaitFile("behind"));
    assertEquals("0 1", tmux.ask("#{alternate_on} #{cursor_flag}"));
    tmux.type("fg").awaitLine("back").press("q").awaitLine("$");
  }

  @Test
  void whatWasStoppedFromOutsidePaintsAnew() throws Exception {
    Tmux tmux = startedAlone(shell());
    signal("STOP");
    tmux.awaitLine("$").press("fg", "C-j").awaitLine("resumed");
    assertEquals(CONTENT, tmux.lines().get(0));
    tmux.press("j").awaitLine("j").press("q");
    await().until(() -> !isAlive());
  }

  private boolean isAlive() throws IOException {
    return ProcessHandle.of(pid()).filter(process -> !Tmux.isOver(process)).isPresent();
  }

  @Test
  void aHangUpEndsIt() throws Exception {
    Tmux tmux = started(shell());
    tmux.hangUp();
    await().until(() -> !isAlive());
  }

  /** With the signal ignored, only the input tells that nobody is there any more. */
  @Test
  void soDoesInputThatEnds() throws Exception {
    Tmux tmux = started(shell("trap '' HUP"));
    tmux.hangUp();
    await().until(() -> !isAlive());
    assertTrue(Files.readAllLines(folder.resolve("log")).contains("hung up"));
  }

  @Test
  void soDoesOneThatComesWhileItIsStopped() throws Exception {
    Tmux tmux = startedAlone(shell("trap '' HUP"));
    tmux.press("C-z").awaitLine("$").hangUp();
    await().until(() -> !isAlive());
  }

  @Test
  void nothingSpinsAfterAHangUpOrWhileNothingHappens() throws Exception {
    Tmux tmux = started(shell("trap '' HUP"), "deaf");
    ProcessHandle probe = ProcessHandle.of(pid()).orElseThrow();
    try {
      assertTrue(cpuOverASecond(probe) < 100, "spins while nothing happens");
      tmux.hangUp();
      await().until(() -> timesToldOfTheHangUp() > 0);
      assertTrue(cpuOverASecond(probe) < 100, "spins after a hang-up");
    } finally {
      probe.destroy();
    }
    await().until(() -> Tmux.isOver(probe));
    assertEquals(1, timesToldOfTheHangUp());
  }

  private long timesToldOfTheHangUp() throws IOException {
    return Files.readAllLines(folder.resolve("log")).stream().filter("hung up"::equals).count();
  }

  private static long cpuOverASecond(ProcessHandle process) {
    Duration before = process.info().totalCpuDuration().orElseThrow();
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    return process.info().totalCpuDuration().orElseThrow().minus(before).toMillis();
  }
}
