package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.state.UiModel;

/** The result of an event: the next model, and the effects to be carried out, in order. */
public record Update(UiModel model, List<Effect> effects) {
  public Update {
    effects = List.copyOf(effects);
  }
}
