package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.lesbillets.model.TicketMaker.ticket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.cli.tui.terminal.VirtualScreen;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.RejectionCode;

/**
 * What the live view looks like, at several sizes, without its colours. Run with {@code
 * -Dgolden.write=true} to write the files anew, and read the difference.
 */
class GoldenScreensTest {
  private static final Path FILES = Path.of("src/test/resources/golden/tui");

  /** How big a screen is. */
  private record Size(int columns, int rows) {
    Scene scene() {
      return new Scene(columns, rows);
    }

    Scene scene(List<Ticket> tickets) {
      return Scene.of(columns, rows, tickets);
    }

    @Override
    public String toString() {
      return columns + "x" + rows;
    }
  }

  private static final List<Size> SIZES =
      List.of(new Size(80, 24), new Size(100, 30), new Size(60, 15), new Size(200, 50));
  private static final List<Size> WITH_PREVIEW =
      List.of(new Size(110, 24), new Size(80, 36), new Size(140, 40), new Size(60, 50));
  private static final List<Size> TOO_SMALL =
      List.of(new Size(39, 24), new Size(80, 7), new Size(20, 5), new Size(1, 1));

  /** A scene, at some sizes. */
  private record Picture(
      String name, Glyphs glyphs, List<Size> sizes, Function<Size, Scene> scene) {
    Picture in(Glyphs other) {
      return new Picture(name + "-" + other.name().toLowerCase(Locale.ROOT), other, sizes, scene);
    }

    Picture at(List<Size> others) {
      return new Picture(name, glyphs, others, scene);
    }
  }

  /** The desk, and what is done before one looks. */
  private static Picture desk(String name, UnaryOperator<Scene> play) {
    return of(name, size -> play.apply(size.scene(SampleDesk.tickets())));
  }

  private static Picture of(String name, Function<Size, Scene> scene) {
    return new Picture(name, Glyphs.UNICODE, SIZES, scene);
  }

  private static final List<Picture> PICTURES =
      List.of(
          desk("list", scene -> scene),
          desk("list", scene -> scene).in(Glyphs.ASCII),
          desk("list-unlocked", scene -> scene.press("/").type("assignee:carol").press("Enter")),
          desk("list-closed", scene -> scene.press("/").type("status:closed").press("Enter")),
          of("list-asleep", size -> size.scene(asleep())),
          desk("list-busy", GoldenScreensTest::busy),
          desk("list-frozen", GoldenScreensTest::frozen),
          desk("list-waiting", GoldenScreensTest::waiting),
          desk("preview", scene -> scene).at(WITH_PREVIEW),
          desk("preview-comments", GoldenScreensTest::previewed).at(WITH_PREVIEW),
          desk("filter", scene -> scene.press("/").type("tag:printer status:open")),
          desk("filter-mistake", scene -> scene.press("/").type("priority:urgnt")),
          desk("filter-completed", scene -> scene.press("/").type("tag:p").press("Tab")),
          desk("filter-nothing", scene -> scene.press("/").type("tag:x").press("Enter")),
          desk("form", GoldenScreensTest::form),
          desk("form-new", GoldenScreensTest::formOfNew),
          desk("form-robbed", GoldenScreensTest::robbed),
          desk("form-robbed", GoldenScreensTest::robbed).in(Glyphs.ASCII),
          desk("comment", GoldenScreensTest::comment),
          desk("detail", GoldenScreensTest::detail),
          desk("detail-end", scene -> detail(scene).press("End")),
          desk("steal", scene -> scene.press("L").type("bob has left").press("Enter")),
          desk("refused", GoldenScreensTest::refused),
          desk("help", scene -> scene.press("?")),
          desk("help-end", scene -> scene.press("?", "End")),
          desk("overview", GoldenScreensTest::overview),
          desk("overview", GoldenScreensTest::overview).in(Glyphs.ASCII),
          desk("stale", scene -> lost(scene, Duration.ofSeconds(3))),
          desk("offline", scene -> lost(scene, Duration.ofMinutes(4))),
          desk("too-small", scene -> scene).at(TOO_SMALL),
          of("empty", size -> size.scene(List.of())),
          of("connecting", Size::scene),
          of("loading", size -> loading(size.scene())));

  /** One ticket sleeps until noon, and one for some days. */
  private static List<Ticket> asleep() {
    List<Ticket> tickets = new ArrayList<>(SampleDesk.tickets());
    Instant today = TicketMaker.NOW.plus(Duration.ofHours(3));
    tickets.replaceAll(
        ticket ->
            ticket.isLocked() || !ticket.isOpen() || ticket.number() % 5 != 0
                ? ticket
                : ticket.withWakeAt(today.plus(Duration.ofDays(ticket.number() % 2 * 3))));
    return tickets;
  }

  private static Scene lost(Scene scene, Duration time) {
    return scene.silent(time).lost(7, Duration.ofSeconds(9));
  }

  static Scene busy(Scene scene) {
    scene.press("Down", "Down", "Down");
    new ServerActivity(scene)
        .locks("carol", 23, Duration.ofMinutes(15), "calling the customer")
        .creates(
            "bob", ticket(27).title("Door of the server room stays open").tags("access").make())
        .creates("dave", ticket(28).title("Lift alarm rings").priority(Priority.URGENT).make());
    scene.after(Duration.ofSeconds(2)).press("/").type("status:open").press("Enter");
    new ServerActivity(scene)
        .closes("bob", 2)
        .closes("dave", 7)
        .updates(
            "erin", 12, TicketPatch.of(TicketField.TITLE, "Badge of a contractor opens every door"))
        .comments("carol", 3, "Ordered.");
    return scene.after(Duration.ofMillis(400));
  }

  private static Scene frozen(Scene scene) {
    scene.press("Space");
    new ServerActivity(scene).closes("bob", 2).closes("dave", 7).comments("carol", 3, "Ordered.");
    return scene.after(Duration.ofSeconds(20));
  }

  private static Scene waiting(Scene scene) {
    return scene.press("w", "Down", "l").after(Duration.ofMillis(300));
  }

  static Scene form(Scene scene) {
    scene.press("e");
    Effect.Hold hold = scene.last(Effect.Hold.class);
    new ServerActivity(scene).unlocks("bob", 1).locks("alice", 1, Duration.ofSeconds(30), null);
    scene.take(new EffectResult.Held(hold.id(), scene.lastEvent()));
    scene.type(", and the curtain too").press("Tab", "Tab", "Left", "Tab");
    return scene.tick();
  }

  private static Scene formOfNew(Scene scene) {
    scene
        .press("n")
        .type("A title so long that it scrolls: the printer on the third floor, the one")
        .type(" beside the kitchen, is on fire again");
    Effect.FindDraft find = scene.last(Effect.FindDraft.class);
    return scene.take(
        new EffectResult.DraftFound(
            find.key(), Map.of(TicketField.TITLE, TypedText.of("not taken")), null, "today"));
  }

  static Scene robbed(Scene scene) {
    form(scene);
    long token = scene.model().tickets().book().findByNumber(1).orElseThrow().lock().token();
    new ServerActivity(scene)
        .unlocks("alice", 1)
        .locks("bob", 1, Duration.ofMinutes(15), "fire brigade is here")
        .updates("bob", 1, TicketPatch.of(TicketField.TITLE, "Printer was on fire"));
    scene.robbed(1, token, "bob took it just now: \"the fire brigade wants to know\"");
    return scene.after(Duration.ofSeconds(2));
  }

  private static Scene comment(Scene scene) {
    return scene
        .press("c")
        .type("Called back, no answer. I will try again after lunch, when the front desk is there;")
        .type(" if nobody comes we switch it off.")
        .press("Alt-Enter", "Alt-Enter")
        .type("Spare toner is in room 012.")
        .press("Up", "Up", "Ctrl-A");
  }

  private static Scene detail(Scene scene) {
    scene.press("Enter");
    Effect.Fetch fetch = scene.last(Effect.Fetch.class);
    return scene.take(new EffectResult.Details(fetch.id(), SampleDesk.details()));
  }

  private static Scene previewed(Scene scene) {
    scene.after(Duration.ofMillis(200));
    Effect.Fetch fetch = scene.last(Effect.Fetch.class);
    return scene.take(new EffectResult.Details(fetch.id(), SampleDesk.details()));
  }

  static Scene overview(Scene scene) {
    new ServerActivity(scene).work();
    return scene.press("o");
  }

  private static Scene loading(Scene scene) {
    return scene.connected(true).told(SampleDesk.tickets().subList(0, 9), 26, false);
  }

  private static Scene refused(Scene scene) {
    scene.press("l");
    return scene.take(
        new EffectResult.Refused(
            scene.last(Effect.Change.class).id(),
            RejectionCode.LOCKED,
            "Ticket 1 is locked by bob, in the tui, for 4 min (calling the fire brigade): unless"
                + " renewed, it is free in 11 min."));
  }

  @TestFactory
  Stream<DynamicTest> aDeskOnSundayMorning() {
    return PICTURES.stream().map(one -> dynamicTest(one.name, () -> check(one)));
  }

  /** What is drawn is what a terminal comes to show. */
  private static void onTerminal(Scene scene, GridCanvas canvas) {
    VirtualScreen screen = new VirtualScreen(canvas.columns(), canvas.rows());
    ScreenRenderer renderer = new ScreenRenderer(Glyphs.UNICODE);
    screen.draw(terminal -> renderer.draw(scene.model(), terminal));
    assertEquals(canvas.text(), screen.text());
    String cursor = screen.cursor().map(at -> at.column() + "," + at.row()).orElse("");
    assertEquals(canvas.cursor(), cursor);
    VirtualScreen.Cursor place = screen.place();
    assertEquals(canvas.cursor() + canvas.pointed(), place.column() + "," + place.row());
  }

  private static void check(Picture picture) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Size size : picture.sizes) {
      Scene scene = picture.scene.apply(size);
      GridCanvas canvas = scene.draw(picture.glyphs);
      if (picture.glyphs == Glyphs.UNICODE) {
        onTerminal(scene, canvas);
      }
      String cursor =
          canvas.cursor().isEmpty()
              ? "hidden cursor " + canvas.pointed()
              : "cursor " + canvas.cursor();
      text.append("=== ").append(size).append(", ").append(cursor).append('\n');
      text.append(canvas.text());
    }
    Path file = FILES.resolve(picture.name + ".txt");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text.toString(), file + " differs");
  }
}
