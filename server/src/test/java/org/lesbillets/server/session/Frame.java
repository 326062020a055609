package org.lesbillets.server.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket frame as it arrived: read here by hand, so that the writer is not its own judge. */
public record Frame(int opcode, byte[] payload) {
  public static final int TEXT = 1;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  /** The whole frames at the beginning of {@code bytes}, which is left behind them. */
  public static List<Frame> read(ByteBuffer bytes) {
    List<Frame> frames = new ArrayList<>();
    for (Frame frame = first(bytes); frame != null; frame = first(bytes)) {
      frames.add(frame);
    }
    return frames;
  }

  /** The frame at the beginning of {@code bytes}, or null if it is not whole. */
  public static Frame first(ByteBuffer bytes) {
    int start = bytes.position();
    if (bytes.remaining() >= 2) {
      int first = bytes.get() & 0xff;
      int second = bytes.get() & 0xff;
      if ((first & 0xf0) != 0x80 || (second & 0x80) != 0) {
        throw new AssertionError("no frame of a server begins with " + first + ", " + second);
      }
      int more = second == 126 ? 2 : second == 127 ? 8 : 0;
      if (bytes.remaining() >= more) {
        long length = more == 0 ? second : more == 2 ? bytes.getShort() & 0xffff : bytes.getLong();
        if (bytes.remaining() >= length) {
          byte[] payload = new byte[(int) length];
          bytes.get(payload);
          return new Frame(first & 0x0f, payload);
        }
      }
    }
    bytes.position(start);
    return null;
  }

  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The code of a close frame. */
  public int closeCode() {
    return ByteBuffer.wrap(payload).getShort();
  }
}
