package org.lesbillets.cli.tui;

import java.util.function.Consumer;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.EffectResult.Turn.Phase;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.live.WaitingTurn;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Hears of one place in line, on the thread that waits.
 *
 * @param id of the effect that asked for it
 * @param events takes what is heard
 * @param over called when there is no such place any more
 */
record TurnEar(long id, Consumer<UiEvent> events, Runnable over) implements WaitingTurn.Listener {

  private void tell(Phase phase, EventMessage granted, String sentence) {
    events.accept(new EffectResult.Turn(id, phase, granted, sentence));
  }

  @Override
  public void waiting() {
    tell(Phase.WAITING, null, null);
  }

  @Override
  public void lost() {
    tell(Phase.AWAY, null, null);
  }

  @Override
  public void back() {
    tell(Phase.BACK, null, null);
  }

  @Override
  public void granted(EventMessage granted) {
    over.run();
    tell(Phase.GRANTED, granted, null);
  }

  @Override
  public void refused(RuntimeException why) {
    over.run();
    tell(Phase.REFUSED, null, EffectResult.Refused.sentence(why));
  }
}
