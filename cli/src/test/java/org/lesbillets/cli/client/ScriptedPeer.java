package org.lesbillets.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;

/** The server's end of one connection, by RFC 6455 and no more than tests need of it. */
public final class ScriptedPeer {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;

  private final Socket socket;
  private final DataInputStream in;
  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private final AtomicInteger pings = new AtomicInteger();
  private final AtomicInteger pongs = new AtomicInteger();
  private volatile boolean answersPings = true;
  private volatile int closeCode = -1;

  ScriptedPeer(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Reads the handshake. */
  public ScriptedPeer request() throws IOException {
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return this;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** A header of the handshake, by its lower-case name; null if there was none. */
  public String header(String name) {
    return headers.get(name);
  }

  /** Reads the handshake and upgrades. */
  ScriptedPeer accept() throws IOException {
    return accept("");
  }

  /** As {@link #accept()}, with further header lines. */
  ScriptedPeer accept(String headers) throws IOException {
    request();
    http(
        "101 Switching Protocols",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + acceptKey(header("sec-websocket-key"))
            + "\r\n"
            + headers);
    return this;
  }

  /** Reads the handshake, upgrades, and says Welcome at {@code revision}. */
  public ScriptedPeer welcome(long revision) throws IOException {
    accept();
    send(SampleMessages.welcome(revision));
    return this;
  }

  /** Reads the handshake and answers it with another status than 101. */
  public void refuse(String status) throws IOException {
    request();
    http(status, "Content-Length: 0\r\n");
  }

  /** As {@link #refuse(String)}, with a sentence. */
  void refuse(String status, String sentence) throws IOException {
    request();
    http(
        status,
        "Content-Type: text/plain;charset=utf-8\r\nContent-Length: "
            + utf8(sentence).length
            + "\r\n");
    write(utf8(sentence));
  }

  /** Sends a message beyond what a client takes. */
  void sendTooLarge() throws IOException {
    write(frame(FIN | TEXT, new byte[5 * 1024 * 1024]));
  }

  /** Writes text that is no WebSocket frame. */
  public void raw(String text) throws IOException {
    write(utf8(text));
  }

  /** Writes bytes as they are. */
  void rawBytes(byte[] bytes) throws IOException {
    write(bytes);
  }

  private void http(String status, String headers) throws IOException {
    write(("HTTP/1.1 " + status + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String acceptKey(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next request; answers pings meanwhile. */
  public ClientMessage read() throws IOException {
    try {
      return MessageCodec.decodeClientMessage(readText());
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** The next request, which must be of this kind. */
  public <T extends ClientMessage> T read(Class<T> kind) throws IOException {
    return kind.cast(read());
  }

  private String readText() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      byte[] payload = payload();
      switch (opcode) {
        case TEXT -> {
          return new String(payload, StandardCharsets.UTF_8);
        }
        case PING -> pinged(payload);
        case PONG -> pongs.incrementAndGet();
        case CLOSE -> {
          closeCode = payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
          throw new SocketException("the client closed");
        }
        default -> throw new IOException("unexpected opcode " + opcode);
      }
    }
  }

  private byte[] payload() throws IOException {
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  private void pinged(byte[] payload) throws IOException {
    pings.incrementAndGet();
    if (answersPings) {
      write(frame(FIN | PONG, payload));
    }
  }

  /** From now on pings are read and not answered. */
  public void ignorePings() {
    answersPings = false;
  }

  public int pings() {
    return pings.get();
  }

  int pongs() {
    return pongs.get();
  }

  /** The code of the client's close frame; -1 if none came. */
  int closeCode() {
    return closeCode;
  }

  public void send(ServerMessage message) throws IOException {
    send(MessageCodec.encode(message));
  }

  public void send(String text) throws IOException {
    write(frame(FIN | TEXT, utf8(text)));
  }

  /** Answers a request with the event it made. */
  public void answer(ClientMessage request, long revision) throws IOException {
    send(SampleMessages.answer(request, revision));
  }

  /** Grants or renews the lock that is asked for. */
  public void grant(ClientMessage.LockTicket request, long revision) throws IOException {
    send(SampleMessages.granted(request, revision, false));
  }

  public void reject(ClientMessage request, RejectionCode code) throws IOException {
    send(SampleMessages.rejected(request, code));
  }

  /** Rejects the next request. */
  public void reject(RejectionCode code) throws IOException {
    reject(read(), code);
  }

  /** Pushes the creation of ticket 17 at {@code revision}, after {@code previous}. */
  public void push(long revision, long previous) throws IOException {
    send(SampleMessages.pushed(revision, previous));
  }

  /** Pushes creations, each after the one before. */
  public void pushAfter(long previous, long... revisions) throws IOException {
    long last = previous;
    for (long revision : revisions) {
      push(revision, last);
      last = revision;
    }
  }

  /**
   * The next request, which must begin a watch.
   *
   * @param since where it is to resume; null for a snapshot
   */
  public GetTickets watch(Long since) throws IOException {
    GetTickets request = read(GetTickets.class);
    assertEquals(Boolean.TRUE, request.watch());
    assertEquals(
        since == null ? null : new ResumePoint(SampleMessages.JOURNAL, since), request.since());
    return request;
  }

  /** Resumes the watch that is asked for, which must be from here. */
  public void resume(long since) throws IOException {
    send(SampleMessages.resumed(watch(since)));
  }

  /** Sends one message as several frames, with a ping between them. */
  void sendFragmented(ServerMessage message, int frames) throws IOException {
    byte[] all = utf8(MessageCodec.encode(message));
    for (int i = 0; i < frames; i++) {
      byte[] part = Arrays.copyOfRange(all, all.length * i / frames, all.length * (i + 1) / frames);
      write(frame((i == frames - 1 ? FIN : 0) | (i == 0 ? TEXT : CONTINUATION), part));
      ping();
    }
  }

  /** Sends several messages in one write. */
  public void sendJoined(ServerMessage... messages) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (ServerMessage message : messages) {
      joined.write(frame(FIN | TEXT, utf8(MessageCodec.encode(message))));
    }
    write(joined.toByteArray());
  }

  /** Sends one message byte by byte. */
  void sendTrickling(ServerMessage message) throws IOException {
    for (byte b : frame(FIN | TEXT, utf8(MessageCodec.encode(message)))) {
      write(new byte[] {b});
    }
  }

  /** Sends one message in about fifty pieces, evenly over so long. */
  public void sendTrickling(ServerMessage message, Duration over) throws IOException {
    byte[] all = frame(FIN | TEXT, utf8(MessageCodec.encode(message)));
    int piece = all.length / 50 + 1;
    long began = System.nanoTime();
    for (int from = 0; from < all.length; from += piece) {
      long due = began + over.toNanos() * from / all.length;
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      write(Arrays.copyOfRange(all, from, Math.min(all.length, from + piece)));
    }
  }

  public void ping() throws IOException {
    write(frame(FIN | PING, new byte[] {1, 2, 3}));
  }

  public void close(int code, String reason) throws IOException {
    byte[] text = utf8(reason);
    write(
        frame(
            FIN | CLOSE,
            ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array()));
  }

  /** Ends the connection with a reset, as a cable or a killed process does. */
  public void cut() throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** Says nothing more, but answers pings, until the client goes. */
  public void hold() throws IOException {
    try {
      while (true) {
        readText();
      }
    } catch (EOFException e) {
      // Gone.
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length <= 0xffff) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    byte[] bytes = new byte[frame.put(payload).position()];
    frame.flip().get(bytes);
    return bytes;
  }

  private synchronized void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }
}
