package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.model.Ticket;

/** The keys at the bottom are those that do something to the ticket one is on. */
class FooterTest {
  private static final Duration LEASE = Duration.ofMinutes(15);
  private final Scene scene =
      Scene.of(140, 24, List.of(ticket(1).make(), ticket(2).assignee("alice").make()));

  private final ServerActivity desk = new ServerActivity(scene);

  private String keys() {
    String[] lines = scene.draw().text().split("\n");
    return lines[lines.length - 1] + "  ";
  }

  private void offers(String... keys) {
    for (String key : keys) {
      assertTrue(keys().contains("  " + key + "  "), key + " in " + keys());
    }
  }

  private void offersNot(String... keys) {
    for (String key : keys) {
      assertFalse(keys().contains("  " + key), key + " in " + keys());
    }
  }

  @Test
  void aFreeTicket() {
    offers("e edit", "l lock", "m me", "a assign", "x close");
    offersNot("u unlock", "w ", "L ");
  }

  @Test
  void aTicketThatIsMine() {
    scene.press("Down");
    offers("e edit", "a assign");
    offersNot("m ");
  }

  @Test
  void aClosedTicket() {
    desk.closes("bob", 1);
    offers("x reopen");
    offersNot("x close");
  }

  @Test
  void aTicketThatAnotherHasLocked() {
    desk.locks("bob", 1, LEASE, null);
    offers("c comment", "w wait", "L take");
    offersNot("l ", "u ", "e ", "m ", "a ", "x ");
    scene.press("w");
    offers("u leave line", "L take");
    offersNot("w ");
    scene.press("Enter");
    offers("u leave line", "L take", "c comment");
    offersNot("w ", "e ");
  }

  @Test
  void aTicketThatIsLockedElsewhere() {
    desk.locks("alice", 1, LEASE, null);
    offers("l take over", "u unlock", "e edit", "x close");
    offersNot("w ", "L ", "l lock");
  }

  @Test
  void noTicketAtAll() {
    Scene empty = Scene.of(140, 24, List.<Ticket>of());
    GridCanvas canvas = empty.draw();
    String[] lines = canvas.text().split("\n");
    assertEquals(
        " n new  C claim  / filter  o overview  ? help  Space freeze  q quit",
        lines[lines.length - 1]);
  }

  @Test
  void aFrozenListGoesOn() {
    scene.press("Space");
    offers("Space go on");
    scene.press("Space");
    offers("Space freeze");
  }

  @Test
  void aReasonIsNotCompleted() {
    desk.locks("bob", 1, LEASE, null);
    scene.press("L");
    offers("Enter ok");
    offersNot("Tab");
    scene.press("Esc", "a");
    offers("Tab complete");
  }
}
