package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser, curl or a scanner sees at the port. */
class FrontPageTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.inMemory();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String answer(String requestLine) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      String request = requestLine + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertOurs(String answer) {
    String lower = answer.toLowerCase(Locale.ROOT);
    assertTrue(lower.contains("content-type: text/plain"), answer);
    assertFalse(lower.contains("<html") || lower.contains("grizzly"), answer);
    assertFalse(answer.contains("4.0.2"), "the library's version");
  }

  @Test
  void theFrontPageSaysWhatThisIs() throws IOException {
    String answer = answer("GET /");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertOurs(answer);
    assertTrue(answer.contains("Les Billets"), answer);
    assertFalse(answer.contains(ServerVersion.version()), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /nothing, 404",
    "GET /index.html, 404",
    "GET /<script>alert(1)</script>, 404",
    "GET /healthz/more, 404",
    "POST /nothing, 404",
    "POST /, 405",
    "DELETE /, 405",
    "GET /tickets, 426",
    "POST /tickets, 405",
  })
  void otherPathsAreAnsweredInPlainText(String request, int status) throws IOException {
    String answer = answer(request);
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertOurs(answer);
    assertFalse(answer.contains("script"), "what was asked for is not repeated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /%2e%2e/etc/passwd", "GET /%zz", "GET /\u0001", "BREW /", "GET"})
  void noErrorOfTheLibraryShowsItsPage(String request) throws IOException {
    String answer = answer(request);
    assertFalse(answer.contains("<html") || answer.contains("Grizzly"), answer);
  }

  @Test
  void headHasNoBody() throws IOException {
    String answer = answer("HEAD /");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertEquals(answer.length(), answer.indexOf("\r\n\r\n") + 4, answer);
  }
}
