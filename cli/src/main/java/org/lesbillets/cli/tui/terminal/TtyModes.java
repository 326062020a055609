package org.lesbillets.cli.tui.terminal;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * The modes of the line as they were found, and those in which every key comes as it is pressed,
 * Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-\ too. Immutable; any thread.
 */
final class TtyModes {
  private static final String[] KEY_BY_KEY = {
    "-icanon", "-echo", "-isig", "-iexten", "-ixon", "-icrnl", "-inlcr", "-igncr", "-istrip", "min",
    "1", "time", "0"
  };

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

  /** More than any display shows; a screen of it still fits into memory. */
  private static final int MOST_COLUMNS = 2000;

  private static final int MOST_ROWS = 1000;

  private final TerminalDevice device;
  private final String found;

  private TtyModes(TerminalDevice device, String found) {
    this.device = device;
    this.found = found;
  }

  /** Remembers them. */
  static TtyModes of(TerminalDevice device) throws IOException {
    return new TtyModes(device, device.stty("-g"));
  }

  void keyByKey() throws IOException {
    device.stty(KEY_BY_KEY);
  }

  /** Makes them again exactly what they were. */
  void restore() throws IOException {
    device.stty(found);
  }

  /** How large the terminal is; as large as they used to be if it does not know. */
  UiEvent.Resized size() throws IOException {
    Matcher size = SIZE.matcher(device.stty("size"));
    int rows = size.matches() ? Integer.parseInt(size.group(1)) : 0;
    int columns = size.matches() ? Integer.parseInt(size.group(2)) : 0;
    return rows > 0 && columns > 0
        ? new UiEvent.Resized(Math.min(columns, MOST_COLUMNS), Math.min(rows, MOST_ROWS))
        : new UiEvent.Resized(80, 24);
  }
}
