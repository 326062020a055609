package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.ticket;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.RejectionCode;

class FormScreenTest {
  private static final String LONG = "This sentence is so long that it takes several lines, ";

  /** A form in trouble: refused, with a notice, and changed by somebody else, too. */
  private static Scene troubled(int columns, int rows) {
    Scene scene =
        Scene.of(columns, rows, List.of(ticket(7).description("a\nb\nc\nd").make())).press("e");
    scene.type("x").press("Tab", "Right", "Tab", "Right", "Tab").type("me");
    scene.press("Tab").type("x").press("Tab").type("x").press("Tab").type("x");
    long id = scene.last(Effect.Hold.class).id();
    scene.take(new EffectResult.Refused(id, RejectionCode.LOCKED, LONG.repeat(3) + "as one sees"));
    new ServerActivity(scene)
        .updates(
            "bob",
            7,
            TicketPatch.of(TicketField.TITLE, "Another")
                .with(TicketField.PRIORITY, Priority.LOW)
                .with(TicketField.REQUESTER, "somebody")
                .with(TicketField.REFERENCE, null)
                .withTags(List.of("theirs"), List.of()));
    return scene.press("Shift-Tab", "Shift-Tab", "Shift-Tab", "Shift-Tab", "Shift-Tab");
  }

  @ParameterizedTest
  @CsvSource({"60, 15", "80, 24", "40, 8", "45, 10", "200, 50"})
  void whateverHasTheFocusIsSeen(int columns, int rows) {
    Scene scene = troubled(columns, rows);
    for (int i = 0; i < 12; i++) {
      GridCanvas canvas = scene.press("Tab").draw();
      List<String> sheet =
          canvas.lines().stream()
              .dropWhile(line -> !line.contains("── Edit #7"))
              .filter(line -> line.startsWith(" ❯"))
              .toList();
      assertTrue(sheet.size() == 1, canvas.text());
    }
  }

  @Test
  void whatOthersWroteStandsBelowTheField() {
    List<String> lines = troubled(80, 24).draw().lines();
    int title = find(lines, "*title ");
    assertTrue(lines.get(title + 1).contains("! theirs     Another"), lines.toString());
    int reference = find(lines, "*reference ");
    assertTrue(lines.get(reference + 1).contains("tags"), lines.toString());
  }

  /** The ticket stands in the list above what is typed of it, wherever the cursor was. */
  @ParameterizedTest
  @CsvSource({"e, G, 80, 24", "c, G, 80, 24", "e, g, 80, 24", "e, G, 100, 40", "c, G, 60, 15"})
  void theTicketIsSeenAboveWhatIsTyped(String key, String place, int columns, int rows) {
    List<Ticket> tickets =
        IntStream.rangeClosed(1, 60).mapToObj(n -> ticket(n).title("Case " + n).make()).toList();
    Scene scene = Scene.of(columns, rows, tickets).press(place, key);
    String chosen = place.equals("G") ? "Case 60 " : "Case 1 ";
    GridCanvas canvas = scene.draw();
    // The line of views marks the one that is open in the same way.
    String line =
        canvas.lines().stream().filter(one -> one.matches("❯[^`].*")).findFirst().orElse("none");
    assertTrue((line + " ").contains(chosen), canvas.text());
  }

  private static int find(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no " + text + " in " + String.join("\n", lines));
  }
}
