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
 * The encoder of frames to escape sequences. It caches the cursor's position, its visibility and
 * the current style, and writes only what differs. It reads no input, and gets its size from {@link
 * #resize}.
 *
 * <p>Not the library's terminal for Unix, which manages the modes of the line itself: that runs
 * stty five times, restores another setting than it found when Ctrl-C is another key, and does so
 * again in a shutdown hook.
 *
 * <p>Confined to the thread that draws; {@link #exitPrivateMode} may be called by any thread.
 */
final class BilletsTerminal extends ANSITerminal {
  /** Alternate screen, bracketed paste, hidden cursor. */
  private static final String ENTER = "\u001b[?1049h\u001b[?2004h\u001b[?25l";

  /** The reverse; a terminal without an alternate screen is left empty. */
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

  /** Sets its size. */
  void resize(TerminalSize size) throws IOException {
    this.size = size;
    getTerminalSize();
  }

  /** How many non-empty frames were flushed. */
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

  /** Restores the terminal; idempotent. */
  @Override
  public void exitPrivateMode() {
    output.shut(LEAVE);
  }

  /** Invalidates the cached state. */
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
   * Sets where the cursor is parked while hidden: braille displays and screen readers follow it.
   *
   * @param at null for anywhere
   */
  void park(TerminalPosition at) {
    parked = at;
  }

  /** Called by the library as the last step of a frame. */
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

  /** Writes one grapheme cluster. */
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
