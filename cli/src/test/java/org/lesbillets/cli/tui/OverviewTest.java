package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.model.Priority;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

class OverviewTest {
  private final ScreenRenderer renderer = new ScreenRenderer(Glyphs.ASCII);

  private String draw(Scene scene) {
    GridCanvas canvas = new GridCanvas(80, 30);
    renderer.draw(scene.model(), canvas);
    return canvas.text();
  }

  private static void says(String screen, String... regexes) {
    for (String regex : regexes) {
      assertTrue(screen.lines().anyMatch(line -> line.matches(".*" + regex + ".*")), screen);
    }
  }

  private static Scene desk() {
    return Scene.of(
        80,
        30,
        List.of(
            ticket(1).priority(Priority.URGENT).assignee("alice").make(),
            ticket(2).assignee("bob").locked("bob", Duration.ofHours(2), ofMinutes(3)).make(),
            ticket(3).assignee("bob").locked("erin", ofMinutes(9), ofMinutes(6)).make(),
            ticket(4).assignee("bob").closed().make(),
            ticket(5).make()));
  }

  private static Duration ofMinutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  @Test
  void everyTicketIsCounted() {
    String screen = draw(desk().press("o"));
    says(screen, "open +4 #+", "locked +2 #+", "closed +1 #+");
    says(screen, "urgent +1 #+", "high +0 *$", "normal +3 #+", "low +0 *$");
    says(screen, "nobody +1 #+", "bob +2 #+", "you +1 #+");
    int held = screen.indexOf("Locks held longest");
    assertTrue(screen.indexOf(" bob ", held) < screen.indexOf(" erin ", held), screen);
  }

  @Test
  void whatChangesIsCountedAnew() {
    Scene scene = desk().press("o");
    draw(scene);
    new ServerActivity(scene).closes("bob", 2).creates("bob", ticket(6).assignee("carol").make());
    String screen = draw(scene.tick());
    says(screen, "open +4 #+", "locked +1 #+", "closed +2 #+", "carol +1 #+", "bob +1 #+");
    says(screen, "changes a minute: 2 now, 2 at most", "locks held: 1 now, 2 at most");
  }

  @Test
  void aBigDeskIsCountedALittleLater() {
    List<Ticket> many = new RandomTickets(7).tickets(6_000);
    Scene scene = Scene.of(80, 30, many).press("o");
    draw(scene);
    Ticket open = many.stream().filter(Ticket::isOpen).findFirst().orElseThrow();
    long urgent = many.stream().filter(OverviewTest::isUrgent).count();
    TicketPatch patch =
        TicketPatch.of(TicketField.PRIORITY, isUrgent(open) ? Priority.LOW : Priority.URGENT);
    new ServerActivity(scene).updates("bob", open.number(), patch);
    says(draw(scene), "urgent +" + urgent + " #+");
    long now = urgent + (isUrgent(open) ? -1 : 1);
    says(draw(scene.after(Duration.ofMillis(500))), "urgent +" + now + " #+");
  }

  private static boolean isUrgent(Ticket ticket) {
    return ticket.isOpen() && ticket.content().priority() == Priority.URGENT;
  }

  @Test
  void locksOfNobodyAreSaidToBeNone() {
    Scene scene = desk().press("o");
    assertFalse(draw(scene).contains("Nobody holds a lock."));
    new ServerActivity(scene).unlocks("bob", 2).unlocks("erin", 3);
    says(draw(scene), "Nobody holds a lock.");
  }

  @Test
  void theCourseSaysHowLongItIs() {
    Scene scene = desk().press("o");
    says(draw(scene), "Activity, the last minute");
    for (int i = 0; i < 90; i++) {
      scene.after(Duration.ofMinutes(1));
      if (i == 6) {
        says(draw(scene), "Activity, the last 8 minutes");
      }
    }
    says(draw(scene), "Activity, the last 60 minutes");
  }
}
