package org.lesbillets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of {@code scripts/bench}, and what it reads from the wire. */
class BenchFrameTest {

  @ParameterizedTest
  @CsvSource({
    "0 1 2 3, 0 holes, 0 doubles, true",
    "0 2 3, 1 holes, 0 doubles, false",
    "3, 3 holes, 0 doubles, false",
    "0 1 1 2, 0 holes, 1 doubles, false",
    "0 2 1 3, 1 holes, 1 doubles, false",
  })
  void aReceiverIsMissedHolesAndDoubles(
      String numbers, String holes, String doubles, boolean sound) {
    DeliveryCheck check = new DeliveryCheck();
    int[] next = new int[2];
    for (String number : numbers.split(" ")) {
      check.take(next, 1, Integer.parseInt(number));
    }
    assertEquals(holes + ", " + doubles + " or out of order", check.toString());
    assertEquals(sound, check.sound());
    assertEquals(0, next[0], "lanes are apart");
  }

  @Test
  void whatNeverArrivesIsAHole() {
    DeliveryCheck check = new DeliveryCheck();
    check.take(new int[1], 0, 0);
    assertEquals(1, check.settled());
    check.missing(1);
    assertEquals(2, check.settled());
    assertFalse(check.sound());
  }

  @Test
  void anEventIsRecognizedWhereverItsMarkStands() {
    byte[] template = ascii("{\"a\":\"#1\",\"text\":\"" + EventText.text(0, 0, 40) + "\"}");
    byte[] event = EventText.patched(template, 63, 123_456_789);
    assertEquals(template.length, event.length);
    ByteBuffer payload = ByteBuffer.wrap(event);
    int at = EventText.find(payload, -1);
    for (int hint : new int[] {-1, 0, at, at + 1, 1_000}) {
      assertEquals(at, EventText.find(payload, hint));
    }
    assertEquals(63, EventText.lane(payload, at));
    assertEquals(123_456_789, EventText.number(payload, at));
    assertEquals(-1, EventText.find(ByteBuffer.wrap(ascii("{\"type\":\"Pong\"}")), -1));
  }

  @Test
  void webSocketFramesAreReadWhole() throws IOException {
    ByteBuffer stream = ByteBuffer.allocate(2_000);
    stream.put((byte) 0x89).put((byte) 0);
    stream.put((byte) 0x81).put((byte) 5).put(ascii("short"));
    stream.put((byte) 0x81).put((byte) 126).putShort((short) 700).put(ascii("x".repeat(700)));
    readsWhole(new WebSocketWire("/", ""), stream.flip(), List.of("short", "x".repeat(700)), 1);
  }

  @Test
  void natsMessagesAreReadWhole() throws IOException {
    String text = "PING\r\nMSG e.1 1 5\r\nshort\r\nMSG e.1 1 12\r\nwith\r\nbreaks\r\n+OK\r\n";
    readsWhole(
        new NatsWire("a", "b"),
        ByteBuffer.wrap(ascii(text)),
        List.of("short", "with\r\nbreaks"),
        1);
    assertEquals(
        "PUB a 2\r\nhi\r\n",
        StandardCharsets.US_ASCII.decode(new NatsWire("a", "b").encode(ascii("hi"))).toString());
  }

  @Test
  void answersOfRedisAreReadWhole() throws IOException {
    String text = "+OK\r\n:12\r\n*2\r\n$5\r\nfirst\r\n$4\r\na\r\nb\r\n";
    readsWhole(new RedisWire(), ByteBuffer.wrap(ascii(text)), List.of("12", "first", "a\r\nb"), 0);
    assertEquals(
        "*3\r\n$5\r\nRPUSH\r\n$1\r\nk\r\n$2\r\n\u00e9\r\n",
        StandardCharsets.UTF_8
            .decode(new RedisWire().encode("RPUSH\nk\n\u00e9".getBytes(StandardCharsets.UTF_8)))
            .toString());
  }

  @Test
  void onlyNamedPeersAreWanted() {
    String[] arguments = {"launcher", "--beside", "gcc,node"};
    BenchOptions options = BenchOptions.of(arguments, BenchOptions.defaults(1, 1, "1"));
    assertTrue(options.wants("node"));
    assertFalse(options.wants("redis-server"));
  }

  /** Cut at each place. */
  private static void readsWhole(Wire wire, ByteBuffer stream, List<String> texts, int replies)
      throws IOException {
    for (int cut = 0; cut <= stream.limit(); cut++) {
      int[] replied = new int[1];
      List<String> read = new java.util.ArrayList<>();
      ByteBuffer in = stream.duplicate().position(0).limit(cut);
      take(wire, in, read, replied);
      in.limit(stream.limit());
      take(wire, in, read, replied);
      assertEquals(texts, read, "cut at " + cut);
      assertEquals(replies, replied[0], "cut at " + cut);
      assertFalse(in.hasRemaining());
    }
  }

  private static void take(Wire wire, ByteBuffer in, List<String> texts, int[] replied)
      throws IOException {
    long span = wire.next(in, frame -> replied[0]++);
    while (span != Wire.PARTIAL) {
      if (span != Wire.CONTROL) {
        byte[] payload = new byte[(int) span];
        in.get((int) (span >> 32), payload);
        texts.add(new String(payload, StandardCharsets.US_ASCII));
      }
      span = wire.next(in, frame -> replied[0]++);
    }
  }

  @Test
  void ratiosAreThoseOfRoundsAndNotOfMedians() {
    PerRound ours = new PerRound();
    PerRound peer = new PerRound();
    double[] speed = {1, 10, 2};
    for (double factor : speed) {
      ours.add(20 * factor);
      peer.add(factor);
    }
    peer.add(1_000);
    assertEquals(20, ours.ratioTo(peer));
    assertEquals(40, ours.median());
    assertEquals(20, ours.least());
    assertEquals(200, ours.most());
    assertTrue(Double.isNaN(new PerRound().median()));
  }

  @Test
  void optionsStandAmongSizes() {
    String[] arguments = {"launcher", "500", "--seconds", "2", "--json", "f", "7", "--rounds", "4"};
    BenchOptions options = BenchOptions.of(arguments, BenchOptions.defaults(9, 9, "1"));
    assertEquals(List.of(500, 7), options.numbers());
    assertEquals(2, options.seconds());
    assertEquals(4, options.rounds());
    assertTrue(options.wants("gcc"));
    BenchOptions few =
        BenchOptions.of(new String[] {"launcher"}, BenchOptions.defaults(9, 8, "1", "16"));
    assertEquals(List.of(1, 16), few.numbers());
    assertEquals(9, few.seconds());
  }

  @ParameterizedTest
  @CsvSource({"--seconds", "--seconds:x", "--second:1", "--rounds:-1"})
  void wrongOptionsAreRefused(String given) {
    String[] arguments = ("launcher:" + given).split(":");
    assertThrows(
        IllegalArgumentException.class,
        () -> BenchOptions.of(arguments, BenchOptions.defaults(1, 1, "1")));
  }

  @Test
  void aSnapshotIsCountedTicketByTicket() throws IOException {
    SnapshotReader reader = new SnapshotReader(3, false);
    reader.take(null, part("\"more\":true", 2, 0));
    reader.take(
        null,
        ByteBuffer.wrap(ascii("{\"type\":\"TicketCommented\",\"text\":\"#000:000000007#\"}")));
    assertFalse(reader.done());
    reader.take(null, part("\"more\":false", 1));
    assertTrue(reader.done());
    assertTrue(reader.sound(), reader::toString);

    SnapshotReader wrong = new SnapshotReader(3, false);
    wrong.take(null, part("\"more\":false", 0, 1, 1));
    assertTrue(wrong.done());
    assertEquals("2 of 3 tickets, 1 doubles", wrong.toString());
    assertFalse(wrong.sound());
  }

  private static ByteBuffer part(String more, int... numbers) {
    StringBuilder part = new StringBuilder("{\"type\":\"AllTickets\",\"tickets\":[");
    for (int number : numbers) {
      part.append("{\"title\":\"").append(EventText.text(0, number, 40)).append("\"},");
    }
    return ByteBuffer.wrap(ascii(part.append("],").append(more).append('}').toString()));
  }

  @Test
  void theHeapIsTheTotalOfAHistogram() {
    String histogram =
        """
        26442:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         64533       10187296  [B (java.base@17.0.15)
        Total        305020       19500112
        """;
    assertEquals(19_500_112, FilledServer.totalBytes(histogram));
    assertThrows(IllegalArgumentException.class, () -> FilledServer.totalBytes("1: gone"));
  }

  @Test
  void processorTimeIsThatOfAProcess() throws IOException {
    ProcessorTime own = ProcessorTime.own();
    assertTrue(own.seconds() > 0);
    assertTrue(own.residentBytes() > 1_000_000);
    assertTrue(own.byThread().values().stream().mapToDouble(d -> d).sum() > 0);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
