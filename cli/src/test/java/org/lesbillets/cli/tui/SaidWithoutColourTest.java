package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.message.RejectionCode;

/** What a colour says, a word or a glyph says, too: screens that mean other things read so. */
class SaidWithoutColourTest {
  private static final Duration AGO = Duration.ofMinutes(3);
  private static final Duration LEFT = Duration.ofSeconds(700);

  /** The body of a screen begins here: what stands above counts other things, too. */
  private static final int BODY = 2;

  /** Two screens that are alike but for one thing, from one row on. */
  private record Pair(String what, int from, Supplier<Scene> one, Supplier<Scene> other) {}

  private static final List<Pair> PAIRS =
      List.of(
          pair("mine, another's", () -> locked("alice", LEFT), () -> locked("bobby", LEFT)),
          pair(
              "ending, not yet",
              () -> locked("bob", Duration.ofSeconds(59)),
              () -> locked("bob", Duration.ofSeconds(95))),
          pair("in line, not", () -> line("w"), () -> line("v")),
          pair("closed, open", () -> of(ticket(7).closed()), () -> of(ticket(7))),
          pair(
              "closed, open under a lock",
              () -> of(ticket(7).closed().locked("bob", AGO, LEFT)),
              () -> locked("bob", LEFT)),
          pair("fresh, as it was", () -> commented(), () -> commented().after(AGO)),
          pair("gone, still there", () -> closed("status:open"), () -> closed("number:>0")),
          pair("chosen, not", () -> two(), () -> two().press("Down")),
          pair("locking, locked", () -> form(false), () -> form(true)),
          pair("robbed, refused", () -> robbed(), () -> refused()),
          new Pair(
              "stale, live", 1, () -> lost(), () -> of(ticket(7)).after(Duration.ofSeconds(2))),
          new Pair("frozen, not", 0, () -> of(ticket(7)).press("Space"), () -> of(ticket(7))));

  private static Pair pair(String what, Supplier<Scene> one, Supplier<Scene> other) {
    return new Pair(what, BODY, one, other);
  }

  private static Scene of(TicketMaker... makers) {
    // The cursor is on another one, whose looks say nothing but that.
    List<Ticket> tickets = new ArrayList<>(List.of(ticket(1).priority(Priority.URGENT).make()));
    for (TicketMaker maker : makers) {
      tickets.add(maker.make());
    }
    return Scene.of(80, 24, tickets);
  }

  private static Scene locked(String holder, Duration left) {
    return of(ticket(7).locked(holder, AGO, left));
  }

  private static Scene line(String key) {
    return locked("bob", LEFT).press("Down", key, "Up");
  }

  private static Scene two() {
    return of(ticket(7), ticket(8));
  }

  private static Scene commented() {
    Scene scene = of(ticket(7).updated("bob", Duration.ofDays(2)));
    new ServerActivity(scene).comments("bob", 7, "Hello");
    return scene;
  }

  private static Scene closed(String query) {
    Scene scene = two().press("/").type(query).press("Enter");
    new ServerActivity(scene).closes("bob", 8);
    return scene.after(Duration.ofSeconds(3));
  }

  private static Scene lost() {
    return of(ticket(7)).silent(Duration.ofSeconds(2)).lost(1, Duration.ofSeconds(1));
  }

  private static Scene form(boolean held) {
    Scene scene = of(ticket(7)).press("Down", "e");
    if (held) {
      long id = scene.last(Effect.Hold.class).id();
      new ServerActivity(scene).locks("alice", 7, Duration.ofSeconds(30), null);
      scene.take(new EffectResult.Held(id, scene.lastEvent()));
    }
    return scene;
  }

  private static Scene robbed() {
    Scene scene = form(true).type("x");
    long token = scene.model().tickets().book().findByNumber(7).orElseThrow().lock().token();
    return scene.robbed(7, token, "Bob has it");
  }

  private static Scene refused() {
    Scene scene = form(false).type("x");
    long id = scene.last(Effect.Hold.class).id();
    return scene.take(new EffectResult.Refused(id, RejectionCode.LOCKED, "Bob has it"));
  }

  @TestFactory
  Stream<DynamicTest> pairs() {
    return Stream.of(Glyphs.values())
        .flatMap(
            glyphs ->
                PAIRS.stream()
                    .map(
                        pair -> dynamicTest(pair.what + ", " + glyphs, () -> check(pair, glyphs))));
  }

  private static void check(Pair pair, Glyphs glyphs) {
    GridCanvas one = pair.one.get().draw(glyphs);
    GridCanvas other = pair.other.get().draw(glyphs);
    assertNotEquals(text(one, pair.from), text(other, pair.from), "the words");
    assertFalse(styles(one, pair.from).equals(styles(other, pair.from)), "the same looks");
  }

  /** What stands between the lines above and the line that speaks. */
  private static List<String> text(GridCanvas canvas, int from) {
    return canvas.lines().subList(from, canvas.rows() - 2);
  }

  private static List<Style> styles(GridCanvas canvas, int from) {
    List<Style> styles = new ArrayList<>();
    for (int row = from; row < canvas.rows() - 2; row++) {
      for (int column = 0; column < canvas.columns(); column++) {
        styles.add(canvas.style(column, row));
      }
    }
    return styles;
  }
}
