package org.lesbillets.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One connection of a load: hears each payload, and sends what it is given. One thread. All
 * connections of a thread read into one buffer; what is left of a frame waits in one of its own.
 */
final class BenchConnection {
  /** As much as is read at once, so that it is still in a cache when it is looked at. */
  private static final int READ = 256 * 1024;

  /** More than the largest frame. */
  private static final int CAPACITY = 4 * 1024 * 1024;

  private static final ThreadLocal<ByteBuffer> SHARED =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(CAPACITY));

  private final SocketChannel channel;
  private final Wire wire;
  private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
  private byte[] rest = new byte[0];
  private int restLength;
  private SelectionKey key;

  /** To the endpoint of a server of this project. */
  BenchConnection(int port, String token) throws IOException {
    this(port, new WebSocketWire("/tickets", token));
  }

  BenchConnection(int port, Wire wire) throws IOException {
    this.wire = wire;
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    wire.open(channel);
    channel.configureBlocking(false);
  }

  void register(Selector selector) throws IOException {
    register(selector, this);
  }

  /**
   * @param attachment that of the key
   */
  void register(Selector selector, Object attachment) throws IOException {
    key = channel.register(selector, SelectionKey.OP_READ, attachment);
  }

  /** Sends a text message. */
  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] payload) throws IOException {
    reply(wire.encode(payload));
  }

  private void reply(ByteBuffer frame) throws IOException {
    outgoing.add(frame);
    if (outgoing.size() == 1) {
      flush();
    }
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
    if (key != null && key.interestOps() != (SelectionKey.OP_READ | interest)) {
      key.interestOps(SelectionKey.OP_READ | interest);
    }
  }

  /** Hears of each payload. */
  interface OnText {
    /**
     * @param payload from its position to its limit; only until this method returns
     */
    void text(BenchConnection from, ByteBuffer payload) throws IOException;
  }

  /** Reads what is there; whether the connection is still open. */
  boolean read(OnText onText) throws IOException {
    ByteBuffer in = SHARED.get();
    in.clear().put(rest, 0, restLength);
    in.limit(Math.min(CAPACITY, restLength + READ));
    if (channel.read(in) < 0) {
      return false;
    }
    in.flip();
    int end = in.limit();
    for (long span = wire.next(in, this::reply);
        span != Wire.PARTIAL;
        span = wire.next(in, this::reply)) {
      if (span != Wire.CONTROL) {
        int next = in.position();
        int start = (int) (span >> 32);
        onText.text(this, in.limit(start + (int) span).position(start));
        in.limit(end).position(next);
      }
    }
    restLength = in.remaining();
    if (restLength > rest.length) {
      rest = new byte[Math.max(restLength, 2 * rest.length)];
    }
    in.get(rest, 0, restLength);
    return true;
  }

  void close() throws IOException {
    channel.close();
  }
}
