package org.lesbillets.server.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Encoder of a server's WebSocket frames (RFC 6455, section 5.2): unfragmented, unmasked, without
 * extensions. Stateless.
 */
final class WebSocketFrames {
  private static final int FIN = 0x80;
  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MAX_CONTROL_PAYLOAD = 125;

  private WebSocketFrames() {}

  /** The length of a text frame with a payload of {@code payload} bytes. */
  static int textLength(int payload) {
    return headerLength(payload) + payload;
  }

  private static int headerLength(int payload) {
    if (payload < LENGTH_16) {
      return 2;
    }
    return payload <= 0xFFFF ? 4 : 10;
  }

  /** Writes a text frame around {@code utf8} into {@code into}, which has room for it. */
  static void putText(ByteBuffer into, byte[] utf8) {
    putHeader(into, TEXT, utf8.length);
    into.put(utf8);
  }

  /** A text frame around {@code utf8}. */
  static byte[] text(byte[] utf8) {
    ByteBuffer frame = ByteBuffer.allocate(textLength(utf8.length));
    putText(frame, utf8);
    return frame.array();
  }

  /** Adds a text frame around {@code utf8} to {@code into}. */
  static void addText(ByteArrayOutputStream into, byte[] utf8) {
    into.writeBytes(text(utf8));
  }

  /** An empty ping. */
  static byte[] ping() {
    return new byte[] {(byte) (FIN | PING), 0};
  }

  /**
   * A close frame.
   *
   * @param reason cut to the 123 bytes there is room for, between two characters
   */
  static byte[] close(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(words.length, MAX_CONTROL_PAYLOAD - 2);
    while (length < words.length && (words[length] & 0xC0) == 0x80) {
      length--;
    }
    ByteBuffer frame = ByteBuffer.allocate(2 + 2 + length);
    putHeader(frame, CLOSE, 2 + length);
    frame.putShort((short) code).put(words, 0, length);
    return frame.array();
  }

  private static void putHeader(ByteBuffer into, int opcode, int length) {
    into.put((byte) (FIN | opcode));
    if (length < LENGTH_16) {
      into.put((byte) length);
    } else if (length <= 0xFFFF) {
      into.put((byte) LENGTH_16).putShort((short) length);
    } else {
      into.put((byte) LENGTH_64).putLong(length);
    }
  }
}
