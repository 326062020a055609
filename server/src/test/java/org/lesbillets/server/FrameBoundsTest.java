package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.server.session.Frame;
import org.lesbillets.server.websocket.EdgeLimits;

/** Frames that RFC 6455 forbids, and messages that are never finished. */
class FrameBoundsTest {
  private static final byte[] PING =
      "{\"type\":\"Ping\",\"requestId\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
  private static final int KIB = 1024;

  private TestServer server;

  /** With a timeout that does not come before a bound, however busy the machine is. */
  @BeforeEach
  void start() throws IOException {
    start(Duration.ofMinutes(5));
  }

  /** With a timeout that comes soon. */
  private void hastily() throws IOException {
    server.close();
    start(Duration.ofMillis(500));
  }

  private void start(Duration unfinishedFor) throws IOException {
    server =
        TestServer.with(
            new EdgeLimits(
                64, 512, Duration.ofSeconds(5), 10, 50, 1_000 * KIB, 1_500 * KIB, unfinishedFor));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient upgraded() throws IOException {
    RawClient client = RawClient.upgraded(server.port(), 0);
    assertTrue(client.next().text().startsWith("{\"type\":\"Welcome\""));
    return client;
  }

  private static void assertAlive(RawClient client) throws IOException {
    assertTrue(client.send(RawClient.FIN_TEXT, PING).next().text().contains("\"ok\""));
  }

  /** Bytes in hexadecimal, where MM is a mask of zeros. */
  @ParameterizedTest
  @CsvSource({
    "81 02 7b7d, unmasked text",
    "81 00, unmasked and empty",
    "89 00, an unmasked ping",
    "88 00, an unmasked close",
    "c1 80 MM, RSV1",
    "a1 80 MM, RSV2",
    "91 80 MM, RSV3",
    "f1 80 MM, all reserved bits",
    "83 80 MM, a reserved opcode for data",
    "87 80 MM, another",
    "8b 80 MM, a reserved opcode for control",
    "8f 80 MM, another",
    "09 80 MM, a fragmented ping",
    "0a 80 MM, a fragmented pong",
    "08 80 MM, a fragmented close",
    "89 fe 007e MM, a ping of 126 bytes",
    "88 fe 007e MM, a close of 126 bytes",
    "8a ff 0000000000010000 MM, a pong of 64 KiB",
    "88 81 MM 03, half a close code",
    "80 80 MM, a continuation of nothing",
    "00 80 MM, another",
    "01 80 MM 81 80 MM, a message inside a message",
    "01 80 MM 02 80 MM, the beginning of one inside another",
    "01 80 MM 80 80 MM 80 80 MM, a continuation after the end",
    "81 fe 0002 MM 7b7d, a length of two bytes too long for it",
    "81 ff 0000000000000002 MM 7b7d, a length of eight bytes too long for it",
  })
  void framesAgainstTheProtocolClose1002(String bytes, String what) throws IOException {
    byte[] frame = HexFormat.of().parseHex(bytes.replace("MM", "00000000").replace(" ", ""));
    try (RawClient client = upgraded()) {
      assertEquals(1002, client.raw(frame, frame.length).closeCode(), what);
    }
    try (RawClient client = upgraded()) {
      assertEquals(1002, client.raw(frame, 1).closeCode(), what + ", byte by byte");
    }
  }

  @ParameterizedTest
  @CsvSource({"ff 8000000000000000", "ff 7fffffffffffffff", "ff 0000010000000000", "ff 00080001"})
  void announcedLengthsClose1009OrHoldNothing(String length) throws IOException {
    hastily();
    byte[] head = HexFormat.of().parseHex("81" + length.replace(" ", ""));
    try (RawClient client = upgraded()) {
      client.raw(head, head.length);
      assertEquals(length.length() > 12 ? 1009 : 1008, client.closeCode());
    }
  }

  @Test
  void legalFramesPass() throws IOException {
    try (RawClient client = upgraded()) {
      client.send(RawClient.TEXT_BEGINS, new byte[0]);
      client.send(RawClient.FIN_PING, new byte[125]);
      assertEquals(Frame.PONG, client.next().opcode());
      client.send(0, PING);
      client.send(0, new byte[0]);
      client.send(RawClient.FIN_CONTINUES, "    ".repeat(20_000).getBytes(StandardCharsets.UTF_8));
      assertTrue(client.next().text().contains("\"ok\""));
      client.send(0x8a, new byte[3]);
      assertAlive(client);
      client.send(0x88, new byte[] {3, (byte) 0xe8});
      assertEquals(1000, client.closeCode());
    }
  }

  /** Sends a first fragment, and waits until the server has read it. */
  private static void beginMessage(RawClient client, int bytes) throws IOException {
    client.send(RawClient.TEXT_BEGINS, new byte[bytes]);
    client.send(RawClient.FIN_PING, new byte[0]);
    assertEquals(Frame.PONG, client.next().opcode());
  }

  @Test
  void unfinishedMessagesOfATokenAreBoundedAndFinishedOnesAreNot() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        clients.add(upgraded());
        beginMessage(clients.get(i), 300 * KIB);
      }
      try (RawClient last = upgraded()) {
        last.announce(RawClient.FIN_TEXT, 200 * KIB).say("x".repeat(150 * KIB));
        assertEquals(1009, last.closeCode());
      }
      try (RawClient other = RawClient.upgraded(server.port(), "bob")) {
        other.next();
        for (int i = 0; i < 20; i++) {
          String large = "{\"type\":\"Ping\",\"requestId\":\"ok\",\"x\":\"%s\"}";
          other.sendText(large.formatted("y".repeat(200 * KIB)));
          assertTrue(other.next().text().contains("\"ok\""));
        }
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    try (RawClient next = upgraded()) {
      assertAlive(next);
    }
  }

  @Test
  void unfinishedMessagesOfAllAreBounded() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        RawClient client = RawClient.upgraded(server.port(), "agent" + i);
        clients.add(client);
        client.next();
        beginMessage(client, 350 * KIB);
      }
      try (RawClient last = RawClient.upgraded(server.port(), "last")) {
        last.next();
        last.send(RawClient.TEXT_BEGINS, new byte[350 * KIB]);
        assertEquals(1009, last.closeCode());
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"81", "81 fe", "81 fe 0100 00000000 7b", "01 81 00000000 7b", "01 80 00000000"})
  void whatIsNotFinishedInTimeIsCut(String bytes) throws IOException {
    hastily();
    byte[] beginning = HexFormat.of().parseHex(bytes.replace(" ", ""));
    try (RawClient client = upgraded()) {
      client.raw(beginning, beginning.length);
      assertEquals(1008, client.closeCode());
    }
  }
}
