package org.lesbillets.cli.tui.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.BreakIterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;

class InputViewportTest {

  /** {@code |} stands for the cursor. */
  private static TypedText typed(String text) {
    int cursor = text.indexOf('|');
    return new TypedText(text.substring(0, cursor) + text.substring(cursor + 1), cursor);
  }

  private static String marked(InputViewport.Window window) {
    int end = CellText.fit(window.text(), 0, window.cursor());
    return window.text().substring(0, end) + "|" + window.text().substring(end);
  }

  @ParameterizedTest
  @CsvSource({
    "'|', '|'",
    "abc|, abc|",
    "a|bcdefg, a|bcdefg",
    "abcdefghijkl|, …ghijkl|",
    "|abcdefghijkl, |abcdefg…",
    "abcdef|ghijkl, …cdef|gh…",
    "打印机着火了|, …着火了|",
    "打|印机着火了, 打|印机…"
  })
  void aLongLineMovesUnderTheCursor(String text, String expected) {
    assertEquals(expected, marked(InputViewport.ofLine(typed(text)).window(8, "…")));
  }

  @Test
  void theCursorIsInTheWindow() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 3_000; i++) {
            TypedText typed = somewhere(new RandomTickets(random).line(), random);
            int cells = 1 + random.nextInt(40);
            InputViewport.Window window = InputViewport.ofLine(typed).window(cells, "…");
            assertTrue(CellText.width(window.text()) <= cells, typed + " in " + cells);
            assertTrue(window.cursor() >= 0 && window.cursor() < cells, typed + " in " + cells);
          }
        });
  }

  private static TypedText somewhere(String text, Random random) {
    BreakIterator characters = BreakIterator.getCharacterInstance();
    characters.setText(text);
    int near = random.nextInt(text.length() + 1);
    return new TypedText(text, characters.isBoundary(near) ? near : characters.preceding(near));
  }

  @ParameterizedTest
  @CsvSource({
    "one two three|, 7, one /two /three, 2 5",
    "one two| three, 7, one /two /three, 1 3",
    "onetwothree|, 4, onet/woth/ree, 2 3",
    "one |, 7, 'one ', 0 4",
    "|, 7, '', 0 0",
    "a~|, 7, a/, 1 0",
    "a~~b|c, 7, a//bc, 2 1",
    "打印机打|, 5, 打印/机打, 1 4"
  })
  void aTextBreaksBetweenWords(String text, int cells, String expected, String cursor) {
    InputViewport shown = InputViewport.ofLines(typed(text.replace('~', '\n')));
    List<InputViewport.Line> lines = shown.lines(cells);
    String broken =
        lines.stream()
            .map(line -> shown.text().substring(line.start(), line.end()))
            .collect(Collectors.joining("/"));
    assertEquals(expected, broken);
    int row = shown.cursorLine(lines);
    assertEquals(cursor, row + " " + shown.cursorCell(lines.get(row)));
    assertEquals(List.of(lines.get(row)), lines.stream().filter(shown::isOn).toList());
  }

  @Test
  void linesHoldTheWholeTextAndFit() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 1_000; i++) {
            TypedText typed = somewhere(new RandomTickets(random).commentText(), random);
            InputViewport shown = InputViewport.ofLines(typed);
            int cells = 2 + random.nextInt(60);
            int end = 0;
            for (InputViewport.Line line : shown.lines(cells)) {
              String text = shown.text().substring(line.start(), line.end());
              assertTrue(CellText.width(text) <= cells, text);
              assertEquals("", shown.text().substring(end, line.start()).strip(), "left out");
              end = line.end();
            }
            assertEquals(shown.text().length(), end);
          }
        });
  }
}
