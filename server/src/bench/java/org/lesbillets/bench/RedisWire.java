package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Redis: each payload is a command whose words are separated by line feeds, and each bulk or
 * integer of an answer is one.
 */
record RedisWire() implements Wire {

  @Override
  public void open(SocketChannel channel) {
    // It has no greeting.
  }

  @Override
  public ByteBuffer encode(byte[] payload) {
    String[] words = new String(payload, StandardCharsets.UTF_8).split("\n");
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      command.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    return ByteBuffer.wrap(command.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long next(ByteBuffer in, Reply reply) throws IOException {
    int start = in.position();
    int end = start;
    while (end < in.limit() && in.get(end) != '\n') {
      end++;
    }
    if (end >= in.limit()) {
      return PARTIAL;
    }
    int body = end + 1;
    switch (in.get(start)) {
      case ':':
        in.position(body);
        return Wire.span(start + 1, end - 1 - (start + 1));
      case '$':
        int size = integer(in, start + 1, end - 1);
        if (in.limit() - body < size + 2) {
          return PARTIAL;
        }
        in.position(body + size + 2);
        return Wire.span(body, size);
      case '-':
        throw new IOException("redis-server refused something");
      default:
        in.position(body);
        return CONTROL;
    }
  }

  /** The digits of {@code in} between two positions. */
  static int integer(ByteBuffer in, int start, int end) {
    int value = 0;
    for (int at = start; at < end; at++) {
      value = 10 * value + in.get(at) - '0';
    }
    return value;
  }
}
