package org.lesbillets.cli.tui;

import java.util.function.Consumer;
import org.lesbillets.cli.tui.screen.Canvas;
import org.lesbillets.cli.tui.terminal.TerminalSession;

/** The display that a terminal is. */
record TerminalDisplay(TerminalSession session) implements Display {
  @Override
  public int columns() {
    return session.screen().columns();
  }

  @Override
  public int rows() {
    return session.screen().rows();
  }

  @Override
  public boolean draw(Consumer<Canvas> frame) {
    return session.screen().draw(frame);
  }

  @Override
  public void repaint() {
    session.screen().repaint();
  }

  @Override
  public void retake() {
    session.retake();
  }

  @Override
  public void resize(int columns, int rows) {
    session.screen().resize(columns, rows);
  }

  @Override
  public void bell() {
    session.screen().bell();
  }

  @Override
  public void suspend() {
    session.suspend();
  }

  @Override
  public void lend(Runnable program) {
    session.lend(
        () -> {
          program.run();
          return null;
        });
  }
}
