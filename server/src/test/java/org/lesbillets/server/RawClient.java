package org.lesbillets.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.lesbillets.server.session.Frame;

/** A socket that says what no decent client would. */
final class RawClient implements AutoCloseable {
  static final int FIN_TEXT = 0x81;
  static final int FIN_BINARY = 0x82;
  static final int TEXT_BEGINS = 0x01;
  static final int FIN_CONTINUES = 0x80;
  static final int FIN_PING = 0x89;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final Closeable connection;
  private final InputStream in;
  private final OutputStream out;
  private ByteBuffer read = ByteBuffer.allocate(16 * 1024).flip();

  /**
   * @param receiveBuffer the size of the socket's buffer, or 0 for the usual one
   */
  RawClient(int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    connection = socket;
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** At a socket of this machine, where a read waits for as long as the test may. */
  RawClient(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    connection = channel;
    in = Channels.newInputStream(channel);
    out = Channels.newOutputStream(channel);
  }

  /** Connected and through the handshake. */
  static RawClient upgraded(int port, int receiveBuffer) throws IOException {
    RawClient client = new RawClient(port, receiveBuffer);
    String head = client.ask(handshake("/tickets", "Authorization: Bearer alice\r\n"));
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(head);
    }
    return client;
  }

  /** The same, with this token. */
  static RawClient upgraded(int port, String token) throws IOException {
    RawClient client = new RawClient(port, 0);
    client.ask(handshake("/tickets", "Authorization: Bearer " + token + "\r\n"));
    return client;
  }

  static String handshake(String path, String headers) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + headers
        + "\r\n";
  }

  RawClient say(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Says it, and gives the head of the answer. */
  String ask(String request) throws IOException {
    say(request);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Sends bytes as they are, so many in each write. */
  RawClient raw(byte[] bytes, int each) throws IOException {
    socket.setTcpNoDelay(true);
    for (int i = 0; i < bytes.length; i += each) {
      out.write(bytes, i, Math.min(each, bytes.length - i));
    }
    return this;
  }

  RawClient sendText(String json) throws IOException {
    return send(FIN_TEXT, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a frame whose mask is zero. */
  RawClient send(int first, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    head(frame, first, payload.length).put(payload);
    out.write(frame.array(), 0, frame.position());
    return this;
  }

  /** Sends nothing but the head of a frame of so many bytes. */
  RawClient announce(int first, long length) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(14);
    head(frame, first, length);
    out.write(frame.array(), 0, frame.position());
    return this;
  }

  private static ByteBuffer head(ByteBuffer frame, int first, long length) {
    frame.put((byte) first);
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else if (length <= 0xffff) {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(length);
    }
    return frame.putInt(0);
  }

  /** The next frame, or null when the connection ends. */
  Frame next() throws IOException {
    while (true) {
      ByteBuffer one = read.duplicate();
      Frame frame = Frame.first(one);
      if (frame != null) {
        read.position(one.position());
        return frame;
      }
      if (!more()) {
        return null;
      }
    }
  }

  private boolean more() throws IOException {
    read.compact();
    if (!read.hasRemaining()) {
      read = ByteBuffer.allocate(2 * read.capacity()).put(read.flip());
    }
    int count;
    try {
      count = in.read(read.array(), read.position(), read.remaining());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing came", e);
    } catch (IOException e) {
      count = -1;
    }
    read.position(read.position() + Math.max(count, 0)).flip();
    return count >= 0;
  }

  /** The code the server closes with, or -1 when the connection just ends. */
  int closeCode() throws IOException {
    for (Frame frame = next(); frame != null; frame = next()) {
      if (frame.opcode() == Frame.CLOSE) {
        return frame.closeCode();
      }
    }
    return -1;
  }

  /** Whether the server ends the connection while nothing is said. */
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      throw new AssertionError("it stays open", e);
    } catch (IOException e) {
      return true;
    }
  }

  /** What comes after the head of an answer, to the end of the connection. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Sends, unless the connection has ended. */
  void trickle(String text) {
    try {
      say(text);
    } catch (IOException e) {
      // It has ended, as hasEnded says.
    }
  }

  /** Whether the server has ended the connection; what it sent is dropped. */
  boolean hasEnded() {
    try {
      socket.setSoTimeout(1);
      while (in.read() >= 0) {
        // Dropped.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
