package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.model.SeededTest;

/** A model is a value: an update returns another, and leaves the one it was given as it was. */
class ModelValueTest {
  private static final int STEPS = 2_000;

  @Test
  void anUpdateChangesNothingOfTheModelItWasGiven() throws Exception {
    SeededTest.run(random -> play(random, 30));
  }

  /** With more tickets than are filtered at once. */
  @Test
  void aFilterJobChangesNothingOfTheModelThatBeganIt() throws Exception {
    SeededTest.run(random -> play(random, 5_050));
  }

  private static void play(Random random, int tickets) {
    RandomSessions session =
        new RandomSessions(random, Play.settings(Play.view(null, "", "-updated")), tickets);
    for (int n = 0; n < STEPS * 30 / tickets; n++) {
      UiModel before = session.play.model;
      String parts = parts(before);
      session.step();
      assertEquals(parts, parts(before), session.last());
    }
  }

  /** All parts but the indexes of tickets and rows, which all models share. */
  private static String parts(UiModel model) {
    return Arrays.asList(
            model.now(),
            model.view(),
            model.connection(),
            model.counts(),
            Arrays.toString(model.activity().changes()),
            Arrays.toString(model.activity().locks()),
            model.listing().filters(),
            String.valueOf(model.listing().job()),
            String.valueOf(model.listing().pendingSelection()),
            model.listing().missed(),
            model.listing().frozen(),
            model.detail(),
            model.peek(),
            model.editor(),
            model.pending(),
            model.notices())
        .toString();
  }
}
