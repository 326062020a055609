package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Core NATS: publishes to one subject, receives what is published to another.
 *
 * @param publishes null of a connection that publishes nothing
 */
record NatsWire(String publishes, String subscribes) implements Wire {
  private static final byte NEWLINE = '\n';

  @Override
  public void open(SocketChannel channel) throws IOException {
    Wire.readTo(channel, "\r\n");
    channel.write(
        Wire.ascii(
            "CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":true}\r\nSUB "
                + subscribes
                + " 1\r\nPING\r\n"));
    String answer = Wire.readTo(channel, "\r\n");
    if (!answer.equals("PONG\r\n")) {
      throw new IOException("refused: " + answer);
    }
  }

  @Override
  public ByteBuffer encode(byte[] payload) {
    byte[] head =
        ("PUB " + publishes + " " + payload.length + "\r\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer frame = ByteBuffer.allocate(head.length + payload.length + 2);
    return frame.put(head).put(payload).put((byte) '\r').put(NEWLINE).flip();
  }

  @Override
  public long next(ByteBuffer in, Reply reply) throws IOException {
    int start = in.position();
    int end = start;
    while (end < in.limit() && in.get(end) != NEWLINE) {
      end++;
    }
    if (end >= in.limit()) {
      return PARTIAL;
    }
    if (in.get(start) != 'M') {
      in.position(end + 1);
      if (in.get(start) == 'P' && in.get(start + 1) == 'I') {
        reply.send(Wire.ascii("PONG\r\n"));
      } else if (in.get(start) == '-') {
        throw new IOException("nats-server refused something");
      }
      return CONTROL;
    }
    int size = 0;
    int scale = 1;
    for (int at = end - 2; in.get(at) != ' '; at--, scale *= 10) {
      size += scale * (in.get(at) - '0');
    }
    if (in.limit() - end - 1 < size + 2) {
      return PARTIAL;
    }
    in.position(end + 1 + size + 2);
    return Wire.span(end + 1, size);
  }
}
