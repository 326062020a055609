package org.lesbillets.cli.tui.event;

import org.lesbillets.cli.tui.key.Key;

/** What is typed or pasted, and what the system reports about the terminal and the process. */
public sealed interface TerminalEvent extends UiEvent {

  record Pressed(Key key) implements TerminalEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onPressed(this);
    }
  }

  /**
   * A paste from the clipboard; whatever it contains, nothing in it is a key press.
   *
   * @param text never empty; every line ends with a newline, whatever the terminal sent
   * @param cut whether it exceeded the bound, so that its end is missing
   */
  record Pasted(String text, boolean cut) implements TerminalEvent {
    public Pasted(String text) {
      this(text, false);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onPasted(this);
    }
  }

  /** Something was typed or pasted that is no text. */
  record Unreadable() implements TerminalEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onUnreadable(this);
    }
  }

  record Resized(int columns, int rows) implements TerminalEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onResized(this);
    }
  }

  /** The program was stopped and goes on: the terminal may show anything. */
  record Resumed() implements TerminalEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onResumed(this);
    }
  }

  /** The program is told to end: by a signal, or because its terminal is gone. */
  record EndAsked() implements TerminalEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onEndAsked(this);
    }
  }

  @Override
  default <R> R accept(UiEvent.Handler<R> handler) {
    return handler.onTerminalEvent(this);
  }

  <R> R accept(Handler<R> handler);

  /** One method for each kind of event. */
  interface Handler<R> {
    R onPressed(Pressed event);

    R onPasted(Pasted event);

    R onUnreadable(Unreadable event);

    R onResized(Resized event);

    R onResumed(Resumed event);

    R onEndAsked(EndAsked event);
  }
}
