package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.state.Moment;

/**
 * What the live view makes of an event. The only thing it touches is the model; the only thing it
 * knows of time is what it is told. What is to be done elsewhere it gives as effects, in order.
 */
public final class UiUpdate {
  private UiUpdate() {}

  /**
   * Takes one event.
   *
   * @param at when it came; never before that of the event before it
   */
  public static List<Effect> update(UiModel model, UiEvent event, Moment at) {
    model.now = at;
    Step step = new Step(model);
    event.accept(new Dispatch(step));
    new Previews(step).follow();
    return step.effects();
  }

  /** Which part deals with which event. */
  private record Dispatch(Step step) implements UiEvent.Handler<Void> {

    @Override
    public Void onPressed(UiEvent.Pressed event) {
      new Keys(step).press(event.key());
      return null;
    }

    @Override
    public Void onPasted(UiEvent.Pasted event) {
      new Keys(step).paste(event.text());
      return null;
    }

    @Override
    public Void onUnreadable(UiEvent.Unreadable event) {
      step.refuse("What the terminal sent is no UTF-8 text: left out. Set the terminal to UTF-8.");
      return null;
    }

    @Override
    public Void onResized(UiEvent.Resized event) {
      step.model.columns = Math.max(1, event.columns());
      step.model.rows = Math.max(1, event.rows());
      step.layOut();
      new Counting(step).show();
      return null;
    }

    @Override
    public Void onTick(UiEvent.Tick event) {
      new Clockwork(step).tick(event.heardNanos());
      return null;
    }

    @Override
    public Void onResumed(UiEvent.Resumed event) {
      step.effect(new Effect.Repaint());
      return null;
    }

    @Override
    public Void onEndAsked(UiEvent.EndAsked event) {
      step.keepDraft();
      step.effect(new Effect.Quit());
      return null;
    }

    @Override
    public Void onNews(UiEvent.News event) {
      event.news().accept(new DeskNews(step));
      return null;
    }

    @Override
    public Void onDone(UiEvent.Done event) {
      new Outcomes(step).done(event);
      return null;
    }

    @Override
    public Void onRefused(UiEvent.Refused event) {
      new Outcomes(step).refused(event);
      return null;
    }

    @Override
    public Void onHeld(UiEvent.Held event) {
      new FormLocks(step).held(event);
      return null;
    }

    @Override
    public Void onLost(UiEvent.Lost event) {
      new FormLosses(step).lost(event);
      return null;
    }

    @Override
    public Void onTurn(UiEvent.Turn event) {
      new Turns(step).turn(event);
      return null;
    }

    @Override
    public Void onDetails(UiEvent.Details event) {
      new Details(step).came(event);
      return null;
    }

    @Override
    public Void onSifted(UiEvent.Sifted event) {
      new Listing(step).sifted(event);
      return null;
    }

    @Override
    public Void onCounted(UiEvent.Counted event) {
      new Counting(step).counted(event);
      return null;
    }

    @Override
    public Void onEdited(UiEvent.Edited event) {
      new Outcomes(step).edited(event);
      return null;
    }

    @Override
    public Void onDraftKept(UiEvent.DraftKept event) {
      new DraftOutcomes(step).kept(event);
      return null;
    }

    @Override
    public Void onDraftFound(UiEvent.DraftFound event) {
      new DraftOutcomes(step).found(event);
      return null;
    }

    @Override
    public Void onDraftMissing(UiEvent.DraftMissing event) {
      new DraftOutcomes(step).soughtFor(event.key());
      return null;
    }

    @Override
    public Void onVerbEnded(UiEvent.VerbEnded event) {
      new Outcomes(step).verbEnded(event);
      return null;
    }
  }
}
