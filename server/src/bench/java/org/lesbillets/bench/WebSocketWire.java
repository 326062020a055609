package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Text frames of a WebSocket client, never fragmented. */
record WebSocketWire(String path, String token) implements Wire {
  private static final int MASK_BIT = 0x80;
  private static final int TEXT = 0x1;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  @Override
  public void open(SocketChannel channel) throws IOException {
    channel.write(
        Wire.ascii(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
                + token
                + "\r\n\r\n"));
    String head = Wire.readTo(channel, "\r\n\r\n");
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException("refused: " + head);
    }
  }

  @Override
  public ByteBuffer encode(byte[] payload) {
    return frame(TEXT, payload);
  }

  private static ByteBuffer frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (MASK_BIT | payload.length));
    } else {
      frame.put((byte) (MASK_BIT | 126)).putShort((short) payload.length);
    }
    // A mask of zeros is a mask; a load generator need not hide anything.
    frame.putInt(0).put(payload);
    return frame.flip();
  }

  @Override
  public long next(ByteBuffer in, Reply reply) throws IOException {
    if (in.remaining() < 2) {
      return PARTIAL;
    }
    int start = in.position();
    int opcode = in.get(start) & 0x0F;
    int length = in.get(start + 1) & 0x7F;
    int header = length < 126 ? 2 : length == 126 ? 4 : 10;
    if (in.remaining() < header) {
      return PARTIAL;
    }
    int size =
        length < 126
            ? length
            : length == 126
                ? Short.toUnsignedInt(in.getShort(start + 2))
                : (int) in.getLong(start + 2);
    if (in.remaining() < header + size) {
      return PARTIAL;
    }
    in.position(start + header + size);
    if (opcode == TEXT) {
      return Wire.span(start + header, size);
    }
    if (opcode == PING) {
      reply.send(frame(PONG, new byte[0]));
    }
    return CONTROL;
  }
}
