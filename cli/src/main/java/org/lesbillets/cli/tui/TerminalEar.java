package org.lesbillets.cli.tui;

import java.util.function.Consumer;
import org.lesbillets.cli.tui.terminal.TerminalInput;
import org.lesbillets.cli.tui.update.UiEvent;

/** Hands what the terminal tells to the loop. Any thread. */
record TerminalEar(UiQueue queue) implements Consumer<TerminalInput>, TerminalInput.Handler<Void> {
  @Override
  public void accept(TerminalInput input) {
    input.accept(this);
  }

  @Override
  public Void onPressed(TerminalInput.Pressed input) {
    queue.put(new UiEvent.Pressed(input.key()));
    return null;
  }

  @Override
  public Void onPasted(TerminalInput.Pasted input) {
    queue.put(new UiEvent.Pasted(input.text()));
    return null;
  }

  @Override
  public Void onUnreadable(TerminalInput.Unreadable input) {
    queue.put(new UiEvent.Unreadable());
    return null;
  }

  @Override
  public Void onResized(TerminalInput.Resized input) {
    queue.put(new UiEvent.Resized(input.columns(), input.rows()));
    return null;
  }

  @Override
  public Void onResumed(TerminalInput.Resumed input) {
    queue.put(new UiEvent.Resumed());
    return null;
  }

  @Override
  public Void onHungUp(TerminalInput.HungUp input) {
    queue.put(new UiEvent.EndAsked());
    return null;
  }
}
