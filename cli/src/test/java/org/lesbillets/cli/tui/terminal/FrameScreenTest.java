package org.lesbillets.cli.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.tui.screen.AnsiColour;
import org.lesbillets.cli.tui.screen.Canvas;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.screen.Tone;
import org.lesbillets.cli.tui.terminal.VirtualScreen.Cursor;
import org.lesbillets.model.SeededTest;

/** Frames in, bytes out; every frame is played on a terminal, which must show what was drawn. */
class FrameScreenTest {
  private static final Style ALARM = Style.of(Tone.ALARM).withBold();
  private static final String FAMILY = "👩‍👩‍👧";

  private static Consumer<Canvas> rows(int count, int marked) {
    return canvas ->
        IntStream.range(0, count)
            .forEach(
                row ->
                    canvas.put(
                        0, row, "row " + row, row == marked ? Style.PLAIN.withReverse() : ALARM));
  }

  private static String written(VirtualScreen screen) {
    List<byte[]> writes = screen.takeWrites();
    assertEquals(1, writes.size());
    return new String(writes.get(0), StandardCharsets.UTF_8).replace('\u001b', '␛');
  }

  private static VirtualScreen taken(int columns, int rows) {
    VirtualScreen screen = new VirtualScreen(columns, rows);
    screen.draw(canvas -> {}).takeWrites();
    return screen;
  }

  @Test
  void aFrameIsOneWrite() {
    VirtualScreen screen = taken(80, 24);
    String bytes = written(screen.draw(rows(24, 3)));
    assertEquals(24, bytes.split("row", -1).length - 1);
    assertEquals("row 3", screen.lines().get(3));
    assertEquals(Style.PLAIN.withReverse(), screen.styleAt(0, 3));
    assertEquals(Style.PLAIN, screen.styleAt(7, 3));
  }

  @Test
  void nothingIsWrittenWhenNothingChanged() {
    VirtualScreen screen = taken(80, 24);
    screen.draw(rows(24, 3)).takeWrites();
    screen.draw(rows(24, 3));
    assertEquals(List.of(), screen.takeWrites());
    Consumer<Canvas> withCursor = rows(24, 3).andThen(canvas -> canvas.cursor(5, 6));
    assertEquals("␛[?25h␛[7;6H", written(screen.draw(withCursor)));
    screen.draw(withCursor);
    assertEquals(List.of(), screen.takeWrites());
    assertEquals(Optional.of(new Cursor(5, 6)), screen.cursor());
    assertEquals("␛[?25l", written(screen.draw(rows(24, 3))));
    assertEquals(Optional.empty(), screen.cursor());
  }

  @Test
  void aChangedRowIsWrittenAlone() {
    VirtualScreen screen = taken(80, 24);
    screen.draw(rows(24, 3)).takeWrites();
    String bytes = written(screen.draw(rows(24, 4)));
    assertEquals("␛[4;1Hrow 3␛[5;1H␛[0;7mrow 4", bytes);
    String cell = written(screen.draw(rows(24, 4).andThen(c -> c.put(4, 9, "8", ALARM))));
    assertEquals("␛[10;5H␛[0;1;31m8", cell);
  }

  @Test
  void stylesAreWrittenWhole() {
    VirtualScreen screen = taken(40, 2);
    Style all = new Style(Tone.MINE, true, true, true, true);
    screen.draw(
        canvas -> {
          int at = canvas.put(0, 0, "all", all);
          at = canvas.put(at, 0, "quiet", Style.of(Tone.QUIET));
          canvas.put(at, 0, "plain", Style.PLAIN);
        });
    assertEquals("␛[1;1H␛[0;1;2;4;7;94mall␛[0;2mquiet␛[0mplain", written(screen));
    assertEquals(all, screen.styleAt(2, 0));
  }

  @Test
  void theHiddenCursorStandsWhereTheFrameSays() {
    VirtualScreen screen = taken(80, 24);
    Consumer<Canvas> third = rows(24, 3).andThen(canvas -> canvas.point(3, 3));
    assertTrue(written(screen.draw(third)).endsWith("␛[4;4H"));
    assertEquals(Optional.empty(), screen.cursor());
    assertEquals(new Cursor(3, 3), screen.place());
    screen.draw(third);
    assertEquals(List.of(), screen.takeWrites());
    Consumer<Canvas> fourth = rows(24, 4).andThen(canvas -> canvas.point(3, 4));
    assertEquals("␛[4;1Hrow 3␛[5;1H␛[0;7mrow 4␛[5;4H", written(screen.draw(fourth)));
    Consumer<Canvas> elsewhere = fourth.andThen(canvas -> canvas.put(9, 20, "8", ALARM));
    assertEquals("␛[21;10H␛[0;1;31m8␛[5;4H", written(screen.draw(elsewhere)));
    assertEquals("␛[?25h␛[7;6H", written(screen.draw(elsewhere.andThen(c -> c.cursor(5, 6)))));
    assertEquals("␛[?25l␛[5;4H", written(screen.draw(elsewhere)));
  }

  @Test
  void theHiddenCursorComesBackAfterARepaintAndStaysInside() {
    VirtualScreen screen = taken(80, 24);
    Consumer<Canvas> frame = rows(24, 3).andThen(canvas -> canvas.point(3, 3));
    screen.draw(frame);
    screen.screen().repaint();
    screen.draw(frame);
    assertEquals(new Cursor(3, 3), screen.place());
    screen.resize(20, 2);
    screen.draw(rows(2, 1).andThen(canvas -> canvas.point(3, 3)));
    assertEquals(Optional.empty(), screen.cursor());
  }

  @Test
  void aPaletteGivesTonesTheirColours() {
    for (AnsiColour colour : AnsiColour.values()) {
      Palette palette = Palette.LIGHT.with(Tone.CAUTION, colour).with(Tone.QUIET, colour);
      CellCache cells = new CellCache(palette);
      boolean own = colour == AnsiColour.DEFAULT;
      assertEquals(own ? "0" : "0;" + colour.foreground(), sgr(cells, Tone.CAUTION));
      assertEquals(own ? "0;2" : "0;" + colour.foreground(), sgr(cells, Tone.QUIET));
      assertEquals("0;34", sgr(cells, Tone.ACCENT));
      assertEquals("0", sgr(cells, Tone.PLAIN));
    }
  }

  private static String sgr(CellCache cells, Tone tone) {
    byte[] bytes = cells.blank(Style.of(tone)).paint().getForegroundSGRSequence();
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void withoutColourThereAreAttributes() {
    TerminalTraits mono = new TerminalTraits(true, false, StandardCharsets.UTF_8);
    VirtualScreen screen = new VirtualScreen(mono, 40, 2);
    for (Tone tone : Tone.values()) {
      screen.draw(canvas -> canvas.put(0, 0, tone.name(), Style.of(tone).withUnderline()));
      String style = screen.played().at(0, 0).style();
      assertEquals(tone == Tone.QUIET ? "0;2;4" : "0;4", style);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "漢字, 4",
    "😀, 2",
    "e\u0301x, 2", // composed
    "x\u0302y, 2", // cannot be
    "\u0302x, 1", // a mark on nothing
    "👍🏽, 2",
    "🇫🇷🇩🇪, 4",
    "🇫🇷🇩, 3",
    "🇫a, 2",
    "𝐀𝐁, 2", // two units each, and narrow
    "✓…─é, 4",
    "ｱｲ, 2",
    "각, 2",
    "\u1112\u1161\u11ab, 2", // parts of a Hangul syllable
    "⚠a, 2",
    "⌛a, 3",
  })
  void charactersTakeTheirCells(String text, int cells) {
    VirtualScreen screen = taken(20, 2);
    int[] behind = new int[1];
    screen.draw(
        canvas -> {
          behind[0] = canvas.put(1, 0, text, Style.PLAIN);
          canvas.put(behind[0], 0, "|", Style.PLAIN);
        });
    assertEquals(1 + cells, behind[0]);
    assertEquals("|", screen.played().at(1 + cells, 0).text());
    screen.takeWrites();
    screen.draw(canvas -> canvas.put(0, 0, "x", Style.PLAIN));
    assertEquals("x", screen.lines().get(0));
  }

  @Test
  void noWideCharacterStraddlesAnEdge() {
    VirtualScreen screen = taken(5, 1);
    int[] behind = new int[2];
    screen.draw(canvas -> behind[0] = canvas.put(0, 0, "漢字😀", ALARM));
    assertEquals("漢字", screen.lines().get(0));
    assertEquals(ALARM, screen.styleAt(4, 0));
    screen.draw(canvas -> behind[1] = canvas.put(-1, 0, "漢字漢x", ALARM));
    assertEquals(" 字漢", screen.lines().get(0));
    assertEquals(List.of(5, 5), List.of(behind[0], behind[1]));
  }

  @Test
  void whatIsOutsideIsNotThere() {
    VirtualScreen screen = taken(5, 2);
    screen.draw(
        canvas -> {
          assertEquals(3, canvas.put(0, -1, "abc", ALARM));
          canvas.put(0, 2, "abc", ALARM);
          canvas.put(7, 0, "abc", ALARM);
          assertEquals(-2, canvas.put(-5, 0, "abc", ALARM));
          canvas.put(-2, 1, "abc", ALARM);
          canvas.fill(3, 1, Integer.MAX_VALUE, ALARM);
          canvas.fill(-3, 0, 4, Style.PLAIN.withReverse());
          canvas.fill(0, 5, 4, ALARM);
          canvas.fill(2, 0, -1, ALARM);
          canvas.cursor(5, 0);
        });
    assertEquals(List.of("", "c"), screen.lines());
    assertEquals(Style.PLAIN.withReverse(), screen.styleAt(0, 0));
    assertEquals(Style.PLAIN, screen.styleAt(2, 0));
    assertEquals(ALARM, screen.styleAt(4, 1));
    assertEquals(Optional.empty(), screen.cursor());
  }

  @Test
  void nothingInATextMovesTheCursor() {
    VirtualScreen screen = taken(20, 2);
    screen.draw(canvas -> canvas.put(0, 0, "a\u001b[2J\n\t\u0007\u009b1mb\u007f", Style.PLAIN));
    assertEquals("a[2J1mb", screen.lines().get(0));
    screen.draw(canvas -> canvas.put(0, 0, "a" + "\u0302".repeat(200) + "b\ud83d", Style.PLAIN));
    assertEquals(2 + 4 + 1, screen.lines().get(0).length());
  }

  @Test
  void behindWhatTerminalsMeasureInTheirOwnWaysTheCursorIsPlaced() {
    VirtualScreen screen = taken(20, 1);
    String bytes = written(screen.draw(canvas -> canvas.put(0, 0, "漢éx⚠x😀x", Style.PLAIN)));
    assertEquals("␛[1;1H漢éx⚠␛[1;6Hx😀␛[1;9Hx", bytes);
  }

  @Test
  void overlappingLeavesNoHalves() {
    VirtualScreen screen = taken(6, 1);
    for (int at = 0; at < 5; at++) {
      int place = at;
      for (String over : List.of("x", "漢")) {
        screen.draw(
            canvas -> {
              canvas.put(1, 0, "字字", Style.PLAIN.withReverse());
              canvas.put(place, 0, over, Style.PLAIN);
            });
      }
    }
    assertEquals(" 字 漢", screen.lines().get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, café €漢😀x, caf\u00e9 ?????x",
    "US-ASCII, café —, caf? ?",
    "EUC-JP, 漢😀x, 漢??x",
    "ISO-8859-1, cafe\u0301, caf\u00e9",
  })
  void whatACharsetLacksIsAQuestionMarkACell(String charset, String text, String shown) {
    TerminalTraits traits = new TerminalTraits(true, true, Charset.forName(charset));
    VirtualScreen screen = new VirtualScreen(traits, 20, 1);
    screen.draw(canvas -> canvas.put(0, 0, text, Style.PLAIN));
    assertEquals(shown, screen.lines().get(0));
  }

  @Test
  void aRepaintWritesEverything() {
    VirtualScreen screen = taken(10, 2);
    screen.draw(rows(2, 0)).takeWrites();
    screen.screen().repaint();
    assertEquals(List.of(), screen.takeWrites());
    String bytes = written(screen.draw(rows(2, 0)));
    assertTrue(bytes.startsWith("␛[0m␛[2J"), bytes);
    assertTrue(bytes.contains("row 0") && bytes.contains("row 1"), bytes);
  }

  @Test
  void theTerminalIsTakenOverAndTheBellRings() {
    VirtualScreen screen = taken(10, 2);
    assertTrue(screen.played().otherScreen() && screen.played().pastesTold());
    assertFalse(screen.played().cursorShown());
    screen.screen().bell();
    assertEquals("\u0007", written(screen));
    assertEquals(1, screen.rung());
  }

  @Test
  void anySizeWillDo() {
    VirtualScreen screen = taken(80, 24);
    for (int size : List.of(1, 2, 200, 3)) {
      screen.resize(size, size);
      screen.draw(rows(24, 1).andThen(canvas -> canvas.put(0, 0, "漢", ALARM)));
      assertEquals(size, screen.lines().size());
      assertEquals(1, screen.takeWrites().size());
    }
    screen.screen().resize(0, -1);
    assertEquals(List.of(1, 1), List.of(screen.screen().columns(), screen.screen().rows()));
  }

  @Test
  void anyFramesAreShown() throws Exception {
    SeededTest.run(
        random -> {
          VirtualScreen screen = taken(30, 8);
          for (int frame = 0; frame < 1500; frame++) {
            if (random.nextInt(20) == 0) {
              screen.resize(1 + random.nextInt(40), 1 + random.nextInt(10));
            }
            if (random.nextInt(20) == 0) {
              screen.screen().repaint();
            }
            long seed = random.nextInt(40);
            screen.draw(canvas -> scribble(canvas, new Random(seed)));
            assertTrue(screen.takeWrites().size() <= 1);
          }
        });
  }

  private static void scribble(Canvas canvas, Random random) {
    List<String> texts =
        List.of("plain", "漢字", "😀😀", "e\u0301\u0302x", "🇫🇷x", "𝐀", FAMILY, " ", "⚠ ok");
    for (int i = 0; i < 12; i++) {
      int column = random.nextInt(45) - 3;
      int row = random.nextInt(12) - 1;
      Tone tone = Tone.values()[random.nextInt(Tone.values().length)];
      Style style = new Style(tone, random.nextBoolean(), false, false, random.nextBoolean());
      if (random.nextInt(6) == 0) {
        canvas.fill(column, row, random.nextInt(10), style);
      } else {
        canvas.put(column, row, texts.get(random.nextInt(texts.size())), style);
      }
    }
    if (random.nextBoolean()) {
      canvas.cursor(random.nextInt(45), random.nextInt(12));
    }
  }
}
