package org.lesbillets.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "localhost,                       ws://localhost:7420/tickets",
    "jump.example.org:99,             ws://jump.example.org:99/tickets",
    "127.0.0.1,                       ws://127.0.0.1:7420/tickets",
    "[::1],                           ws://[::1]:7420/tickets",
    "[::1]:80,                        ws://[::1]:80/tickets",
    "ws://h:7421/tickets,             ws://h:7421/tickets",
    "WS://h,                          ws://h:7420/tickets",
    "ws://h/,                         ws://h:7420/tickets",
    "ws://h:1/desk/tickets,           ws://h:1/desk/tickets",
    "wss://h,                         wss://h:7420/tickets",
    "wss://h:8443/x,                  wss://h:8443/x",
    "'  spaced:1 ',                   ws://spaced:1/tickets",
    "unix:/run/billets/desk.sock,     unix:/run/billets/desk.sock",
    "UNIX:///run/desk.sock,           unix:/run/desk.sock",
    "'unix:/home/é x/%41?#[1',        'unix:/home/é x/%41?#[1'",
  })
  void completesWhatIsLeftOut(String text, String expected) {
    assertEquals(expected, ServerAddress.parseAll(text).get(0).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "a,",
        "http://h:1/tickets",
        "ws://",
        "ws://h:0",
        "h:65536",
        "h:port",
        "h h",
        "ws://user:secret@h:1",
        "ws://h:1/tickets#part",
        ":7420",
        "ws:h",
        "/tickets",
        "h_h:1:2",
        "unix:/a\u0000b",
      })
  void saysWhatAnAddressIs(String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> ServerAddress.parseAll(text));
    assertTrue(e.getMessage().contains("ws://HOST:PORT/tickets"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:desk.sock", "unix:", "unix:~/desk.sock"})
  void aSocketHasItsWholePath(String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> ServerAddress.parseAll(text));
    assertTrue(e.getMessage().contains("write the whole path"), e.getMessage());
  }

  /** A kernel takes 107 bytes, and Java no byte more. */
  @Test
  void aPathThatNoSocketHas() {
    String longest = "/" + "é".repeat(53);
    assertEquals(longest, ServerAddress.ofSocket(longest).socket());
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> ServerAddress.parseAll("unix:" + longest + "x"));
    assertTrue(e.getMessage().contains("at most 107 bytes"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:1,b", " a:1 , b "})
  void readsSeveral(String text) {
    assertEquals(
        List.of("ws://a:1/tickets", "ws://b:7420/tickets"),
        ServerAddress.parseAll(text).stream().map(Object::toString).toList());
  }
}
