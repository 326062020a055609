package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** How one protocol frames payloads on a stream. Stateless, or for one connection. */
interface Wire {

  /** Does what comes before the first payload, on a channel that still blocks. */
  void open(SocketChannel channel) throws IOException;

  /** A payload as the generator sends it. */
  ByteBuffer encode(byte[] payload);

  /**
   * The next payload of {@code in}, whose position is moved behind its frame.
   *
   * @param in at the beginning of a frame
   * @param reply what the protocol wants answered, such as a ping
   * @return limits of the payload as position and length; {@link #PARTIAL} if the frame is not
   *     whole, {@link #CONTROL} if it has no payload
   */
  long next(ByteBuffer in, Reply reply) throws IOException;

  /** A frame has not arrived as a whole. */
  long PARTIAL = -1;

  /** A frame that is none of the application's. */
  long CONTROL = -2;

  /** Sends a finished frame. */
  interface Reply {
    void send(ByteBuffer frame) throws IOException;
  }

  static long span(int position, int length) {
    return (long) position << 32 | length;
  }

  static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** Reads byte by byte until {@code end}, and returns all of it. */
  static String readTo(SocketChannel channel, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (text.indexOf(end) < 0) {
      one.clear();
      if (channel.read(one) < 0) {
        throw new IOException("refused: " + text);
      }
      text.append((char) one.get(0));
    }
    return text.toString();
  }
}
