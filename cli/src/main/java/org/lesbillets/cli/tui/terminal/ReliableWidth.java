package org.lesbillets.cli.tui.terminal;

/**
 * Of which text every terminal thinks that it is as wide as we do. Behind any other the cursor is
 * placed anew, so that a terminal that thinks otherwise spoils one cell and not the line.
 * Stateless; any thread.
 */
final class ReliableWidth {
  private ReliableWidth() {}

  static boolean is(String cluster) {
    char c = cluster.charAt(0);
    boolean latin = c < 0x0300;
    boolean greekOrCyrillic = c >= 0x0370 && c < 0x0530;
    boolean punctuation = c >= 0x2010 && c < 0x2030;
    boolean linesAndBlocks = c >= 0x2500 && c < 0x25A0;
    boolean eastAsian = c >= 0x3041 && c < 0xD7A4;
    return cluster.length() == 1
        && (latin || greekOrCyrillic || punctuation || linesAndBlocks || eastAsian);
  }
}
