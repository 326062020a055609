package org.lesbillets.cli.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.AnsiColour;
import org.lesbillets.cli.tui.screen.Style;

/**
 * Turns what is to be drawn into bytes, and as few as it can: it knows where the cursor is, whether
 * it shows, and which style is on, and says nothing twice. It reads nothing and does not look for
 * its size: it is told.
 *
 * <p>Not the library's terminal for Unix, which takes the modes of the line into its own hands: it
 * runs stty five times, ends with another setting than it began with when Ctrl-C is another key,
 * and does so again in a hook of its own.
 *
 * <p>The thread that draws; {@link #exitPrivateMode} any thread.
 */
final class BilletsTerminal extends ANSITerminal {
  /** The other screen, pastes told as such, no cursor. */
  private static final String ENTER = "\u001b[?1049h\u001b[?2004h\u001b[?25l";

  /** A terminal that has no other screen is left empty. */
  private static final String LEAVE =
      "\u001b[0m\u001b[2J\u001b[H\u001b[?2004l\u001b[?25h\u001b[?1049l";

  private static final byte[] PLAIN =
      new AnsiStyle(Style.PLAIN, AnsiColour.DEFAULT).getForegroundSGRSequence();

  private final FrameOutput output;
  private final CharsetEncoder encoder;
  private volatile TerminalSize size;

  private byte[] wanted = PLAIN;
  private byte[] shown;
  private Boolean cursorShown;
  private int column;
  private int row;
  private boolean placed;
  private TerminalPosition parked;

  BilletsTerminal(FrameOutput output, Charset charset, TerminalSize size) {
    super(InputStream.nullInputStream(), output, charset);
    this.output = output;
    this.size = size;
    encoder = charset.newEncoder();
  }

  /** Has it be as large as this from now on. */
  void resize(TerminalSize size) throws IOException {
    this.size = size;
    getTerminalSize();
  }

  /** How many frames there were so far that had anything in them. */
  long frames() {
    return output.frames();
  }

  @Override
  protected TerminalSize findTerminalSize() {
    return size;
  }

  @Override
  public void enterPrivateMode() {
    forget();
    output.open(ENTER);
  }

  /** Gives the terminal back as it was taken; once, however often it is called. */
  @Override
  public void exitPrivateMode() {
    output.shut(LEAVE);
  }

  /** Takes nothing for granted that it has said before. */
  private void forget() {
    shown = null;
    cursorShown = null;
    placed = false;
  }

  @Override
  public void clearScreen() throws IOException {
    forget();
    shown = PLAIN;
    write("\u001b[0m\u001b[2J");
  }

  /**
   * Where the cursor stands while it is hidden: braille displays and screen readers follow it.
   *
   * @param at null for anywhere
   */
  void park(TerminalPosition at) {
    parked = at;
  }

  /** The last thing the library does in a frame. */
  @Override
  public void setCursorVisible(boolean visible) throws IOException {
    if (cursorShown == null || cursorShown != visible) {
      write(visible ? "\u001b[?25h" : "\u001b[?25l");
      cursorShown = visible;
    }
    if (!visible && parked != null) {
      setCursorPosition(parked.getColumn(), parked.getRow());
    }
  }

  @Override
  public void setCursorPosition(int x, int y) throws IOException {
    if (!placed || column != x || row != y) {
      column = x;
      row = y;
      place();
    }
  }

  private void place() throws IOException {
    write("\u001b[" + (row + 1) + ";" + (column + 1) + "H");
    placed = true;
  }

  @Override
  public void resetColorAndSGR() {
    wanted = PLAIN;
  }

  @Override
  public void setForegroundColor(TextColor color) {
    wanted = color instanceof AnsiStyle ? color.getForegroundSGRSequence() : PLAIN;
  }

  @Override
  public void setBackgroundColor(TextColor color) {
    // The background is the terminal's own.
  }

  @Override
  public void enableSGR(SGR sgr) {
    // An AnsiStyle includes it.
  }

  @Override
  public void disableSGR(SGR sgr) {
    // The next AnsiStyle resets it.
  }

  @Override
  public void putCharacter(char c) throws IOException {
    putString(Character.toString(c));
  }

  /** Writes a cluster, whole. */
  @Override
  public void putString(String cluster) throws IOException {
    if (!placed) {
      place();
    }
    if (!Arrays.equals(wanted, shown)) {
      write("\u001b[" + new String(wanted, StandardCharsets.US_ASCII) + "m");
      shown = wanted;
    }
    int width = CellText.width(cluster);
    writeToTerminal(encoded(cluster, width));
    column += width;
    placed = column < size.getColumns() && hasReliableWidth(cluster);
  }

  /**
   * Whether every terminal takes the cluster for as wide as we do. Behind any other the cursor is
   * positioned explicitly, so that a terminal with other tables spoils one cell and not the line.
   */
  private static boolean hasReliableWidth(String cluster) {
    char c = cluster.charAt(0);
    boolean latin = c < 0x0300;
    boolean greekOrCyrillic = c >= 0x0370 && c < 0x0530;
    boolean punctuation = c >= 0x2010 && c < 0x2030;
    boolean linesAndBlocks = c >= 0x2500 && c < 0x25A0;
    boolean eastAsian = c >= 0x3041 && c < 0xD7A4;
    return cluster.length() == 1
        && (latin || greekOrCyrillic || punctuation || linesAndBlocks || eastAsian);
  }

  private byte[] encoded(String cluster, int width) {
    String text = encoder.canEncode(cluster) ? cluster : "?".repeat(width);
    return text.getBytes(encoder.charset());
  }

  private void write(String ascii) throws IOException {
    writeToTerminal(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
