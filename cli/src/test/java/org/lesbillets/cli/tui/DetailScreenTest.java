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
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.model.ProcessorTime;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.RejectionCode;

/** The ticket that is read is told as it is now, though its lines are not made for every frame. */
class DetailScreenTest {
  private final ScreenRenderer renderer = new ScreenRenderer(Glyphs.UNICODE);

  private String draw(Scene scene) {
    GridCanvas canvas = new GridCanvas(80, 60);
    renderer.draw(scene.model(), canvas);
    return canvas.text();
  }

  private static Scene open() {
    Scene scene = Scene.of(80, 60, SampleDesk.tickets()).press("Enter");
    long id = scene.last(Effect.Fetch.class).id();
    return scene.take(new EffectResult.Details(id, SampleDesk.details()));
  }

  @Test
  void whatHappensToItShowsAtOnce() {
    Scene scene = open();
    assertFalse(draw(scene).contains("The smoke is gone."));
    new ServerActivity(scene).comments("dave", 1, "The smoke is gone.");
    String screen = draw(scene);
    assertTrue(screen.contains("Comments (3, the newest first)"), screen);
    assertTrue(screen.contains("   The smoke is gone."), screen);
    assertTrue(screen.contains("dave commented on #1: \"The smoke is gone.\""), screen);
    new ServerActivity(scene)
        .updates("dave", 1, TicketPatch.of(TicketField.TITLE, "Printer was on fire"));
    assertTrue(draw(scene).contains("#1 Printer was on fire"));
  }

  @Test
  void itsLockCountsDown() {
    Scene scene = open();
    assertTrue(draw(scene).contains("10:41 left"));
    assertTrue(draw(scene.after(Duration.ofMillis(1_500))).contains("10:39 left"));
    new ServerActivity(scene).unlocks("bob", 1);
    assertTrue(draw(scene).contains("not locked"));
  }

  @Test
  void troubleIsSaid() {
    Scene scene = Scene.of(80, 60, SampleDesk.tickets()).press("Enter");
    assertTrue(draw(scene).contains("Fetching comments and history …"));
    long id = scene.last(Effect.Fetch.class).id();
    scene.take(new EffectResult.Refused(id, RejectionCode.BUSY, "The server is busy: try again"));
    String screen = draw(scene);
    assertTrue(screen.contains(" The server is busy: try again."), screen);
    assertFalse(screen.contains("Fetching"), screen);
  }

  @Test
  void oneScrollsThroughLongTexts() throws Exception {
    String text = "打印机 on fire, ".repeat(3_000) + "the end.";
    List<String> lines =
        ProcessorTime.assertAtMost(
            Duration.ofSeconds(5),
            () -> {
              Scene scene =
                  Scene.of(80, 24, List.of(ticket(7).description(text).make())).press("Enter");
              for (int i = 0; i < 100; i++) {
                scene.after(Duration.ofMillis(30));
                draw(scene);
              }
              return scene.press("End").draw().lines();
            });
    assertTrue(lines.stream().anyMatch(line -> line.endsWith("the end.")), lines.toString());
    assertEquals(24, lines.size());
  }
}
