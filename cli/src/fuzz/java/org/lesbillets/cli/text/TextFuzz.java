package org.lesbillets.cli.text;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fuzz target of what is printed of other people's text: no control or bidi character is left, and
 * what was cut or wrapped is as wide as asked, and no wider. The first byte is the width. For one
 * thread.
 */
public final class TextFuzz {
  private TextFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int cells = 1 + (input[0] & 127);
    String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    String line = PlainText.line(text);
    harmless(line, false);
    String block = PlainText.block(text);
    harmless(block, true);
    within(CellText.cut(line, cells), cells);
    String padded = CellText.padRight(line, cells);
    if (CellText.width(padded) < cells) {
      throw new AssertionError("narrower than " + cells + ": " + padded);
    }
    List<String> wrapped = CellText.wrap(block, Math.max(2, cells));
    wrapped.forEach(part -> within(part, Math.max(2, cells)));
  }

  private static void harmless(String text, boolean lines) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean layout = lines && (c == '\n' || c == '\t');
      boolean bidi = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
      if (bidi || Character.isISOControl(c) && !layout) {
        throw new AssertionError("U+" + Integer.toHexString(c) + " is left");
      }
    }
  }

  private static void within(String text, int cells) {
    if (CellText.width(text) > cells) {
      throw new AssertionError("wider than " + cells + ": " + text);
    }
  }
}
