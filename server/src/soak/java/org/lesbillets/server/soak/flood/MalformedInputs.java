package org.lesbillets.server.soak.flood;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Seeded generator of what no client sends: requests that are no handshake, and frames and messages
 * that are none. One thread.
 */
public final class MalformedInputs {
  private static final int FINAL_TEXT = 0x81;
  private static final List<String> MESSAGES =
      List.of(
          "{\"type\":\"LockTicket\",\"requestId\":\"r\",\"ticket\":1}",
          "{\"type\":\"GetTickets\",\"requestId\":\"r\",\"query\":\"status:open"
              + " tag:x\",\"limit\":1}",
          "{\"type\":\"UpdateTicket\",\"requestId\":\"r\",\"ticket\":1,"
              + "\"changes\":{\"title\":\"t\"}}",
          "{\"type\":\"ClaimTicket\",\"requestId\":\"r\",\"ttlMillis\":1000}");
  private static final List<String> WRONG =
      List.of(
          "{\"type\":\"Fly\",\"requestId\":\"r\"}",
          "{\"type\":\"Ping\",\"requestId\":\"" + "r".repeat(5_000) + "\"}",
          "{\"type\":\"GetTicket\",\"requestId\":\"r\",\"ticket\":1e999}",
          "{\"type\":\"GetTicket\",\"requestId\":\"r\",\"ticket\":-9223372036854775809}",
          "{\"type\":\"GetTicket\",\"requestId\":\"r\",\"ticket\":{\"a\":[]}}",
          "{\"type\":\"GetTickets\",\"requestId\":\"r\",\"query\":\"" + "a ".repeat(3_000) + "\"}",
          "{\"type\":\"Drain\",\"requestId\":\"r\"}",
          "[".repeat(10_000),
          "{\"a\":".repeat(5_000),
          "\u0000",
          "7",
          "");

  private final Random random;
  private final String handshake;

  /**
   * @param handshake one that is admitted
   */
  public MalformedInputs(Random random, String handshake) {
    this.random = random;
    this.handshake = handshake;
  }

  /** What a fresh connection sends. */
  public byte[] request() {
    String text =
        switch (random.nextInt(10)) {
          case 0 -> noise(200);
          case 1 -> mutated(handshake, 5);
          case 2 -> without(random.nextInt(6));
          case 3 -> handshake.replace("GET", "POST");
          case 4 -> handshake.replace("HTTP/1.1", "HTTP/1.0");
          case 5 -> handshake.replace("Host:", "X-Long: " + "a".repeat(9_000) + "\r\nHost:");
          case 6 -> handshake.replace("Host:", "X: y\r\n".repeat(200) + "Host:");
          case 7 -> handshake.replaceFirst("Host: [^\r]*", "Host: evil.example");
          case 8 -> handshake.substring(0, random.nextInt(handshake.length()));
          default -> handshake.replace("/tickets", path());
        };
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String path() {
    return List.of("/%zz", "/{", "//", "*", "/tickets%00", "/" + "x".repeat(4_000), "/../..", "/?")
        .get(random.nextInt(8));
  }

  private String without(int line) {
    StringBuilder kept = new StringBuilder();
    String[] lines = handshake.split("\r\n");
    for (int i = 0; i < lines.length; i++) {
      kept.append(i == line ? "" : lines[i] + "\r\n");
    }
    return kept + "\r\n";
  }

  private String noise(int most) {
    byte[] bytes = new byte[1 + random.nextInt(most)];
    random.nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String mutated(String text, int most) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(most); i >= 0; i--) {
      changed.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
    }
    return changed.toString();
  }

  /** What a session sends. */
  public byte[] frames() {
    String message = MESSAGES.get(random.nextInt(MESSAGES.size()));
    return switch (random.nextInt(10)) {
      case 0 -> noise(100).getBytes(StandardCharsets.ISO_8859_1);
      case 1 -> mutatedHead(frame(FINAL_TEXT, utf8(message)));
      case 2 -> frame(FINAL_TEXT, noise(50).getBytes(StandardCharsets.ISO_8859_1));
      case 3, 4, 5 -> frame(FINAL_TEXT, utf8(mutated(message, 4)));
      case 6 -> frame(FINAL_TEXT, utf8(WRONG.get(random.nextInt(WRONG.size()))));
      case 7 -> frame(0x01, utf8(message));
      case 8 -> frame(0x82, utf8(message));
      default ->
          random.nextInt(20) == 0
              ? frame(FINAL_TEXT, utf8(" ".repeat(300_000)))
              : frame(0x89, new byte[126 + random.nextInt(1_000)]);
    };
  }

  private byte[] mutatedHead(byte[] frame) {
    frame[random.nextInt(6)] ^= (byte) (1 << random.nextInt(8));
    return frame;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A frame whose mask is zero. */
  static byte[] frame(int first, byte[] payload) {
    ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
    if (payload.length < 126) {
      head.put((byte) (0x80 | payload.length));
    } else if (payload.length <= 0xffff) {
      head.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      head.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    head.putInt(0);
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.write(head.array(), 0, head.position());
    frame.writeBytes(payload);
    return frame.toByteArray();
  }
}
