package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.Priority;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

class FilterLineTest {

  private static String line(Scene scene) {
    return scene.draw().line(1);
  }

  private static Scene desk() {
    return Scene.of(90, 15, SampleDesk.tickets());
  }

  @Test
  void aViewIsCalledByItsNameAndItsQuery() {
    assertTrue(
        line(desk().press("3")).startsWith(" urgent  priority:urgent status:open  by priority ▼"));
    String typed = line(desk().press("3", "/").type("tag:x"));
    assertTrue(typed.startsWith(" priority:urgent status:open tag:x  by"), typed);
    String all = line(desk().press("0"));
    assertTrue(all.startsWith(" all  by priority ▼"), all);
  }

  @Test
  void aNameThatIsTooLongIsCutAndTheRestStays() {
    Filter start = new Filter(TicketQuery.ALL, TicketOrder.MOST_URGENT, "a name ".repeat(20));
    UiSettings settings =
        new UiSettings(KeyMap.USUAL, List.of(), start, true, Map.of(), null, ZoneOffset.UTC);
    UiModel model = UiModel.of(settings, new Now(0, NOW));
    GridCanvas canvas = new GridCanvas(80, 24);
    new ScreenRenderer(Glyphs.UNICODE).draw(model, canvas);
    assertTrue(canvas.line(1).startsWith(" a name a name"), canvas.line(1));
    assertTrue(canvas.line(1).strip().endsWith("no tickets"), canvas.line(1));
  }

  @Test
  void theOrderIsThatOfTheList() {
    assertTrue(line(desk().press("S")).contains("by priority ▲"));
    Scene byUpdate = desk().press("s").type("u");
    assertTrue(line(byUpdate).contains("by updated"), line(byUpdate));
    assertTrue(byUpdate.draw().line(2).matches(".* UPD[▲▼] *"), byUpdate.draw().line(2));
  }

  @Test
  void whatCameInOutOfSightIsCounted() {
    Scene scene = desk().press("G");
    new ServerActivity(scene)
        .creates("bob", ticket(27).priority(Priority.URGENT).make())
        .creates("bob", ticket(28).priority(Priority.HIGH).make());
    assertTrue(line(scene).contains("▲ +2 new above"), line(scene));
    scene.press("g");
    assertFalse(line(scene).contains("new"), line(scene));
    new ServerActivity(scene).creates("bob", ticket(29).priority(Priority.LOW).make());
    assertTrue(line(scene).contains("▼ +1 new below"), line(scene));
  }

  @Test
  void aSnapshotThatComesInIsCounted() {
    Scene scene = new Scene(90, 15).connected(false).told(SampleDesk.tickets(), 26_000, false);
    assertTrue(line(scene).contains("loading 26 of 26000"), line(scene));
  }

  @Test
  void whatTakesTimeToFindSaysSo() {
    List<Ticket> many = new RandomTickets(3).tickets(6_000);
    Scene scene = sifted(Scene.of(90, 15, many));
    assertFalse(line(scene).contains("finding"), line(scene));
    scene.press("/").type("status:closed");
    assertTrue(line(scene).contains("finding…"), line(scene));
    assertFalse(line(sifted(scene)).contains("finding"), line(scene));
  }

  private static Scene sifted(Scene scene) {
    Effect.FilterTickets sift = scene.last(Effect.FilterTickets.class);
    return scene.take(
        new EffectResult.TicketsFiltered(
            sift.id(),
            TicketFilterer.filter(sift.tickets(), sift.filter(), sift.me(), sift.now())));
  }

  @Test
  void howManyAndWhichOneIsSaid() {
    assertTrue(line(desk().press("j", "j")).endsWith(" 3 of 26 tickets "), line(desk()));
    assertTrue(line(desk().press("/").type("number:3")).endsWith(" 1 of 1 ticket "));
    assertTrue(line(desk().press("/").type("number:99")).endsWith(" no tickets "));
  }

  @Test
  void oneSeesHowOldAStaleListIs() {
    Scene scene = desk().silent(Duration.ofSeconds(75)).lost(2, Duration.ofSeconds(3));
    assertTrue(line(scene).contains("as it was 1m 15s ago"), line(scene));
  }

  @Test
  void whatOthersDoNamesTheTitleAndLeavesTheKeys() {
    Scene scene = desk();
    String keys = scene.draw().line(14);
    new ServerActivity(scene).comments("carol", 2, "A long word. ".repeat(30));
    String said = " · carol commented on #2 (VPN drops every ten minutes since the u…): \"A long";
    assertTrue(scene.draw().line(13).startsWith(said), scene.draw().line(13));
    assertEquals(keys, scene.draw().line(14));
  }

  @Test
  void aClaimThatComesBackSaysSoFirst() {
    assertEquals(
        "· #5 (Payroll export fails: column AMOUNT is…) came back: dave's claim expired",
        returned(null, UnlockReason.EXPIRED, null));
    assertEquals(
        "· #5 (Payroll export fails: column AMOUNT is…) came back: dave gave it back: \"#5 is"
            + " odd\"",
        returned("dave", UnlockReason.RELEASED, "#5 is odd"));
    assertEquals(
        "· #5 (Payroll export fails: column AMOUNT is…) came back: bob broke dave's claim: \"x\"",
        returned("bob", UnlockReason.FORCED, "x"));
  }

  private static String returned(String who, UnlockReason reason, String note) {
    Scene scene = Scene.of(120, 15, SampleDesk.tickets());
    new ServerActivity(scene).returns(who, 5, reason, note);
    return scene.draw().line(13).strip();
  }

  @Test
  void keysBelowAreWholeAndHelpIsAlwaysAmongThem() {
    for (String place : List.of("", "Enter", "o", "?", "e", "c", "/", "p")) {
      List<String> widest = keys(place, 300);
      for (int columns = 40; columns < 300; columns++) {
        List<String> keys = keys(place, columns);
        assertTrue(widest.containsAll(keys), place + " at " + columns + ": " + keys);
        if (!place.equals("?")) {
          assertTrue(keys.contains("? help") || keys.contains("F1 help"), keys.toString());
        }
        List<String> others = new ArrayList<>(widest);
        others.removeIf(key -> key.endsWith("help"));
        keys.removeIf(key -> key.endsWith("help"));
        assertEquals(others.subList(0, keys.size()), keys, "not the most important ones");
      }
    }
  }

  private static List<String> keys(String place, int columns) {
    Scene scene = Scene.of(columns, 15, SampleDesk.tickets());
    String row = (place.isEmpty() ? scene : scene.press(place)).draw().line(14);
    return new ArrayList<>(List.of(row.strip().split(" {2}")));
  }
}
