package org.lesbillets.cli.tui.terminal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.cli.text.CellText;

/**
 * A terminal as the bytes make it: it plays what is written, and refuses whatever it need not know.
 * It never wraps or scrolls, since nobody may count on either.
 */
final class PlayedScreen {
  /** Behind a wide character. */
  private static final String BEHIND = "";

  private static final Pattern NEXT =
      Pattern.compile(
          "\u001b\\[(?<row>\\d+);(?<column>\\d+)H|\u001b\\[(?<style>[\\d;]+)m|(?<home>\u001b\\[H)"
              + "|(?<clear>\u001b\\[2J)|\u001b\\[\\?(?<mode>1049|2004|25)(?<set>[hl])"
              + "|(?<bell>\u0007)|(?<text>\\P{Cntrl})",
          Pattern.DOTALL);

  /** What a cell shows: the text, and the parameters of its style. */
  record Shown(String text, String style) {
    static final Shown BLANK = new Shown(" ", "0");
  }

  private final Charset charset;
  private Shown[][] cells;
  private String style = "0";
  private int column;
  private int row;
  private boolean cursorShown = true;
  private boolean otherScreen;
  private boolean pastesTold;
  private int rung;

  PlayedScreen(Charset charset, int columns, int rows) {
    this.charset = charset;
    cells = blank(columns, rows);
  }

  private static Shown[][] blank(int columns, int rows) {
    Shown[][] blank = new Shown[rows][columns];
    Arrays.stream(blank).forEach(line -> Arrays.fill(line, Shown.BLANK));
    return blank;
  }

  /** Resizes as terminals do: what still fits stays, and half a wide character goes. */
  void resize(int columns, int rows) {
    Shown[][] before = cells;
    cells = blank(columns, rows);
    for (int y = 0; y < Math.min(rows, before.length); y++) {
      for (int x = 0; x < Math.min(columns, before[y].length); x++) {
        cells[y][x] = before[y][x];
      }
      Shown last = cells[y][columns - 1];
      cells[y][columns - 1] = CellText.width(last.text()) > 1 ? Shown.BLANK : last;
    }
    column = Math.min(column, columns - 1);
    row = Math.min(row, rows - 1);
  }

  void play(byte[] bytes) {
    String text = decoded(bytes);
    Matcher next = NEXT.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!next.find(at) || next.start() != at) {
        throw new AssertionError("what is that? " + text.substring(at).replace('\u001b', '␛'));
      }
      at = next.end();
      play(next);
    }
  }

  private String decoded(byte[] bytes) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("half a character was written", e);
    }
  }

  private void play(Matcher next) {
    if (next.group("row") != null) {
      place(Integer.parseInt(next.group("column")) - 1, Integer.parseInt(next.group("row")) - 1);
    } else if (next.group("style") != null) {
      style = next.group("style");
    } else if (next.group("home") != null) {
      place(0, 0);
    } else if (next.group("clear") != null) {
      clear();
    } else if (next.group("mode") != null) {
      set(next.group("mode"), next.group("set").equals("h"));
    } else if (next.group("bell") != null) {
      rung++;
    } else {
      put(next.group("text"));
    }
  }

  private void place(int newColumn, int newRow) {
    if (newColumn >= cells[0].length || newRow >= cells.length) {
      throw new AssertionError("the cursor leaves the screen: " + newColumn + ", " + newRow);
    }
    column = newColumn;
    row = newRow;
  }

  private void clear() {
    if (!style.equals("0")) {
      throw new AssertionError("the screen is cleared in the style " + style);
    }
    cells = blank(cells[0].length, cells.length);
  }

  private void set(String mode, boolean on) {
    switch (mode) {
      case "25" -> cursorShown = on;
      case "2004" -> pastesTold = on;
      default -> otherScreen = on;
    }
  }

  private void put(String character) {
    int width = CellText.width(character);
    if (width == 0 || isSecondLetterOfFlag(character)) {
      join(character, width);
      return;
    }
    if (column + width > cells[row].length) {
      throw new AssertionError("'" + character + "' does not fit behind column " + column);
    }
    blankHalves(column, column + width);
    cells[row][column] = new Shown(character, style);
    if (width == 2) {
      cells[row][column + 1] = new Shown(BEHIND, style);
    }
    column += width;
  }

  private boolean isSecondLetterOfFlag(String character) {
    if (column == 0 || !isFlagLetter(character)) {
      return false;
    }
    return isFlagLetter(cells[row][column - 1].text());
  }

  private static boolean isFlagLetter(String text) {
    return text.matches("[\\x{1F1E6}-\\x{1F1FF}]");
  }

  private void join(String mark, int width) {
    int base = column - 1;
    while (cells[row][base].text().equals(BEHIND)) {
      base--;
    }
    cells[row][base] = new Shown(cells[row][base].text() + mark, style);
    if (width > 0) {
      blankHalves(column, column + width);
      cells[row][column] = new Shown(BEHIND, style);
      column += width;
    }
  }

  private void blankHalves(int from, int to) {
    for (int half : new int[] {from, to}) {
      if (half < cells[row].length && cells[row][half].text().equals(BEHIND)) {
        cells[row][half - 1] = Shown.BLANK;
        cells[row][half] = Shown.BLANK;
      }
    }
  }

  /** The lines, without the blanks at their ends. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Shown[] line : cells) {
      StringBuilder text = new StringBuilder();
      Arrays.stream(line).forEach(cell -> text.append(cell.text()));
      lines.add(text.toString().stripTrailing());
    }
    return lines;
  }

  Shown at(int x, int y) {
    return cells[y][x];
  }

  int column() {
    return column;
  }

  int row() {
    return row;
  }

  boolean cursorShown() {
    return cursorShown;
  }

  boolean otherScreen() {
    return otherScreen;
  }

  boolean pastesTold() {
    return pastesTold;
  }

  String style() {
    return style;
  }

  int rung() {
    return rung;
  }
}
