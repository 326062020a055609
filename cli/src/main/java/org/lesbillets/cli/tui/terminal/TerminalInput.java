package org.lesbillets.cli.tui.terminal;

import org.lesbillets.cli.tui.key.Key;

/** What a person, or the terminal itself, did. Immutable; any thread. */
public sealed interface TerminalInput {

  /** A key, alone or with others held down. */
  record Pressed(Key key) implements TerminalInput {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onPressed(this);
    }
  }

  /**
   * A text from the clipboard, whatever is in it; nothing of it is a key press.
   *
   * @param text never empty; its lines end with a newline each, however they came
   * @param cut whether the text went on, and was too long to be kept
   */
  record Pasted(String text, boolean cut) implements TerminalInput {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onPasted(this);
    }
  }

  /** Bytes that are no text in any charset that is known of. */
  record Unreadable() implements TerminalInput {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onUnreadable(this);
    }
  }

  /** The terminal has another size, or may have. */
  record Resized(int columns, int rows) implements TerminalInput {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onResized(this);
    }
  }

  /** The process was stopped from outside and goes on: the terminal may show anything. */
  record Resumed() implements TerminalInput {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onResumed(this);
    }
  }

  /** The terminal is gone for good; nothing follows. */
  record HungUp() implements TerminalInput {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onHungUp(this);
    }
  }

  <R> R accept(Handler<R> handler);

  /** One method for each kind. */
  interface Handler<R> {
    R onPressed(Pressed input);

    R onPasted(Pasted input);

    R onUnreadable(Unreadable input);

    R onResized(Resized input);

    R onResumed(Resumed input);

    R onHungUp(HungUp input);
  }
}
