package org.lesbillets.cli.tui.terminal;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.lesbillets.cli.tui.screen.Canvas;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Style;

/**
 * The double-buffered screen: each frame is drawn whole into the back buffer, and only the cells
 * that differ from the front buffer are written, in one system call; none if none differs. Confined
 * to the thread that draws.
 */
public final class FrameScreen {
  private static final int LEAST = 1;

  private final BilletsTerminal terminal;
  private final Buffers buffers;
  private final CellCache cells;
  private final BackBuffer back = new BackBuffer();

  /** The library's screen: both buffers and their difference. */
  private static final class Buffers extends TerminalScreen {
    Buffers(BilletsTerminal terminal, TextCharacter blank) throws IOException {
      super(terminal, blank);
    }

    /** Resets the front buffer, as after the terminal was cleared. */
    void forget(TextCharacter blank) {
      getFrontBuffer().setAll(blank);
    }
  }

  FrameScreen(BilletsTerminal terminal, Palette palette) {
    this.terminal = terminal;
    cells = new CellCache(palette);
    buffers = buffers(terminal, cells.blank(Style.PLAIN));
  }

  /** Enters private mode; the first frame follows. */
  void start() {
    buffers.setCursorPosition(null);
    io(buffers::startScreen);
  }

  /**
   * Draws and writes a frame. Cells that are not drawn are blank, and the cursor is hidden.
   *
   * @return whether the frame differed from the one before
   */
  public boolean draw(Consumer<Canvas> frame) {
    long before = terminal.frames();
    buffers.clear();
    back.hideCursor();
    frame.accept(back);
    io(() -> buffers.refresh(Screen.RefreshType.DELTA));
    return terminal.frames() != before;
  }

  /** Invalidates the front buffer: the next frame is written in full. */
  public void repaint() {
    io(terminal::clearScreen);
    buffers.forget(cells.blank(Style.PLAIN));
  }

  /** Adopts the size of the terminal. */
  public void resize(int columns, int rows) {
    TerminalSize size = new TerminalSize(Math.max(LEAST, columns), Math.max(LEAST, rows));
    io(() -> terminal.resize(size));
    buffers.doResizeIfNecessary();
    repaint();
  }

  /** Rings the terminal's bell. */
  public void bell() {
    io(terminal::bell);
  }

  public int columns() {
    return buffers.getTerminalSize().getColumns();
  }

  public int rows() {
    return buffers.getTerminalSize().getRows();
  }

  /** The cell of the front buffer; null outside of the screen. */
  ScreenCell shown(int column, int row) {
    return (ScreenCell) buffers.getFrontCharacter(column, row);
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private static void io(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw unforeseen(e);
    }
  }

  private static Buffers buffers(BilletsTerminal terminal, TextCharacter blank) {
    try {
      return new Buffers(terminal, blank);
    } catch (IOException e) {
      throw unforeseen(e);
    }
  }

  private static UncheckedIOException unforeseen(IOException e) {
    return new UncheckedIOException("a frame is gathered in memory, which does not fail", e);
  }

  /** The back buffer as a canvas. */
  private final class BackBuffer implements Canvas {
    @Override
    public int columns() {
      return FrameScreen.this.columns();
    }

    @Override
    public int rows() {
      return FrameScreen.this.rows();
    }

    @Override
    public int put(int column, int row, String text, Style style) {
      GraphemeClusters clusters = new GraphemeClusters(text);
      int at = column;
      while (at < columns() && clusters.next()) {
        int behind = at + clusters.width();
        if (at < 0 || behind > columns()) {
          fill(at, row, clusters.width(), style);
        } else {
          set(at, row, cells.cell(clusters.text(), clusters.width(), style));
        }
        at = behind;
      }
      return Math.min(at, columns());
    }

    @Override
    public void fill(int column, int row, int cells, Style style) {
      int end = (int) Math.min(columns(), (long) column + cells);
      for (int at = Math.max(0, column); at < end; at++) {
        set(at, row, FrameScreen.this.cells.blank(style));
      }
    }

    private void set(int column, int row, ScreenCell cell) {
      if (row < 0 || row >= rows()) {
        return;
      }
      blankHalf(column - 1, column, row);
      blankHalf(column + cell.width() - 1, column + cell.width(), row);
      buffers.setCharacter(column, row, cell);
    }

    /** Blanks both halves of a wide cell that is about to be overwritten in part. */
    private void blankHalf(int left, int right, int row) {
      if (buffers.getBackCharacter(left, row) instanceof ScreenCell cell && cell.isDoubleWidth()) {
        ScreenCell blank = cells.blank(cell.paint().style());
        buffers.setCharacter(left, row, blank);
        buffers.setCharacter(right, row, blank);
      }
    }

    @Override
    public void cursor(int column, int row) {
      buffers.setCursorPosition(inside(column, row));
      terminal.park(null);
    }

    @Override
    public void point(int column, int row) {
      buffers.setCursorPosition(null);
      terminal.park(inside(column, row));
    }

    private TerminalPosition inside(int column, int row) {
      boolean inside = column >= 0 && column < columns() && row >= 0 && row < rows();
      return inside ? new TerminalPosition(column, row) : null;
    }

    @Override
    public void hideCursor() {
      buffers.setCursorPosition(null);
      terminal.park(null);
    }
  }
}
