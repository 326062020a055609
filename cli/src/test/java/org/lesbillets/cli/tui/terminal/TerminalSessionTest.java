package org.lesbillets.cli.tui.terminal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.UiEvent.Pressed;
import org.lesbillets.cli.tui.event.UiEvent.Resized;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Style;

/** In which order a terminal is taken over and given back. */
class TerminalSessionTest {
  private static final TerminalSettings SETTINGS =
      new TerminalSettings(
          new TerminalTraits(true, true, StandardCharsets.UTF_8),
          Palette.DARK,
          TerminalSettings.ESCAPE_TIMEOUT);
  private static final String KEY_BY_KEY =
      "stty -icanon -echo -isig -iexten -ixon -icrnl -inlcr -igncr -istrip min 1 time 0";
  private static final String ENTER = "␛[?1049h␛[?2004h␛[?25l";
  private static final String LEAVE = "␛[0m␛[2J␛[H␛[?2004l␛[?25h␛[?1049l";
  private static final List<String> GIVEN_BACK = List.of("read no more", LEAVE, "stty 1:2:3");
  private static final List<String> TAKEN_AGAIN = List.of(KEY_BY_KEY, ENTER, "stty size", "read");

  private final ScriptedDevice device = new ScriptedDevice();
  private final List<UiEvent.FromTerminal> told = new CopyOnWriteArrayList<>();
  private final TerminalSession session = TerminalSession.open(device, SETTINGS, told::add);

  @AfterEach
  void close() {
    session.close();
  }

  private void awaitTold(UiEvent.FromTerminal... inputs) {
    await().until(() -> told.equals(List.of(inputs)));
  }

  private void draw(String text) {
    session.screen().draw(canvas -> canvas.put(0, 0, text, Style.PLAIN));
  }

  @Test
  void isTakenOverAndGivenBack() {
    assertEquals(List.of("stty -g", "stty size", KEY_BY_KEY, ENTER, "read"), device.takeLog());
    draw("frame");
    assertEquals(List.of("␛[0m␛[2J␛[?25l␛[1;1Hframe"), device.takeLog());
    session.close();
    assertEquals(GIVEN_BACK, device.takeLog());
    session.close();
    draw("late");
    session.suspend();
    session.retake();
    assertEquals(List.of("stop"), device.takeLog());
  }

  @Test
  void tellsWhatIsTyped() {
    device.type("j\u001b[A");
    awaitTold(new Pressed(Key.character('j')), new Pressed(Key.named(Key.Name.UP)));
    told.clear();
    device.type("\u001b");
    awaitTold(new Pressed(Key.named(Key.Name.ESCAPE)));
  }

  @Test
  void isLentAndPaintedAnew() {
    draw("frame");
    device.takeLog();
    String answer =
        session.lend(
            () -> {
              assertEquals(GIVEN_BACK, device.takeLog());
              draw("never");
              return "done";
            });
    assertEquals("done", answer);
    assertEquals(TAKEN_AGAIN, device.takeLog());
    draw("frame");
    assertEquals(List.of("␛[0m␛[2J␛[1;1Hframe␛[?25l"), device.takeLog());
    device.type("j");
    awaitTold(new Pressed(Key.character('j')));
  }

  @Test
  void isTakenAgainWhateverTheBorrowerDoes() {
    device.takeLog();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                session.lend(
                    () -> {
                      device.takeLog();
                      throw new IllegalStateException("no editor");
                    }));
    assertEquals("no editor", thrown.getMessage());
    assertEquals(TAKEN_AGAIN, device.takeLog());
  }

  @Test
  void mayHaveAnotherSizeAfterwards() {
    session.lend(
        () -> {
          device.resize(100, 30);
          return null;
        });
    awaitTold(new Resized(100, 30));
    assertEquals(List.of(100, 30), List.of(session.screen().columns(), session.screen().rows()));
  }

  @Test
  void stopsAndGoesOnInTheForeground() throws Exception {
    device.takeLog();
    device.whileStopped(() -> device.ours(false));
    FutureTask<Void> stopping = new FutureTask<>(session::suspend, null);
    new Thread(stopping).start();
    await().until(() -> !device.isOurs());
    List<String> stopped = new ArrayList<>(GIVEN_BACK);
    stopped.add("stop");
    assertEquals(stopped, device.takeLog());
    device.ours(true);
    stopping.get();
    assertEquals(TAKEN_AGAIN, device.takeLog());
  }

  @Test
  void whatIsClosedInTheBackgroundIsNotTakenAgain() throws Exception {
    device.whileStopped(() -> device.ours(false));
    FutureTask<Void> stopping = new FutureTask<>(session::suspend, null);
    new Thread(stopping).start();
    await().until(() -> !device.isOurs());
    device.takeLog();
    session.close();
    stopping.get();
    assertEquals(List.of(), device.takeLog());
  }

  @Test
  void isTakenAnewAfterItWasStoppedFromOutside() {
    device.takeLog();
    session.retake();
    assertEquals("read no more", device.takeLog().get(0));
    draw("frame");
    assertTrue(device.takeLog().get(0).endsWith("␛[0m␛[2J␛[1;1Hframe␛[?25l"));
    device.type("j");
    awaitTold(new Pressed(Key.character('j')));
  }

  @Test
  void aHangUpIsToldOnce() {
    device.type("j");
    awaitTold(new Pressed(Key.character('j')));
    device.hangUp();
    awaitTold(new Pressed(Key.character('j')), UiEvent.Signal.END_ASKED);
    device.takeLog();
    session.suspend();
    session.close();
    assertEquals(List.of("stop"), device.takeLog().stream().filter("stop"::equals).toList());
    assertEquals(2, told.size());
    await().until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::reads));
  }

  private boolean reads(Thread thread) {
    return thread.getName().equals("terminal-input");
  }

  @Test
  void inputThatEndsOnALivingTerminalIsAskedForAgainAndThenGivenUp() {
    device.takeLog();
    device.endInput();
    awaitTold(UiEvent.Signal.END_ASKED);
    assertEquals(3, device.takeLog().stream().filter("stty -g"::equals).count());
  }

  @ParameterizedTest
  @CsvSource({
    "24 80, 80, 24",
    "5 20, 20, 5",
    "0 0, 80, 24", // it does not know
    "'', 80, 24",
    "24, 80, 24",
    "stty: what?, 80, 24",
    "65535 65535, 2000, 1000", // nor does this
  })
  void isAsLargeAsItSays(String said, int columns, int rows) {
    ScriptedDevice other = new ScriptedDevice();
    other.size(said);
    try (TerminalSession opened = TerminalSession.open(other, SETTINGS, input -> {})) {
      assertEquals(columns, opened.screen().columns());
      assertEquals(rows, opened.screen().rows());
    }
  }

  @Test
  void thereMustBeATerminal() {
    TerminalSettings none =
        new TerminalSettings(
            new TerminalTraits(false, true, StandardCharsets.UTF_8),
            Palette.DARK,
            TerminalSettings.ESCAPE_TIMEOUT);
    NoTerminalException thrown =
        assertThrows(NoTerminalException.class, () -> TerminalSession.open(none, told::add));
    assertEquals("standard input and output are not a terminal", thrown.getMessage());
    ScriptedDevice dead = new ScriptedDevice();
    dead.die();
    NoTerminalException failed =
        assertThrows(
            NoTerminalException.class, () -> TerminalSession.open(dead, SETTINGS, told::add));
    assertTrue(failed.getMessage().endsWith("No such device or address"), failed.getMessage());
  }
}
