package org.lesbillets.server.soak.flood;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Many watching sessions that send nothing but pongs. One thread, which must call {@link #serve}
 * more often than every 10 s; some hundred bytes each.
 */
public final class IdleSwarm implements AutoCloseable {
  private static final int OPENING = 32;
  private static final byte[] WATCH =
      MalformedInputs.frame(
          0x81,
          "{\"type\":\"GetTickets\",\"requestId\":\"w\",\"watch\":true,\"limit\":1}"
              .getBytes(StandardCharsets.UTF_8));

  private final Selector selector = Selector.open();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(1 << 16);
  private final InetSocketAddress server;
  private final List<Member> members = new ArrayList<>();
  private byte[] awaited = new byte[0];
  private int ready;
  private int seen;
  private int lost;

  public IdleSwarm(int port) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** One connection: a parser of the server's frames, which are not masked. */
  private static final class Member {
    private final SocketChannel channel;
    private final String handshake;
    private byte[] pending = new byte[0];
    private boolean upgraded;
    private boolean watching;
    private boolean sawAwaited;

    Member(SocketChannel channel, String handshake) {
      this.channel = channel;
      this.handshake = handshake;
    }
  }

  /**
   * Opens so many sessions, 32 at a time, each with a watch, and waits until all have their list.
   *
   * @param token by the connection's index
   * @throws IOException if one is refused, or it takes longer than 3 minutes
   */
  public void open(int count, IntFunction<String> token) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (ready < count) {
      while (members.size() < count && members.size() - ready < OPENING) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        Member member = new Member(channel, Attack.handshake(token.apply(members.size())));
        members.add(member);
        channel.register(selector, SelectionKey.OP_CONNECT, member);
        channel.connect(server);
      }
      serve(100);
      if (lost > 0 || System.nanoTime() > deadline) {
        throw new IOException("%d of %d sessions, %d lost".formatted(ready, count, lost));
      }
    }
  }

  /** The connections that ended. */
  public int lost() {
    return lost;
  }

  /** From now on counts the sessions that receive this text. */
  public void await(String text) {
    awaited = text.getBytes(StandardCharsets.UTF_8);
    seen = 0;
  }

  /** The sessions that received the awaited text. */
  public int seen() {
    return seen;
  }

  /** Reads and answers what there is, waiting at most so long for it. */
  public void serve(long millis) throws IOException {
    selector.select(
        key -> {
          Member member = (Member) key.attachment();
          try {
            handle(key, member);
          } catch (IOException e) {
            lost++;
            key.cancel();
          }
        },
        millis);
  }

  private void handle(SelectionKey key, Member member) throws IOException {
    if (key.isConnectable()) {
      member.channel.finishConnect();
      key.interestOps(SelectionKey.OP_READ);
      write(member, member.handshake.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    scratch.clear();
    int count = member.channel.read(scratch);
    if (count < 0) {
      throw new IOException("closed by the server");
    }
    byte[] all = new byte[member.pending.length + count];
    System.arraycopy(member.pending, 0, all, 0, member.pending.length);
    scratch.flip().get(all, member.pending.length, count);
    ByteBuffer bytes = ByteBuffer.wrap(all);
    while (parse(member, bytes)) {
      // Until what is left is incomplete.
    }
    member.pending = new byte[bytes.remaining()];
    bytes.get(member.pending);
  }

  private boolean parse(Member member, ByteBuffer bytes) throws IOException {
    if (!member.upgraded) {
      return parseHead(member, bytes);
    }
    bytes.mark();
    if (bytes.remaining() < 2) {
      return false;
    }
    int opcode = bytes.get() & 0x0f;
    int length = bytes.get() & 0x7f;
    if (bytes.remaining() < (length == 126 ? 2 : length == 127 ? 8 : 0)) {
      bytes.reset();
      return false;
    }
    int size =
        length == 126 ? bytes.getShort() & 0xffff : length == 127 ? (int) bytes.getLong() : length;
    if (bytes.remaining() < size) {
      bytes.reset();
      return false;
    }
    byte[] payload = new byte[size];
    bytes.get(payload);
    take(member, opcode, payload);
    return true;
  }

  private void take(Member member, int opcode, byte[] payload) throws IOException {
    if (opcode == 9) {
      write(member, MalformedInputs.frame(0x8a, payload));
    } else if (opcode == 8) {
      throw new IOException("closed by the server");
    } else if (!member.watching && startsWith(payload, "{\"type\":\"AllTickets\"")) {
      member.watching = true;
      ready++;
    } else if (awaited.length > 0 && !member.sawAwaited && contains(payload, awaited)) {
      member.sawAwaited = true;
      seen++;
    }
  }

  private boolean parseHead(Member member, ByteBuffer bytes) throws IOException {
    String head = new String(bytes.array(), bytes.position(), bytes.remaining(), "ISO-8859-1");
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("refused: " + head);
    }
    bytes.position(bytes.position() + end + 4);
    member.upgraded = true;
    write(member, WATCH);
    return true;
  }

  private static boolean startsWith(byte[] payload, String text) {
    return new String(payload, 0, Math.min(payload.length, 40), StandardCharsets.UTF_8)
        .startsWith(text);
  }

  private static boolean contains(byte[] payload, byte[] text) {
    String all = new String(payload, StandardCharsets.ISO_8859_1);
    return all.contains(new String(text, StandardCharsets.ISO_8859_1));
  }

  /** A few bytes: the socket takes them whole. */
  private static void write(Member member, byte[] bytes) throws IOException {
    if (member.channel.write(ByteBuffer.wrap(bytes)) < bytes.length) {
      throw new IOException("the server reads nothing");
    }
  }

  @Override
  public void close() throws IOException {
    for (Member member : members) {
      member.channel.close();
    }
    selector.close();
  }
}
