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
      event.accept(new ResultDispatch(context));
    }

    @Override
    public void onWatchEvent(WatchEvent event) {
      event.accept(new ServerEvents(context));
    }
  }

  private record ResultDispatch(UpdateContext context) implements EffectResult.Visitor {

    @Override
    public void onDone(EffectResult.Done event) {
      new EffectResults(context).done(event);
    }

    @Override
    public void onRefused(EffectResult.Refused event) {
      new EffectResults(context).refused(event);
    }

    @Override
    public void onHeld(EffectResult.Held event) {
      new FormLocks(context).held(event);
    }

    @Override
    public void onLost(EffectResult.Lost event) {
      new FormLockLoss(context).lost(event);
    }

    @Override
    public void onLockWaitChanged(EffectResult.LockWaitChanged event) {
      new LockWaitUpdates(context).changed(event);
    }

    @Override
    public void onLockWaitGranted(EffectResult.LockWaitGranted event) {
      new LockWaitUpdates(context).granted(event);
    }

    @Override
    public void onLockWaitRefused(EffectResult.LockWaitRefused event) {
      new LockWaitUpdates(context).refused(event);
    }

    @Override
    public void onDetails(EffectResult.Details event) {
      new DetailUpdates(context).fetched(event);
    }

    @Override
    public void onTicketsFiltered(EffectResult.TicketsFiltered event) {
      new ListUpdates(context).filtered(event);
    }

    @Override
    public void onCounted(EffectResult.Counted event) {
      new CountUpdates(context).counted(event);
    }

    @Override
    public void onEdited(EffectResult.Edited event) {
      new ExternalEditing(context).edited(event);
    }

    @Override
    public void onDraftSaved(EffectResult.DraftSaved event) {
      new DraftUpdates(context).kept(event);
    }

    @Override
    public void onDraftFound(EffectResult.DraftFound event) {
      new DraftUpdates(context).found(event);
    }

    @Override
    public void onDraftMissing(EffectResult.DraftMissing event) {
      new DraftUpdates(context).soughtFor(event.key());
    }

    @Override
    public void onVerbEnded(EffectResult.VerbEnded event) {
      new EffectResults(context).verbEnded(event);
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
