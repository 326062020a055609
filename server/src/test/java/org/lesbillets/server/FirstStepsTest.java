package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstStepsTest {
  private static final Path USUAL = Path.of("/home/ann/.local/state/billets/server");

  @Test
  void withTheUsualPlaceNothingHasToBeSet() {
    assertEquals(
        List.of(
            "Your token is in /home/ann/.local/state/billets/server/local.token,"
                + " where billets finds it.",
            "In another terminal:",
            "    billets create --title 'A first ticket'",
            "    billets tui",
            "A colleague's token: billets-server token add NAME",
            "When something does not work: billets doctor"),
        new FirstSteps("ws", "127.0.0.1", 7420, USUAL, USUAL).lines());
  }

  @Test
  void anotherPortAndPlaceAreExported() {
    assertEquals(
        List.of(
            "Your token is in /srv/ann's desk/local.token.",
            "In another terminal:",
            "    export BILLETS_SERVER=127.0.0.1:7421",
            "    export BILLETS_TOKEN_FILE='/srv/ann'\\''s desk/local.token'",
            "    billets create --title 'A first ticket'",
            "    billets tui",
            "A colleague's token: billets-server token add NAME --data '/srv/ann'\\''s desk'",
            "When something does not work: billets doctor"),
        new FirstSteps("ws", "127.0.0.1", 7421, Path.of("/srv/ann's desk"), USUAL).lines());
  }

  @Test
  void aSocketNeedsNoToken() {
    assertEquals(
        List.of(
            "No token is needed: your login of this machine is your name.",
            "In another terminal:",
            "    export BILLETS_SERVER='unix:/run/my desk.sock'",
            "    billets create --title 'A first ticket'",
            "    billets tui",
            "Let colleagues in by their groups: --unix-group, --unix-admins, --unix-readers",
            "When something does not work: billets doctor"),
        FirstSteps.atSocket(Path.of("/run/my desk.sock")));
  }

  @Test
  void anIpV6AddressIsOneWord() {
    List<String> lines = new FirstSteps("ws", "[::1]", 7420, USUAL, USUAL).lines();
    assertEquals("    export BILLETS_SERVER='[::1]:7420'", lines.get(2));
  }
}
