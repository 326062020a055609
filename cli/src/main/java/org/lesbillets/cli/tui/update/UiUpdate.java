package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.UiModel;

/**
 * The update of the live view: a function of the model, an event and the time, which returns the
 * next model and the effects to run. No clock, disk, socket or terminal is touched, so the same
 * events lead to the same screen. On the thread of the view, which owns the two mutable indexes of
 * the model.
 */
public final class UiUpdate {
  private UiUpdate() {}

  /**
   * Applies one event.
   *
   * @param at when it arrived; never before the event before it
   */
  public static Update update(UiModel model, UiEvent event, Now at) {
    UpdateContext context = new UpdateContext(model, at);
    event.accept(new Dispatch(context));
    new DetailUpdates(context).followCursor();
    return new Update(context.model(), context.effects());
  }

  /** The class that handles each event. */
  private record Dispatch(UpdateContext context) implements UiEvent.Visitor {

    @Override
    public void onTick(UiEvent.Tick event) {
      new TimerUpdates(context).tick(event.heardNanos());
    }

    @Override
    public void onTerminalEvent(UiEvent.FromTerminal event) {
      event.accept(new TerminalDispatch(context));
    }

    @Override
    public void onEffectResult(EffectResult event) {
      event.accept(new EffectResults(context));
    }

    @Override
    public void onWatchEvent(WatchEvent event) {
      event.accept(new ServerEvents(context));
    }
  }

  private record TerminalDispatch(UpdateContext context) implements UiEvent.FromTerminal.Visitor {

    @Override
    public void onPressed(UiEvent.Pressed event) {
      new KeyUpdates(context).press(event.key());
    }

    @Override
    public void onPasted(UiEvent.Pasted event) {
      new KeyUpdates(context).paste(event.text());
    }

    @Override
    public void onResized(UiEvent.Resized event) {
      context.view = context.view.resized(event.columns(), event.rows());
      context.layOut();
      new CountUpdates(context).show();
    }

    @Override
    public void onSignal(UiEvent.Signal event) {
      switch (event) {
        case UNREADABLE ->
            context.refuse(
                "What the terminal sent is no UTF-8 text: left out. Set the terminal to UTF-8.");
        case RESUMED -> context.effect(Effect.LoopCommand.REPAINT);
        case END_ASKED -> {
          new EditorUpdates(context).saveDraft();
          context.effect(Effect.LoopCommand.QUIT);
        }
      }
    }
  }
}
