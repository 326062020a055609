package org.lesbillets.cli.tui.event;

/**
 * An input of the live view's update: from the terminal, from the server, the result of an effect,
 * or time. Each family has a visitor of its own. Immutable; any thread.
 */
public sealed interface UiEvent permits TerminalEvent, WatchEvent, EffectResult, UiEvent.Tick {

  /**
   * Time went by; said several times a second.
   *
   * @param heardNanos when the server was last heard of
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
    R onTerminalEvent(TerminalEvent event);

    R onWatchEvent(WatchEvent event);

    R onEffectResult(EffectResult event);

    R onTick(Tick event);
  }
}
