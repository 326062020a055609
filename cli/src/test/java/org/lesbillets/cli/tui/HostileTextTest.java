package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** Text of other people that would play tricks on a terminal, wherever it is shown. */
class HostileTextTest {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("control characters", "a\u0000b\u0007c\bd\u007fe\tf"),
          Map.entry("escape sequences", "\u001b[2J\u001b[31mred\u001b]0;title\u0007 \u001bc"),
          Map.entry("C1 controls", "a\u009b2Jb\u0085c\u0090d"),
          Map.entry("lines", "one\ntwo\r\nthree\u2028four\u2029five"),
          Map.entry("bidi overrides", "\u202efdp.exe\u202c \u2066x\u2069 \u200fy"),
          Map.entry("invisible", "a\u200bb\u2060c\ufeffd\u00ade"),
          Map.entry("emoji", "👩\u200d💻 👍🏽 🇫🇷🇩🇪 ❤\ufe0f 🔥🔥🔥"),
          Map.entry("combining marks", "cafe\u0301 Z" + "\u0335\u0321".repeat(60) + "algo"),
          Map.entry("marks on nothing", "\u0301\u0308 begins with marks"),
          Map.entry("wide characters", "打印机着火了请尽快处理".repeat(19).substring(0, 200)),
          Map.entry("lone surrogates", "a\ud800b\udc00c"),
          Map.entry("right to left", "המדפסת בוערת بالطابعة"),
          Map.entry("no blanks", "x".repeat(200)));

  static List<String> texts() {
    return List.copyOf(TEXTS.keySet());
  }

  private static Scene scene(int columns, int rows, String text) {
    String[] tags = {text.substring(0, Math.min(20, text.length()))};
    TicketMaker maker =
        ticket(7)
            .title(text)
            .description(text + "\n\n" + text)
            .requester(text)
            .reference(text)
            .tags(tags)
            .created("bob", Duration.ofHours(2))
            .locked("bob", Duration.ofMinutes(2), Duration.ofMinutes(9));
    Ticket plain = ticket(8).title("Plain").created("bob", Duration.ofHours(3)).make();
    Scene scene = Scene.of(columns, rows, List.of(maker.make().withCommentCount(1), plain));
    new ServerActivity(scene).comments("bob", 7, text);
    return scene;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void itStaysInItsColumn(String name) {
    for (int columns : new int[] {80, 100, 109}) {
      GridCanvas canvas = scene(columns, 24, TEXTS.get(name)).draw();
      assertEquals("  2h", canvas.line(3).substring(canvas.line(3).length() - 4), name);
      for (int row = 0; row < canvas.rows(); row++) {
        assertEquals(columns, CellText.width(canvas.line(row)), name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void itIsHarmlessOnEveryScreen(String name) {
    String text = TEXTS.get(name);
    List<Scene> scenes = new ArrayList<>();
    for (int columns : new int[] {40, 80, 130}) {
      scenes.add(scene(columns, 40, text));
      scenes.add(detail(scene(columns, 40, text), text));
      scenes.add(scene(columns, 40, text).press("e", "End", "Tab", "Tab", "Tab", "Tab", "Tab"));
      scenes.add(scene(columns, 40, text).press("c").take(new UiEvent.Pasted(text, false)));
      scenes.add(scene(columns, 40, text).press("/").take(new UiEvent.Pasted(text, false)));
      scenes.add(scene(columns, 40, text).press("t"));
      scenes.add(scene(columns, 40, text).press("o"));
    }
    // The canvas itself takes no control character and nothing outside of it.
    scenes.forEach(scene -> harmless(name, scene.draw().text()));
  }

  private static Scene detail(Scene scene, String text) {
    scene.press("Enter");
    Ticket ticket = scene.model().tickets().book().findByNumber(7).orElseThrow();
    Comment comment = new Comment(3, scene.now().wall(), new AgentName("bob"), text);
    long id = scene.last(Effect.Fetch.class).id();
    return scene.take(
        new EffectResult.Details(
            id, new TicketDetails("1", ticket, List.of(comment), List.of(), false)));
  }

  private static void harmless(String name, String screen) {
    for (int c : screen.codePoints().toArray()) {
      int type = Character.getType(c);
      assertFalse(
          c != '\n' && type == Character.CONTROL || type == Character.FORMAT, name + ": " + c);
    }
    assertTrue(screen.contains("● live"), name + "\n" + screen);
  }
}
