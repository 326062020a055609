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
    default void accept(UiEvent.Visitor visitor) {
      visitor.onTerminalEvent(this);
    }

    void accept(Visitor visitor);

    /** One method for each kind of event. */
    interface Visitor {
      void onPressed(Pressed event);

      void onPasted(Pasted event);

      void onResized(Resized event);

      void onSignal(Signal event);
    }
  }

  record Pressed(Key key) implements FromTerminal {
    @Override
    public void accept(FromTerminal.Visitor visitor) {
      visitor.onPressed(this);
    }
  }

  /**
   * A paste from the clipboard; whatever it contains, nothing in it is a key press.
   *
   * @param text never empty; every line ends with a newline, whatever the terminal sent
   * @param cut whether it exceeded the bound, so that its end is missing
   */
  record Pasted(String text, boolean cut) implements FromTerminal {
    @Override
    public void accept(FromTerminal.Visitor visitor) {
      visitor.onPasted(this);
    }
  }

  record Resized(int columns, int rows) implements FromTerminal {
    @Override
    public void accept(FromTerminal.Visitor visitor) {
      visitor.onResized(this);
    }
  }

  /** What is reported without details. */
  enum Signal implements FromTerminal {
    /** Input that decodes as text in no charset the terminal may use. */
    UNREADABLE,
    /** The process continues after a stop from outside (SIGCONT): the screen is unknown. */
    RESUMED,
    /** The program has to end: a signal, or a terminal that hung up. */
    END_ASKED;

    @Override
    public void accept(FromTerminal.Visitor visitor) {
      visitor.onSignal(this);
    }
  }

  /**
   * The clock; several times a second.
   *
   * @param heardNanos when the last bytes from the server arrived
   */
  record Tick(long heardNanos) implements UiEvent {
    @Override
    public void accept(Visitor visitor) {
      visitor.onTick(this);
    }
  }

  void accept(Visitor visitor);

  /** One method for each family. */
  interface Visitor {
    void onTerminalEvent(FromTerminal event);

    void onWatchEvent(WatchEvent event);

    void onEffectResult(EffectResult event);

    void onTick(Tick event);
  }
}
