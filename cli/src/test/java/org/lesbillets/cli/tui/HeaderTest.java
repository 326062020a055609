package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.screen.GridCanvas;

/** However narrow it gets, the top line says whether what one sees is so. */
class HeaderTest {
  private static final Map<String, UnaryOperator<Scene>> STATES =
      Map.of(
          "live", scene -> scene,
          "stale 20 s", scene -> scene.silent(Duration.ofSeconds(20)),
          "reconnecting (try 12, next in 15 s)", scene -> lost(scene, Duration.ZERO),
          "offline 9 min (try 12, next in 15 s)", scene -> lost(scene, Duration.ofMinutes(9)),
          "offline", scene -> scene.news(new WatchEvent.GivenUp("The token is not known.")));

  private static Scene lost(Scene scene, Duration time) {
    return scene.silent(time).lost(12, Duration.ofMillis(14_500));
  }

  static List<String> states() {
    return List.copyOf(STATES.keySet());
  }

  @ParameterizedTest
  @MethodSource("states")
  void theConnectionNeverGivesWay(String words) {
    for (int columns = 40; columns <= 160; columns++) {
      Scene scene = Scene.of(columns, 24, SampleDesk.tickets());
      scene.connected(true).press("Space");
      new ServerActivity(scene).work();
      GridCanvas canvas = STATES.get(words).apply(scene).draw();
      assertTrue(canvas.line(0).contains(" " + words), columns + ": " + canvas.line(0));
    }
  }

  @ParameterizedTest
  @MethodSource("states")
  void aWideOneSaysAll(String words) {
    Scene scene = Scene.of(180, 24, SampleDesk.tickets());
    scene.connected(true).press("Space");
    new ServerActivity(scene).closes("bob", 2);
    String line = STATES.get(words).apply(scene).draw().line(0);
    List<String> all =
        List.of(
            "Les Billets",
            "helpdesk",
            "alice@desk.example.org",
            words,
            "FROZEN (1 change)",
            "ephemeral",
            "4 yours · 6 free",
            "22 open",
            "6 locked",
            "4 closed");
    int at = 0;
    for (String part : all) {
      assertTrue(line.indexOf(part, at) > 0, part + " is not in: " + line);
      at = line.indexOf(part, at) + part.length();
    }
  }
}
