package org.lesbillets.cli.client.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An encoder of WebSocket frames, masked as RFC 6455 demands of clients. Stateless; any thread. */
public final class Frames {
  /** The bytes of strong randomness that each frame needs. */
  public static final int MASK_BYTES = 4;

  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8a;

  private static final int MASKED = 0x80;
  private static final int LONGEST_HEAD = 10;
  private static final int LONGEST_REASON = 123;

  private Frames() {}

  public static byte[] text(String text, byte[] mask) {
    return frame(TEXT, text.getBytes(StandardCharsets.UTF_8), mask);
  }

  static byte[] ping(byte[] mask) {
    return frame(PING, new byte[0], mask);
  }

  static byte[] pong(byte[] payload, byte[] mask) {
    return frame(PONG, payload, mask);
  }

  /**
   * @param code one that a frame may contain
   * @param reason left out where it is longer than a frame takes
   */
  static byte[] close(int code, String reason, byte[] mask) {
    if (!CloseCode.isSendable(code)) {
      throw new IllegalArgumentException("no close frame bears the code " + code);
    }
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(2 + LONGEST_REASON).putShort((short) code);
    if (words.length <= LONGEST_REASON) {
      payload.put(words);
    }
    byte[] bytes = new byte[payload.position()];
    payload.flip().get(bytes);
    return frame(CLOSE, bytes, mask);
  }

  private static byte[] frame(int first, byte[] payload, byte[] mask) {
    ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD).put((byte) first);
    if (payload.length < 126) {
      head.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xffff) {
      head.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      head.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    int start = head.position() + MASK_BYTES;
    byte[] frame = new byte[start + payload.length];
    head.flip().get(frame, 0, head.limit());
    System.arraycopy(mask, 0, frame, head.limit(), MASK_BYTES);
    for (int i = 0; i < payload.length; i++) {
      frame[start + i] = (byte) (payload[i] ^ mask[i % MASK_BYTES]);
    }
    return frame;
  }
}
