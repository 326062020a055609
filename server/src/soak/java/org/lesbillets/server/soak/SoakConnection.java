package org.lesbillets.server.soak;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;

/**
 * A connection that blocks, can be cut at any byte, and notices at once when the peer is killed.
 */
final class SoakConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int FINAL_TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  SoakConnection(int port, String token) throws IOException {
    this(port, token, 0);
  }

  /**
   * A connection whose kernel buffers little of what it does not read.
   *
   * @param receiveBytes size of that buffer; 0 for the kernel's own
   */
  SoakConnection(int port, String token, int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    String request =
        "GET /tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String head = head();
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException("refused: " + head);
    }
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  void send(ClientMessage message) throws IOException {
    frame(FINAL_TEXT, MessageCodec.encode(message).getBytes(StandardCharsets.UTF_8));
  }

  private void frame(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) opcode);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  /** The next message; throws when the peer is gone, or says nothing for 20 s. */
  ServerMessage next() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      long size = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
      byte[] payload = in.readNBytes((int) size);
      if (payload.length < size || opcode == CLOSE) {
        throw new IOException("the server closed the connection");
      }
      if (opcode == PING) {
        frame(PONG, payload);
      } else if (opcode == FINAL_TEXT) {
        return decoded(payload);
      }
    }
  }

  private static ServerMessage decoded(byte[] payload) {
    try {
      return MessageCodec.decodeServerMessage(new String(payload, StandardCharsets.UTF_8));
    } catch (WireFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer to {@code requestId}; what comes before it is dropped. */
  ServerMessage.Answer answer(String requestId) throws IOException {
    while (true) {
      if (next() instanceof ServerMessage.Answer answer && requestId.equals(answer.requestId())) {
        return answer;
      }
    }
  }

  int localPort() {
    return socket.getLocalPort();
  }

  /** Every event of the journal so far; on a connection that was just made. */
  List<SequencedEvent> history() throws IOException {
    ServerMessage.Welcome welcome = (ServerMessage.Welcome) next();
    ResumePoint start = new ResumePoint(welcome.journalId(), 0);
    send(ClientMessage.GetTickets.watching("w", null, start));
    List<SequencedEvent> events = new ArrayList<>();
    long last = 0;
    while (last < welcome.revision()) {
      ServerMessage message = next();
      if (message instanceof ServerMessage.EventMessage event) {
        events.add(event.event());
        last = event.event().revision();
      } else if (message instanceof ServerMessage.AllTickets) {
        throw new IllegalStateException("the server does not know its whole history any more");
      }
    }
    return events;
  }

  /** Cuts it as a killed process does; from any thread, and more than once. */
  @Override
  public synchronized void close() throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
