package org.lesbillets.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** One connection of a load: counts frames, and sends what it is given. One thread. */
final class BenchConnection {
  private static final int MASK_BIT = 0x80;
  private static final int TEXT = 0x1;
  private static final int PING = 0x9;

  private final SocketChannel channel;
  private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
  private final ByteBuffer in = ByteBuffer.allocate(256 * 1024);
  private SelectionKey key;

  BenchConnection(int port, String token) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    String request =
        "GET /tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      one.clear();
      if (channel.read(one) < 0) {
        throw new IOException("refused: " + head);
      }
      head.append((char) one.get(0));
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("refused: " + head);
    }
    channel.configureBlocking(false);
  }

  void register(Selector selector) throws IOException {
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Sends a text message. */
  void send(String text) throws IOException {
    outgoing.add(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
    flush();
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

  void flush() throws IOException {
    while (!outgoing.isEmpty()) {
      channel.write(outgoing.peek());
      if (outgoing.peek().hasRemaining()) {
        break;
      }
      outgoing.poll();
    }
    int interest = outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE;
    if (key != null) {
      key.interestOps(SelectionKey.OP_READ | interest);
    }
  }

  /** Hears of each text frame. */
  interface OnText {
    void text(BenchConnection from, ByteBuffer payload) throws IOException;
  }

  /** Reads what is there; whether the connection is still open. */
  boolean read(OnText onText) throws IOException {
    int count = channel.read(in);
    if (count < 0) {
      return false;
    }
    in.flip();
    while (oneFrame(onText)) {
      continue;
    }
    in.compact();
    return true;
  }

  private boolean oneFrame(OnText onText) throws IOException {
    if (in.remaining() < 2) {
      return false;
    }
    int start = in.position();
    int opcode = in.get(start) & 0x0F;
    int length = in.get(start + 1) & 0x7F;
    int header = length < 126 ? 2 : length == 126 ? 4 : 10;
    if (in.remaining() < header) {
      return false;
    }
    int size =
        length < 126
            ? length
            : length == 126
                ? Short.toUnsignedInt(in.getShort(start + 2))
                : (int) in.getLong(start + 2);
    if (in.remaining() < header + size) {
      return false;
    }
    in.position(start + header + size);
    if (opcode == TEXT) {
      onText.text(this, in.duplicate().position(start + header).limit(start + header + size));
    } else if (opcode == PING) {
      outgoing.add(frame(0xA, new byte[0]));
      flush();
    }
    return true;
  }

  void close() throws IOException {
    channel.close();
  }
}
