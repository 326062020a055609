package org.lesbillets.cli.startup.rehearsal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.lesbillets.cli.client.transport.Handshake;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;

/**
 * Fake server on a free loopback port: gives each request the same answers, on a daemon thread for
 * each connection. It trusts its client, which is this very program.
 */
final class RehearsalServer {
  private static final String KEY = "Sec-WebSocket-Key: ";
  private static final int TEXT = 1;

  private final ServerSocket socket;

  private RehearsalServer(ServerSocket socket) {
    this.socket = socket;
  }

  static RehearsalServer open() throws IOException {
    RehearsalServer server =
        new RehearsalServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    start(server::acceptAll);
    return server;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "billets-rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  /** As a literal, as people have it whose server is on their machine. */
  String address() {
    return "ws://127.0.0.1:" + socket.getLocalPort() + "/tickets";
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = socket.accept();
        // The verb complete abandons its connection when it is too slow; others must not wait for
        // it.
        start(() -> serve(client));
      }
    } catch (IOException e) {
      // Then requests stay unanswered, and the rehearsal fails.
    }
  }

  private static void serve(Socket client) {
    try (client) {
      answerAll(client);
    } catch (IOException e) {
      // The connection has ended.
    }
  }

  private static void answerAll(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
    OutputStream out = client.getOutputStream();
    String accept = Handshake.accept(key(in));
    out.write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    send(out, RehearsalAnswers.WELCOME);
    for (String request = text(in); request != null; request = text(in)) {
      for (ServerMessage message : RehearsalAnswers.to(request)) {
        send(out, message);
      }
    }
  }

  private static String key(DataInputStream in) throws IOException {
    String key = "";
    StringBuilder line = new StringBuilder();
    while (!line.toString().equals("\r")) {
      line.setLength(0);
      for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
        line.append((char) c);
      }
      key = line.indexOf(KEY) == 0 ? line.substring(KEY.length()).strip() : key;
    }
    return key;
  }

  /** Null for anything but a text, as for the goodbye. */
  private static String text(DataInputStream in) throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return opcode == TEXT ? new String(payload, StandardCharsets.UTF_8) : null;
  }

  private static void send(OutputStream out, ServerMessage message) throws IOException {
    byte[] payload = MessageCodec.encodeUtf8(message);
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 4).put((byte) (0x80 | TEXT));
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else {
      frame.put((byte) 126).putShort((short) payload.length);
    }
    frame.put(payload);
    out.write(frame.array(), 0, frame.position());
  }
}
