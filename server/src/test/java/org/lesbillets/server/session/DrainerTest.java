package org.lesbillets.server.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.server.world.World;

class DrainerTest {
  private static final int WATCHES = 2_000;

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  /** A watch, to which writing takes no time; an answer is due during the first write. */
  private final class Watch implements Drainer.Client {
    private final Drainer drainer;

    Watch(Drainer drainer) {
      this.drainer = drainer;
    }

    @Override
    public void pump() {
      done.add("watch");
      if (done.size() == 1) {
        drainer.post(() -> done.add("answer"));
      }
    }

    @Override
    public void tick(long now) {}
  }

  @Test
  void anAnswerDoesNotWaitForTheWritesToAllWatches() {
    try (Drainer drainer = new Drainer(World.system())) {
      drainer.start((thread, cause) -> done.add(cause.toString()));
      for (int i = 0; i < WATCHES; i++) {
        Watch watch = new Watch(drainer);
        drainer.post(() -> drainer.add(watch));
      }
      drainer.post(drainer::logGrew);
      await().until(() -> done.size() >= WATCHES + 1);
    }
    assertEquals(WATCHES + 1, done.size());
    assertTrue(done.indexOf("answer") <= 32, () -> "it was number " + done.indexOf("answer"));
  }
}
