package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.StatusLine;

/** The glyph sets of the view, in Unicode or in ASCII. Immutable; any thread. */
public enum Glyphs {
  UNICODE("…▲▼", "─│╭╮╰╯", "▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█"),
  /** For a terminal without UTF-8. */
  ASCII("~^v", "-|++++", "#", "_.:-=+*#");

  private final String signs;
  private final String frame;
  private final String parts;
  private final String levels;

  Glyphs(String signs, String frame, String parts, String levels) {
    this.signs = signs;
    this.frame = frame;
    this.parts = parts;
    this.levels = levels;
  }

  /** The sign of the connection's state. */
  String link(boolean live) {
    return this == ASCII ? live ? "*" : "?" : live ? "●" : "○";
  }

  /** The sign of a status message's kind. */
  String prefix(StatusLine.Kind kind) {
    boolean plain = this == ASCII;
    return switch (kind) {
      case NOTHING -> "";
      case HAPPENED -> plain ? "- " : "· ";
      case DONE -> plain ? "ok: " : "✓ ";
      case WAITING -> plain ? "... " : "… ";
      case REFUSED -> plain ? "no: " : "✗ ";
      case ALARM -> "!! ";
    };
  }

  /** The ellipsis; one cell. */
  String ellipsis() {
    return signs.substring(0, 1);
  }

  String mark(Mark mark) {
    return Character.toString(this == ASCII ? mark.ascii() : mark.unicode());
  }

  String horizontal() {
    return frame.substring(0, 1);
  }

  String vertical() {
    return frame.substring(1, 2);
  }

  /** A corner of a border: 0 and 1 above, 2 and 3 below, the left one first. */
  String corner(int which) {
    return frame.substring(2 + which, 3 + which);
  }

  String up() {
    return signs.substring(1, 2);
  }

  String down() {
    return signs.substring(2);
  }

  /**
   * A bar for a part of a whole, of at least one sign unless the part is 0.
   *
   * @param cells the length of the bar for the whole
   */
  String bar(long part, long whole, int cells) {
    if (part <= 0 || whole <= 0 || cells <= 0) {
      return "";
    }
    int fine = parts.length();
    int length = (int) Math.max(1, Math.min(part, whole) * fine * cells / whole);
    String rest = length % fine == 0 ? "" : parts.substring(length % fine - 1, length % fine);
    return parts.substring(fine - 1).repeat(length / fine) + rest;
  }

  /** A value of a sparkline: the lowest sign for 0, the highest for the maximum. */
  char level(int value, int most) {
    if (value <= 0 || most <= 0) {
      return levels.charAt(0);
    }
    int highest = levels.length() - 1;
    return levels.charAt((int) Math.max(1, Math.min(highest, (long) value * highest / most)));
  }

  /** Replaces the signs that the glyph set lacks. */
  String words(String text) {
    if (this == UNICODE) {
      return text;
    }
    String plain = text.replace("…", "...").replace("→", "->").replace('—', '-').replace('·', '-');
    for (Mark mark : Mark.values()) {
      plain = plain.replace(mark.unicode(), mark.ascii());
    }
    return plain;
  }
}
