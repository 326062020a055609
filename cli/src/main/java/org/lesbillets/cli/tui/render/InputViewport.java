package org.lesbillets.cli.tui.render;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.cli.tui.text.ShownText;

/**
 * The text of an input field, made harmless, and its viewport: the part around the cursor that
 * fits. The viewport is a pure function of text and cursor, so that it does not jump between
 * frames. Immutable; any thread.
 */
record InputViewport(String text, int cursor) {

  /** In fewer cells than this the signs of continuation are omitted. */
  private static final int LEAST_WITH_SIGNS = 6;

  /** A visible part, and the cell of the cursor within it. */
  record Window(String text, int cursor) {}

  /** The range of one wrapped line. */
  record Line(int start, int end) {}

  static InputViewport ofLine(TypedText typed) {
    String before = ShownText.line(typed.before());
    return new InputViewport(before + ShownText.line(typed.after()), before.length());
  }

  static InputViewport ofLines(TypedText typed) {
    String before = ShownText.block(typed.before());
    return new InputViewport(before + ShownText.block(typed.after()), before.length());
  }

  /** The part of a single line that fits, around the cursor, with a sign where it continues. */
  Window window(int cells, String sign) {
    if (CellText.width(text) < cells) {
      return new Window(text, CellText.width(text.substring(0, cursor)));
    }
    String mark = cells < LEAST_WITH_SIGNS ? "" : sign;
    int ahead = Math.min(cells / 4, CellText.width(text.substring(cursor)));
    int room = cells - 1 - ahead;
    boolean fits = CellText.width(text.substring(0, cursor)) <= room;
    int start = fits ? 0 : startOf(room - mark.length());
    String lead = start == 0 ? "" : mark;
    String rest = rest(start, cells - lead.length(), mark);
    return new Window(lead + rest, CellText.width(lead + text.substring(start, cursor)));
  }

  private String rest(int start, int cells, String mark) {
    int end = CellText.fit(text, start, cells);
    return end == text.length()
        ? text.substring(start)
        : text.substring(start, CellText.fit(text, start, cells - mark.length())) + mark;
  }

  /** The smallest start from which the text before the cursor fits. */
  private int startOf(int room) {
    int start = cursor;
    int used = 0;
    while (start > 0) {
      int before = text.offsetByCodePoints(start, -1);
      used += CellText.width(text.substring(before, start));
      if (used > room) {
        break;
      }
      start = before;
    }
    return start;
  }

  /** Wraps the text to lines of at most {@code cells}; there is always one. */
  List<Line> lines(int cells) {
    List<Line> lines = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int newline = text.indexOf('\n', from);
      int end = newline < 0 ? text.length() : newline;
      wrap(lines, from, end, Math.max(2, cells));
      from = end + 1;
    }
    return lines;
  }

  private void wrap(List<Line> lines, int from, int end, int cells) {
    int start = from;
    int fit = Math.min(end, CellText.fit(text, start, cells));
    while (fit < end) {
      int stop = behindWord(start, fit);
      lines.add(new Line(start, stop));
      start = stop;
      fit = Math.min(end, CellText.fit(text, start, cells));
    }
    lines.add(new Line(start, end));
  }

  /** The end of the last whole word that fits; a longer word is broken. */
  private int behindWord(int start, int fit) {
    int space = text.lastIndexOf(' ', fit - 1);
    return space > start ? space + 1 : fit;
  }

  /** The index of the line with the cursor. */
  int cursorLine(List<Line> lines) {
    int line = 0;
    while (line + 1 < lines.size() && lines.get(line + 1).start() <= cursor) {
      line++;
    }
    return line;
  }

  /** Whether the cursor is on this line. */
  boolean isOn(Line line) {
    boolean before = cursor < line.end();
    boolean atEnd =
        cursor == line.end() && (cursor == text.length() || text.charAt(cursor) == '\n');
    return cursor >= line.start() && (before || atEnd);
  }

  /** The cell of the cursor within its line. */
  int cursorCell(Line line) {
    return CellText.width(text.substring(line.start(), Math.max(line.start(), cursor)));
  }
}
