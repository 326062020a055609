package org.lesbillets.cli.startup.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RehearsalServerTest {
  @Test
  void anAbandonedConnectionKeepsNoOtherWaiting() throws IOException {
    URI address = URI.create(RehearsalServer.open().address());
    try (Socket abandoned = new Socket(address.getHost(), address.getPort());
        Socket next = new Socket(address.getHost(), address.getPort())) {
      next.getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nSec-WebSocket-Key: k\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(next.getInputStream(), StandardCharsets.US_ASCII));
      assertTrue(abandoned.isConnected());
      assertEquals("HTTP/1.1 101 Switching Protocols", answer.readLine());
    }
  }
}
