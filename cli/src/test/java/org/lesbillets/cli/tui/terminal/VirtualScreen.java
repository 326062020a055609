package org.lesbillets.cli.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.googlecode.lanterna.TerminalSize;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.lesbillets.cli.tui.screen.Canvas;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Style;

/**
 * A screen for tests, with the real way to it: what is drawn becomes bytes, and the bytes are
 * played on a terminal in memory. After each frame the terminal must show what was drawn, cell by
 * cell.
 */
public final class VirtualScreen {
  private final List<byte[]> writes = new ArrayList<>();
  private final PlayedScreen played;
  private final FrameScreen screen;

  /** Where the cursor is. */
  public record Cursor(int column, int row) {}

  /** A screen with all a terminal can have. */
  public VirtualScreen(int columns, int rows) {
    this(new TerminalTraits(true, true, StandardCharsets.UTF_8), columns, rows);
  }

  public VirtualScreen(TerminalTraits traits, int columns, int rows) {
    Charset charset = traits.charset();
    played = new PlayedScreen(charset, columns, rows);
    FrameOutput output = new FrameOutput(sink(), () -> fail("memory hangs up"));
    TerminalSize size = new TerminalSize(columns, rows);
    Palette palette =
        new TerminalSettings(traits, Palette.DARK, TerminalSettings.ESCAPE_TIMEOUT).painted();
    screen = new FrameScreen(new BilletsTerminal(output, charset, size), palette);
    screen.start();
  }

  private OutputStream sink() {
    return new ByteArrayOutputStream() {
      @Override
      public void flush() {
        writes.add(toByteArray());
        played.play(toByteArray());
        reset();
      }
    };
  }

  /** The screen itself, for whoever needs more than frames. */
  public FrameScreen screen() {
    return screen;
  }

  /** Shows a frame, and sees that the terminal shows it. */
  public VirtualScreen draw(Consumer<Canvas> frame) {
    screen.draw(frame);
    for (int row = 0; row < screen.rows(); row++) {
      for (int column = 0; column < screen.columns(); column++) {
        verify(column, row);
      }
    }
    return this;
  }

  private void verify(int column, int row) {
    ScreenCell cell = screen.shown(column, row);
    PlayedScreen.Shown shown = played.at(column, row);
    String place = column + ", " + row;
    if (shown.text().isEmpty()) {
      assertEquals(0, cell.width(), place);
    } else if (!shown.text().startsWith("?")) {
      assertEquals(cell.getCharacterString(), shown.text(), place);
    }
    String style = new String(cell.paint().getForegroundSGRSequence(), StandardCharsets.US_ASCII);
    assertEquals(style, shown.style(), place);
  }

  /** Makes the terminal another size; the next frame is drawn on that. */
  public void resize(int columns, int rows) {
    played.resize(columns, rows);
    screen.resize(columns, rows);
  }

  /** What the terminal shows, a line each, without the blanks at their ends. */
  public List<String> lines() {
    return played.lines();
  }

  /** The lines as one text, for golden files. */
  public String text() {
    return String.join("\n", lines()) + "\n";
  }

  /** How what is in a cell was drawn. */
  public Style styleAt(int column, int row) {
    return screen.shown(column, row).paint().style();
  }

  /** Empty while it does not show. */
  public Optional<Cursor> cursor() {
    return played.cursorShown()
        ? Optional.of(new Cursor(played.column(), played.row()))
        : Optional.empty();
  }

  /** Where the cursor is, whether it shows or not. */
  public Cursor place() {
    return new Cursor(played.column(), played.row());
  }

  /** How often the bell rang. */
  public int rung() {
    return played.rung();
  }

  /** What was written since this was asked last, each write by itself. */
  List<byte[]> takeWrites() {
    List<byte[]> taken = List.copyOf(writes);
    writes.clear();
    return taken;
  }

  PlayedScreen played() {
    return played;
  }
}
