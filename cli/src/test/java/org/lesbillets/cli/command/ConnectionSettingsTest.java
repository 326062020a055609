package org.lesbillets.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;

/** Flag, then environment, then default. */
class ConnectionSettingsTest {
  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final ConnectionOptions flags = new ConnectionOptions();

  @BeforeEach
  void tokens() throws IOException {
    write(home.resolve(".local/state/billets/server/local.token"), "from-home\n");
    write(home.resolve("xdg/billets/server/local.token"), "from-xdg\n");
    write(home.resolve("token"), "  from-file \n");
    write(home.resolve("empty"), "\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ClientSettings settings() {
    return new ConnectionSettings(environment, home).resolve(flags);
  }

  private String refused() {
    ConnectionException refusal =
        assertThrows(ConnectionException.class, () -> settings().token().token());
    assertEquals(ConnectionException.Kind.UNAUTHORIZED, refusal.kind());
    return refusal.getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "       ,        , ws://127.0.0.1:7420/tickets",
    "       , ''     , ws://127.0.0.1:7420/tickets",
    "       , env:1  , ws://env:1/tickets",
    "flag:2 , env:1  , ws://flag:2/tickets",
    "flag:2 ,        , ws://flag:2/tickets"
  })
  void theServer(String flag, String variable, String expected) {
    flags.server = flag;
    if (variable != null) {
      environment.put("BILLETS_SERVER", variable);
    }
    assertEquals(expected, settings().servers().get(0).toString());
  }

  @Test
  void severalServersKeepTheirOrder() {
    flags.server = "a:1,b:2";
    assertEquals("[ws://a:1/tickets, ws://b:2/tickets]", settings().servers().toString());
  }

  @Test
  void aServerThatCannotBeReadNamesWhereItStands() {
    environment.put("BILLETS_SERVER", "http://x");
    UsageException wrong = assertThrows(UsageException.class, this::settings);
    assertTrue(wrong.getMessage().startsWith("BILLETS_SERVER: "), wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "      , no , no , from-home",
    "      , no , yes, from-xdg",
    "      , yes, yes, from-file",
    "' env ', yes, yes, env",
    "''    , yes, no , from-file"
  })
  void theToken(String variable, String file, String xdg, String expected) {
    if (variable != null) {
      environment.put("BILLETS_TOKEN", variable);
    }
    if (file.equals("yes")) {
      environment.put("BILLETS_TOKEN_FILE", home.resolve("token").toString());
    }
    if (xdg.equals("yes")) {
      environment.put("XDG_STATE_HOME", home.resolve("xdg").toString());
    }
    assertEquals(expected, settings().token().token());
  }

  @Test
  void aRelativeStateHomeIsNone() {
    environment.put("XDG_STATE_HOME", "xdg");
    assertEquals("from-home", settings().token().token());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "127.0.0.1:9, true",
    "ws://[::1]:9, true",
    "'127.0.0.1,localhost', true",
    "example.org, false",
    "'127.0.0.1,example.org', false",
    "127.0.0.1.example.org, false"
  })
  void theLocalTokenStaysOnThisMachine(String server, boolean local) {
    flags.server = server;
    if (local) {
      assertEquals("from-home", settings().token().token());
    } else {
      assertTrue(refused().contains("BILLETS_TOKEN_FILE"));
    }
  }

  @Test
  void withoutALocalTokenTheServerIsAskedAllTheSame() {
    environment.put("XDG_STATE_HOME", home.resolve("nowhere").toString());
    assertEquals("", settings().token().token());
  }

  @Test
  void aTokenFileThatSaysNothingIsRefused() {
    environment.put("BILLETS_TOKEN_FILE", home.resolve("absent").toString());
    assertTrue(refused().contains("there is no file " + home.resolve("absent")));
    environment.put("BILLETS_TOKEN_FILE", home.resolve("empty").toString());
    assertTrue(refused().contains("is empty"));
    environment.put("BILLETS_TOKEN_FILE", home.toString());
    assertTrue(refused().contains("cannot be read"));
  }

  @Test
  void theTimeoutIsTenSecondsUnlessToldOtherwise() {
    assertEquals(Duration.ofSeconds(10), settings().timeout());
    flags.timeout = Duration.ofMillis(5);
    assertEquals(Duration.ofMillis(5), settings().timeout());
  }
}
