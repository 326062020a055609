package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

/** The line with the views and their numbers. */
class ViewTabsTest {
  private static final int LINE = 2;

  private static Scene desk() {
    return Scene.of(100, 30, SampleDesk.tickets());
  }

  private static String line(Scene scene) {
    return scene.draw().line(LINE).stripTrailing();
  }

  @Test
  void everyViewHasItsKeyItsNameAndItsNumber() {
    assertEquals(
        "❯` all 26 · 1 mine 4 · 2 unassigned 6 · 3 urgent 3 · 4 stale locks 1", line(desk()));
  }

  @Test
  void theOneThatIsShownIsMarked() {
    assertTrue(line(desk().press("2")).contains("·❯2 unassigned 6 ·"), line(desk().press("2")));
    assertTrue(line(desk().press("2", "`")).startsWith("❯` all 26 · 1 mine"));
    Scene filtered = desk().press("2", "/").type("tag:x").press("Enter");
    assertFalse(line(filtered).contains("❯"), line(filtered));
    assertTrue(line(filtered.press("Esc")).contains("❯2 unassigned"), line(filtered));
    assertTrue(line(desk().press("2", "S")).contains("❯2 unassigned"), "another order");
  }

  @Test
  void numbersFollowWhatHappens() {
    Scene scene = desk();
    new ServerActivity(scene)
        .creates("bob", ticket(27).title("New").make())
        .updates("bob", 2, TicketPatch.of(TicketField.ASSIGNEE, new AgentName("alice")))
        .closes("bob", 16)
        .locks("bob", 3, Duration.ofMinutes(15), null);
    assertEquals(
        "❯` all 27 · 1 mine 5 · 2 unassigned 7 · 3 urgent 2 · 4 stale locks 1", line(scene));
    scene.after(Duration.ofMinutes(31));
    assertTrue(line(scene).endsWith("4 stale locks 7"), line(scene));
  }

  @Test
  void manyTicketsAreCountedElsewhereAndNothingIsLostMeanwhile() {
    List<Ticket> many = new RandomTickets(3).tickets(6_000);
    Scene scene = Scene.of(100, 30, many);
    assertEquals("❯` all · 1 mine · 2 unassigned · 3 urgent · 4 stale locks", line(scene));
    Effect.Count count = scene.last(Effect.Count.class);
    new ServerActivity(scene).creates("bob", ticket(999_999).title("New").make());
    List<Integer> found = count.count().of(count.tickets(), count.me(), count.now());
    scene.take(new EffectResult.Counted(count.id(), found));
    assertTrue(line(scene).startsWith("❯` all 6001 · 1 mine "), line(scene));
    scene.take(new EffectResult.Counted(count.id(), List.of(1, 1, 1, 1, 1)));
    assertTrue(line(scene).startsWith("❯` all 6001 · 1 mine "), "a result that is not awaited");
  }

  @Test
  void whatTimeBringsAboutIsCountedNotMoreOftenThanEveryFiveSeconds() {
    Scene scene = Scene.of(100, 30, new RandomTickets(3).tickets(6_000));
    long before = answered(scene).id();
    for (int tick = 0; tick < 24; tick++) {
      scene.after(Duration.ofMillis(200));
    }
    assertEquals(before, scene.last(Effect.Count.class).id());
    scene.after(Duration.ofMillis(200));
    Effect.Count timely = scene.last(Effect.Count.class);
    assertTrue(timely.id() > before && timely.count().timely());
    scene.after(Duration.ofSeconds(60));
    assertEquals(timely.id(), scene.last(Effect.Count.class).id(), "one is under way");
  }

  private static Effect.Count answered(Scene scene) {
    Effect.Count count = scene.last(Effect.Count.class);
    List<Integer> found = count.count().of(count.tickets(), count.me(), count.now());
    scene.take(new EffectResult.Counted(count.id(), found));
    return count;
  }

  @Test
  void itIsThereWhereThereIsRoom() {
    assertTrue(line(Scene.of(60, 28, SampleDesk.tickets())).startsWith("❯` all 26 · 1 mine 4"));
    assertTrue(line(Scene.of(80, 27, SampleDesk.tickets())).contains("TITLE"));
    assertTrue(line(Scene.of(59, 40, SampleDesk.tickets())).contains("TITLE"));
    Scene scene = desk().take(new UiEvent.Resized(80, 24));
    new ServerActivity(scene).closes("bob", 16);
    assertTrue(line(scene).contains("TITLE"), line(scene));
    scene.take(new UiEvent.Resized(100, 30));
    assertTrue(line(scene).contains("3 urgent 2"), "it is counted anew: " + line(scene));
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    String line = line(Scene.of(60, 28, SampleDesk.tickets()));
    assertEquals("❯` all 26 · 1 mine 4 · 2 unassigned 6 · 3 urgent 3 · …", line);
  }
}
