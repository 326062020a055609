package org.lesbillets.cli.client.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.SeededTest;

/** What a server may send, and what it may not. */
class FrameReaderTest {
  private static final int LIMIT = 1_000;
  private static final int ROUNDS = 3_000;
  private static final List<String> TEXTS =
      List.of(
          "", "a", "héé", "🦊", "\uFFFD", "{\"type\":\"Pong\"}", "x".repeat(125), "é".repeat(64));

  private static RecordingFrames heard(String hex) {
    return RecordingFrames.of(HexFormat.of().parseHex(hex.replace(" ", "")), LIMIT);
  }

  @ParameterizedTest
  @CsvSource({
    "81 02 68 69,                               text hi",
    "81 00,                                     text ",
    "01 01 68 80 01 69,                         text hi",
    "01 01 68 00 00 80 01 69,                   text hi",
    "01 01 c3 80 01 a9,                         text é",
    "01 01 68 89 00 80 01 69,                   ping |text hi",
    "89 02 01 ff,                               ping 01ff",
    "8a 00 8a 01 00,                            pong|pong",
    "81 7e 00 7e 61616161616161616161616161616161616161616161616161616161616161616161616161616161"
        + "6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161"
        + "616161616161616161616161616161616161616161616161616161616161616161616161616161616161,"
        + " text 126 times a",
  })
  void takesWhatTheRulesAllow(String hex, String lines) {
    String expected = lines.replace("126 times a", "a".repeat(126));
    RecordingFrames heard = heard(hex + " 88 00");
    List<String> all = new ArrayList<>(List.of((expected + "|close 1005 ").split("\\|")));
    assertEquals(strip(all), strip(heard.lines()));
    assertEquals("closed", heard.end());
  }

  private static List<String> strip(List<String> lines) {
    return lines.stream().map(String::strip).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "88 00,             close 1005 ",
    "88 02 03 e8,       close 1000 ",
    "88 04 03 f4 68 69, close 1012 hi",
    "88 02 0b b8,       close 3000 ",
    "88 02 13 87,       close 4999 ",
  })
  void endsWithACloseFrame(String hex, String line) {
    RecordingFrames heard = heard(hex + " 81 01 61");
    assertEquals(List.of(line.strip()), strip(heard.lines()));
    assertEquals("closed", heard.end());
  }

  @ParameterizedTest
  @CsvSource({
    "c1 00,                            1002, a reserved bit is set",
    "91 00,                            1002, a reserved bit is set",
    "81 80 00 00 00 00,                1002, a server masks nothing",
    "83 00,                            1002, nothing has the opcode 3",
    "8b 00,                            1002, nothing has the opcode 11",
    "82 00,                            1003, it sends no text",
    "80 00,                            1002, 'a message begins in another, or goes on before'",
    "01 00 81 00,                      1002, 'a message begins in another, or goes on before'",
    "01 00 01 00,                      1002, 'a message begins in another, or goes on before'",
    "09 00,                            1002, a control frame is one short frame",
    "89 7e 00 7e,                      1002, a control frame is one short frame",
    "88 7e 00 7e,                      1002, a control frame is one short frame",
    "88 01 03,                         1002, no close has the code 0",
    "88 02 03 e7,                      1002, no close has the code 999",
    "88 02 03 ec,                      1002, no close has the code 1004",
    "88 02 03 ed,                      1002, no close has the code 1005",
    "88 02 03 ee,                      1002, no close has the code 1006",
    "88 02 13 88,                      1002, no close has the code 5000",
    "88 03 03 e8 ff,                   1007, a text is no UTF-8",
    "81 02 c3 28,                      1007, a text is no UTF-8",
    "81 03 ed a0 80,                   1007, a text is no UTF-8",
    "01 01 c3 80 01 28,                1007, a text is no UTF-8",
    "81 7e 00 7d,                      1002, a length is written as none is",
    "81 7f 00 00 00 00 00 00 ff ff,    1002, a length is written as none is",
    "81 7f ff ff ff ff ff ff ff ff,    1002, a length is written as none is",
    "81 7e 03 e9,                      1009, a message is longer than 1000 bytes",
    "81 7f 00 00 01 00 00 00 00 00,    1009, a message is longer than 1000 bytes",
    "01 01 61 80 7e 03 e8,             1009, a message is longer than 1000 bytes",
  })
  void endsAtWhatTheRulesForbid(String hex, int code, String says) {
    RecordingFrames heard = heard(hex);
    assertTrue(heard.end().startsWith(code + " " + says), heard.end());
    assertEquals(List.of(), heard.lines());
  }

  @Test
  void takesAMessageThatIsJustShortEnough() throws IOException {
    byte[] frame = ServerFrames.frame(0x81, "x".repeat(LIMIT).getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("text " + "x".repeat(LIMIT)), RecordingFrames.of(frame, LIMIT).lines());
  }

  @Test
  void aStreamThatEndsTooSoonGivesNoHalfMessage() {
    byte[] whole = HexFormat.of().parseHex("8102686901016880016989008104c3a9c3a9");
    List<String> all = RecordingFrames.of(whole, LIMIT).lines();
    for (int length = 0; length < whole.length; length++) {
      RecordingFrames heard = RecordingFrames.of(Arrays.copyOf(whole, length), LIMIT);
      assertEquals("EOFException", heard.end());
      assertEquals(all.subList(0, heard.lines().size()), heard.lines());
    }
  }

  /** However messages are laid over frames, and frames over packets. */
  @Test
  void hearsEveryMessageThatIsSent() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < ROUNDS; i++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            List<String> sent = new ArrayList<>();
            for (int message = random.nextInt(5); message > 0; message--) {
              write(TEXTS.get(random.nextInt(TEXTS.size())), random, bytes, sent);
            }
            bytes.write(ServerFrames.frame(0x88, new byte[0]));
            sent.add("close 1005 ");
            RecordingFrames heard =
                RecordingFrames.of(trickling(bytes.toByteArray(), random), LIMIT);
            assertEquals(new RecordingFrames(sent, "closed"), heard);
          }
        });
  }

  private static void write(
      String text, Random random, ByteArrayOutputStream bytes, List<String> sent)
      throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    boolean last = false;
    while (!last) {
      byte[] part = new byte[random.nextInt(rest.remaining() + 1)];
      rest.get(part);
      last = !rest.hasRemaining() && random.nextBoolean();
      bytes.write(ServerFrames.frame((last ? 0x80 : 0) | (first ? 1 : 0), part));
      first = false;
      if (!last && random.nextInt(3) == 0) {
        byte[] ping = new byte[random.nextInt(126)];
        bytes.write(ServerFrames.frame(0x89, ping));
        sent.add("ping " + HexFormat.of().formatHex(ping));
      }
    }
    sent.add("text " + text);
  }

  /** A stream that gives as little at a time as it likes. */
  private static InputStream trickling(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int count) {
        return super.read(into, from, Math.min(count, 1 + random.nextInt(3)));
      }
    };
  }

  /** Whatever comes, it ends in one of the ways it says, and no message is beyond the limit. */
  @Test
  void nonsenseIsRefusedInOrder() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 20 * ROUNDS; i++) {
            RecordingFrames heard = RecordingFrames.of(nonsense(random), LIMIT);
            assertTrue(heard.end().matches("closed|EOFException|100[2379] .*"), heard.end());
            for (String line : heard.lines()) {
              assertTrue(line.length() <= "text ".length() + LIMIT, line);
            }
          }
        });
  }

  /** Bytes that look like frames more often than chance would have it. */
  private static byte[] nonsense(Random random) {
    byte[] bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    int[] likely = {0x81, 0x01, 0x80, 0x00, 0x88, 0x89, 0x02, 0x7e, 0x7f, 0x03, 0xe8, 0x05};
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(4) > 0) {
        bytes[i] = (byte) likely[random.nextInt(likely.length)];
      }
    }
    return bytes;
  }
}
