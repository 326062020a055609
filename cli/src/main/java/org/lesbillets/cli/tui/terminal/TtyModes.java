package org.lesbillets.cli.tui.terminal;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * The modes of the line: those found at the start, to be restored, and raw mode, in which every key
 * is delivered at once, Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-\ too. Immutable; any thread.
 */
final class TtyModes {
  private static final String[] KEY_BY_KEY = {
    "-icanon", "-echo", "-isig", "-iexten", "-ixon", "-icrnl", "-inlcr", "-igncr", "-istrip", "min",
    "1", "time", "0"
  };

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

  /** Beyond any display; a screen of this size still fits into memory. */
  private static final int MOST_COLUMNS = 2000;

  private static final int MOST_ROWS = 1000;

  private final TerminalDevice device;
  private final String found;

  private TtyModes(TerminalDevice device, String found) {
    this.device = device;
    this.found = found;
  }

  /** Reads the present modes. */
  static TtyModes of(TerminalDevice device) throws IOException {
    return new TtyModes(device, device.stty("-g"));
  }

  void keyByKey() throws IOException {
    device.stty(KEY_BY_KEY);
  }

  /** Restores the modes that were found. */
  void restore() throws IOException {
    device.stty(found);
  }

  /** The size of the terminal; 80 by 24 if the system does not know it. */
  UiEvent.Resized size() throws IOException {
    Matcher size = SIZE.matcher(device.stty("size"));
    int rows = size.matches() ? Integer.parseInt(size.group(1)) : 0;
    int columns = size.matches() ? Integer.parseInt(size.group(2)) : 0;
    return rows > 0 && columns > 0
        ? new UiEvent.Resized(Math.min(columns, MOST_COLUMNS), Math.min(rows, MOST_ROWS))
        : new UiEvent.Resized(80, 24);
  }
}
