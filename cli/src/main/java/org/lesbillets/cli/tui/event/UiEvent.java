package org.lesbillets.cli.tui.event;

import org.lesbillets.cli.tui.key.Key;

/**
 * An input of the live view's update: from the terminal, from the server, the result of an effect,
 * or time. Each family has a visitor of its own. Immutable; any thread.
 */
public sealed interface UiEvent
    permits WatchEvent, EffectResult, UiEvent.FromTerminal, UiEvent.Tick {

  /** What is typed or pasted, and what the system reports about the terminal and the process. */
  sealed interface FromTerminal extends UiEvent {
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

  record Pressed(Key key) implements FromTerminal {
    @Override
    public <R> R accept(FromTerminal.Handler<R> handler) {
      return handler.onPressed(this);
    }
  }

  /**
   * A paste from the clipboard; whatever it contains, nothing in it is a key press.
   *
   * @param text never empty; every line ends with a newline, whatever the terminal sent
   * @param cut whether it exceeded the bound, so that its end is missing
   */
  record Pasted(String text, boolean cut) implements FromTerminal {
    public Pasted(String text) {
      this(text, false);
    }

    @Override
    public <R> R accept(FromTerminal.Handler<R> handler) {
      return handler.onPasted(this);
    }
  }

  /** Input that decodes as text in no charset the terminal may use. */
  record Unreadable() implements FromTerminal {
    @Override
    public <R> R accept(FromTerminal.Handler<R> handler) {
      return handler.onUnreadable(this);
    }
  }

  record Resized(int columns, int rows) implements FromTerminal {
    @Override
    public <R> R accept(FromTerminal.Handler<R> handler) {
      return handler.onResized(this);
    }
  }

  /** The process continues after a stop from outside (SIGCONT): the screen's content is unknown. */
  record Resumed() implements FromTerminal {
    @Override
    public <R> R accept(FromTerminal.Handler<R> handler) {
      return handler.onResumed(this);
    }
  }

  /** The program has to end: a signal, or a terminal that hung up. */
  record EndAsked() implements FromTerminal {
    @Override
    public <R> R accept(FromTerminal.Handler<R> handler) {
      return handler.onEndAsked(this);
    }
  }

  /**
   * The clock; several times a second.
   *
   * @param heardNanos when the last bytes from the server arrived
   */
  record Tick(long heardNanos) implements UiEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onTick(this);
    }
  }

  <R> R accept(Handler<R> handler);

  /** One method for each family. */
  interface Handler<R> {
    R onTerminalEvent(FromTerminal event);

    R onWatchEvent(WatchEvent event);

    R onEffectResult(EffectResult event);

    R onTick(Tick event);
  }
}
