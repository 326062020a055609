package org.lesbillets.cli.client.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.SeededTest;

/** The upgrade: what is asked, and which answers are one. */
class HandshakeTest {
  private static final byte[] NONCE = "the sample nonce".getBytes(StandardCharsets.US_ASCII);
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final String GOOD =
      """
      HTTP/1.1 101 Switching Protocols
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

      """;

  private static String request(String uri, String token) {
    byte[] request = new Handshake(NONCE).request(URI.create(uri), token);
    return new String(request, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
  }

  private static void answer(String text) throws IOException, HandshakeRefusedException {
    byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    new Handshake(NONCE).readAnswer(new ByteArrayInputStream(bytes));
  }

  @Test
  void asksForAnUpgrade() {
    assertEquals(
        """
        GET /tickets HTTP/1.1
        Host: desk.example.org:7420
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: %s
        Authorization: Bearer secret

        """
            .formatted(KEY),
        request("ws://desk.example.org:7420/tickets", "Authorization: Bearer secret\r\n"));
  }

  @Test
  void namesPathQueryAndHostAsTheyWereGiven() {
    String request = request("ws://[::1]:7420/a%20b?c=d%26", "");
    assertEquals("GET /a%20b?c=d%26 HTTP/1.1\nHost: [::1]:7420", request.substring(0, 43));
    assertEquals(-1, request.indexOf("Authorization"));
  }

  @Test
  void theStandardsExample() {
    assertEquals(ACCEPT, Handshake.accept(KEY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X                         | X
          Upgrade: websocket        | upgrade:WebSocket
          Connection: Upgrade       | Connection: keep-alive, Upgrade
          Connection: Upgrade       | Connection: keep-alive\\nConnection: Upgrade
          101 Switching Protocols   | 101
          HTTP/1.1                  | HTTP/1.0
          Upgrade: websocket        | Server: x\\nUpgrade:   websocket
          """)
  void takesTheUpgradeHoweverItIsWritten(String part, String instead) throws Exception {
    answer(GOOD.replace(part, instead.replace("\\n", "\n")));
  }

  @ParameterizedTest
  @CsvSource({
    "101 Switching,          401 Unauthorized, 401",
    "101 Switching,          503 Busy,         503",
    "101 Switching,          200 OK,           200",
    "Upgrade: websocket,     Upgrade: h2c,     101",
    "Upgrade: websocket,     X: y,             101",
    "Connection: Upgrade,    Connection: close, 101",
    "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, s3pPLMBiTxaQ9kYGzzhZRbK+xOp=, 101",
    "Sec-WebSocket-Accept:,  X:,               101",
    "Upgrade: websocket,     Upgrade: websocket\\nSec-WebSocket-Extensions: x, 101",
    "Upgrade: websocket,     Upgrade: websocket\\nSec-WebSocket-Protocol: x, 101",
    "HTTP/1.1,               SSH-2.0,          0",
    "HTTP/1.1 101,           HTTP/1.1 1x1,     0",
    "HTTP/1.1 101,           HTTP/2 101,       0",
    "Upgrade: websocket,     no colon here,    0",
  })
  void refusesWhatIsNoUpgrade(String part, String instead, int status) throws Exception {
    String text = GOOD.replace(part, instead.replace("\\n", "\n"));
    HandshakeRefusedException refused =
        assertThrows(HandshakeRefusedException.class, () -> answer(text));
    assertEquals(status, refused.status());
  }

  @Test
  void refusesAnAnswerWithoutEnd() {
    String endless = "HTTP/1.1 101 S\n" + "X: y\n".repeat(5_000);
    assertEquals(0, assertThrows(HandshakeRefusedException.class, () -> answer(endless)).status());
    String wide = "x".repeat(50_000);
    assertEquals(0, assertThrows(HandshakeRefusedException.class, () -> answer(wide)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP", "HTTP/1.1 101 Switching Protocols\nUpgrade: webs"})
  void anAnswerThatEndsTooSoonIsNone(String text) {
    assertThrows(EOFException.class, () -> answer(text));
  }

  @Test
  void readsNotAByteMore() throws Exception {
    byte[] bytes = (GOOD.replace("\n", "\r\n") + "rest").getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    new Handshake(NONCE).readAnswer(in);
    assertArrayEquals("rest".getBytes(StandardCharsets.ISO_8859_1), in.readAllBytes());
  }

  /** A good answer with a few bytes changed is refused, ends too soon, or still means the same. */
  @Test
  void spoiltAnswersAreRefusedInOrder() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int change = random.nextInt(4); change > 0; change--) {
              text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            }
            try {
              answer(text.toString());
              assertTrue(text.indexOf(ACCEPT) > 0, text::toString);
            } catch (HandshakeRefusedException | EOFException e) {
              // One of the ways it says.
            }
          }
        });
  }

  @Test
  void theDigestIsTheJdks() throws Exception {
    SeededTest.run(
        random -> {
          MessageDigest jdks = MessageDigest.getInstance("SHA-1");
          for (int length = 0; length < 300; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            assertArrayEquals(jdks.digest(message), Sha1.digest(message), "of " + length);
          }
        });
  }
}
