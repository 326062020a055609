package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.cli.tui.terminal.VirtualScreen;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;

/**
 * Whatever is pressed, typed and told, and whatever the size: what is drawn is drawn on the canvas,
 * and fills it.
 */
class RandomScreensTest {
  private static final int ROUNDS = 40;
  private static final int STEPS = 60;

  private final List<Key> keys = new ArrayList<>();

  RandomScreensTest() {
    for (Action action : Action.values()) {
      keys.addAll(KeyMap.USUAL.keys(action));
    }
  }

  @Test
  void anythingAtAnySize() throws Exception {
    SeededTest.run(
        random -> {
          for (int round = 0; round < ROUNDS; round++) {
            play(random);
          }
        });
  }

  private void play(Random random) {
    RandomTickets tickets = new RandomTickets(random);
    Scene scene = Scene.of(columns(random), rows(random), tickets.tickets(random.nextInt(60)));
    // Kept for the whole round, as the program does: what it remembers must not show.
    ScreenRenderer renderer = new ScreenRenderer(tickets.pick(Glyphs.values()));
    for (int step = 0; step < STEPS; step++) {
      step(scene, tickets, random);
      draw(renderer, scene, columns(random), rows(random));
      draw(renderer, scene, scene.model().layout().columns(), scene.model().layout().rows());
    }
  }

  @Test
  void aTerminalShowsFrameAfterFrame() throws Exception {
    SeededTest.run(
        random -> {
          for (int round = 0; round < ROUNDS / 4; round++) {
            playOnTerminal(random);
          }
        });
  }

  private void playOnTerminal(Random random) {
    RandomTickets tickets = new RandomTickets(random);
    Scene scene = Scene.of(80, 24, tickets.tickets(random.nextInt(60)));
    VirtualScreen screen = new VirtualScreen(80, 24);
    ScreenRenderer renderer = new ScreenRenderer(Glyphs.UNICODE);
    for (int step = 0; step < STEPS; step++) {
      step(scene, tickets, random);
      int columns = scene.model().layout().columns();
      int rows = scene.model().layout().rows();
      screen.resize(columns, rows);
      // The screen itself verifies that the terminal shows what was drawn, cell by cell.
      screen.draw(canvas -> renderer.draw(scene.model(), canvas));
      GridCanvas canvas = new GridCanvas(columns, rows);
      renderer.draw(scene.model(), canvas);
      assertEquals(canvas.text(), screen.text());
    }
  }

  private static int columns(Random random) {
    return 1 + random.nextInt(random.nextInt(4) == 0 ? 220 : 100);
  }

  private static int rows(Random random) {
    return 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 30);
  }

  private void step(Scene scene, RandomTickets tickets, Random random) {
    switch (random.nextInt(10)) {
      case 0 -> scene.take(new UiEvent.Resized(columns(random), rows(random)));
      case 1 -> scene.type(tickets.line());
      case 2 -> scene.take(new UiEvent.Pasted(tickets.description(), false));
      case 3 -> happen(scene, tickets, random);
      case 4 -> scene.after(Duration.ofMillis(random.nextInt(90_000)));
      case 5 -> scene.lost(random.nextInt(20), Duration.ofSeconds(random.nextInt(15)));
      case 6 -> scene.silent(Duration.ofSeconds(random.nextInt(200)));
      default -> scene.take(new UiEvent.Pressed(keys.get(random.nextInt(keys.size()))));
    }
  }

  private static void happen(Scene scene, RandomTickets tickets, Random random) {
    int size = scene.model().tickets().book().size();
    ServerActivity others = new ServerActivity(scene);
    if (size == 0 || random.nextInt(4) == 0) {
      Ticket ticket = tickets.ticket().withLock(null).withNumber(size + 1);
      others.creates("bob", ticket);
      return;
    }
    long number = 1 + random.nextInt(size);
    switch (random.nextInt(4)) {
      case 0 -> others.comments("erin", number, tickets.commentText());
      case 1 -> others.locks("bob", number, tickets.ttl(), tickets.line());
      case 2 -> others.closes("carol", number);
      default -> others.updates("dave", number, tickets.patch());
    }
  }

  private static void draw(ScreenRenderer renderer, Scene scene, int columns, int rows) {
    GridCanvas canvas = new GridCanvas(columns, rows);
    renderer.draw(scene.model(), canvas);
    for (int row = 0; row < rows; row++) {
      assertEquals(columns, CellText.width(canvas.line(row)), canvas.line(row));
    }
  }
}
