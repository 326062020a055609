package org.lesbillets.cli.tui.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.StatusLine;

class GlyphsTest {

  @ParameterizedTest
  @CsvSource({
    "UNICODE, 0, 10, ''",
    "UNICODE, 10, 10, ████",
    "UNICODE, 5, 10, ██",
    "UNICODE, 1, 1000, ▏",
    "UNICODE, 3, 10, █▏",
    "UNICODE, 20, 10, ████",
    "UNICODE, 5, 0, ''",
    "ASCII, 10, 10, ####",
    "ASCII, 1, 1000, #",
    "ASCII, 9, 10, ###"
  })
  void barsOfFourCells(Glyphs glyphs, long part, long whole, String expected) {
    assertEquals(expected, glyphs.bar(part, whole, 4));
  }

  @ParameterizedTest
  @CsvSource({"0, ▁", "1, ▂", "50, ▄", "99, ▇", "100, █"})
  void levelsOfAHundred(int value, char expected) {
    assertEquals(expected, Glyphs.UNICODE.level(value, 100));
  }

  @Test
  void aCourseOfNothingIsLow() {
    assertEquals('_', Glyphs.ASCII.level(0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void eachMarkIsOneCellAndLikeNoOther(Glyphs glyphs) {
    List<String> marks = Arrays.stream(Mark.values()).map(glyphs::mark).toList();
    assertEquals(Mark.values().length, Set.copyOf(marks).size(), marks.toString());
    marks.forEach(mark -> assertEquals(1, CellText.width(mark), mark));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSaidBeginsDifferentlyForEachKind(Glyphs glyphs) {
    Set<String> prefixes = new HashSet<>();
    for (StatusLine.Kind kind : StatusLine.Kind.values()) {
      assertTrue(prefixes.add(glyphs.prefix(kind)), kind + " begins as another");
    }
  }

  @Test
  void asciiHasNothingElse() {
    StringBuilder all = new StringBuilder(Glyphs.ASCII.words("… → — ❯●×◆◇»!✓"));
    Glyphs ascii = Glyphs.ASCII;
    all.append(ascii.ellipsis()).append(ascii.up()).append(ascii.down());
    all.append(ascii.horizontal()).append(ascii.vertical()).append(ascii.bar(1, 1, 3));
    for (int i = 0; i < 4; i++) {
      all.append(ascii.corner(i));
    }
    for (int i = 0; i <= 10; i++) {
      all.append(ascii.level(i, 10));
    }
    for (StatusLine.Kind kind : StatusLine.Kind.values()) {
      all.append(ascii.prefix(kind));
    }
    all.append(ascii.link(true)).append(ascii.link(false));
    assertTrue(all.chars().allMatch(c -> c >= ' ' && c < 0x7f), all.toString());
  }
}
