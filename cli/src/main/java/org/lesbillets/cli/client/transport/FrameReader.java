package org.lesbillets.cli.client.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A reader for the WebSocket frames of a server (RFC 6455), which it assembles to messages. Not
 * thread-safe; buffers at most one message, no longer than its limit.
 *
 * <pre>
 *   IDLE --text frame, not final--> FRAGMENTED --final continuation--> IDLE
 *   (control frames in any state; a close frame ends it, anything else violates the protocol)
 * </pre>
 */
public final class FrameReader {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int CONTROL = 0x08;
  private static final int MASK = 0x80;
  private static final int LONGEST_CONTROL = 125;

  private final DataInputStream in;
  private final int limit;
  private final Listener listener;

  /** The fragments of an unfinished message; null between messages. */
  private ByteArrayOutputStream begun;

  /** Callbacks for what is read, in order, on the reading thread. */
  public interface Listener {
    void onText(String text);

    /** To be answered with a pong of the same payload. */
    void onPing(byte[] payload);

    void onPong();

    /**
     * The last frame.
     *
     * @param code {@link CloseCode#NONE} if it had none
     * @param reason perhaps empty
     */
    void onClose(int code, String reason);
  }

  /**
   * @param in buffered
   * @param limit the longest message, in bytes
   */
  public FrameReader(InputStream in, int limit, Listener listener) {
    this.in = new DataInputStream(in);
    this.limit = limit;
    this.listener = listener;
  }

  /**
   * Reads until a close frame.
   *
   * @throws ProtocolViolationException if a frame breaks a rule; nothing behind it is read
   * @throws IOException if the stream ends without a close frame, or cannot be read
   */
  void readToClose() throws IOException, ProtocolViolationException {
    boolean closed = false;
    while (!closed) {
      closed = readFrame();
    }
  }

  /** True after a close frame. */
  private boolean readFrame() throws IOException, ProtocolViolationException {
    int first = in.readUnsignedByte();
    if ((first & RESERVED) != 0) {
      throw broken("a reserved bit is set");
    }
    int opcode = first & OPCODE;
    boolean last = (first & FIN) != 0;
    long length = readLength();
    if ((opcode & CONTROL) != 0) {
      return control(opcode, last, length);
    }
    data(opcode, last, length);
    return false;
  }

  private long readLength() throws IOException, ProtocolViolationException {
    int second = in.readUnsignedByte();
    if ((second & MASK) != 0) {
      throw broken("a server masks nothing");
    }
    long length =
        switch (second) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> second;
        };
    if (second == 126 && length < 126 || second == 127 && length <= 0xffff) {
      throw broken("a length is written as none is");
    }
    return length;
  }

  private boolean control(int opcode, boolean last, long length)
      throws IOException, ProtocolViolationException {
    if (!last || length > LONGEST_CONTROL) {
      throw broken("a control frame is one short frame");
    }
    byte[] payload = read((int) length);
    switch (opcode) {
      case PING -> listener.onPing(payload);
      case PONG -> listener.onPong();
      case CLOSE -> close(payload);
      default -> throw broken("nothing has the opcode " + opcode);
    }
    return opcode == CLOSE;
  }

  private void close(byte[] payload) throws ProtocolViolationException {
    if (payload.length == 0) {
      listener.onClose(CloseCode.NONE, "");
      return;
    }
    int code = payload.length == 1 ? 0 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    if (!CloseCode.isSendable(code)) {
      throw broken("no close has the code " + code);
    }
    listener.onClose(code, decoded(Arrays.copyOfRange(payload, 2, payload.length)));
  }

  private void data(int opcode, boolean last, long length)
      throws IOException, ProtocolViolationException {
    switch (opcode) {
      case TEXT, CONTINUATION -> {}
      case BINARY ->
          throw new ProtocolViolationException(CloseCode.UNSUPPORTED, "it sends no text");
      default -> throw broken("nothing has the opcode " + opcode);
    }
    if ((opcode == CONTINUATION) != (begun != null)) {
      throw broken("a message begins in another, or goes on before it began");
    }
    int before = begun == null ? 0 : begun.size();
    if (length > limit - before) {
      throw new ProtocolViolationException(
          CloseCode.TOO_LARGE, "a message is longer than " + limit + " bytes");
    }
    byte[] part = read((int) length);
    if (begun == null && last) {
      listener.onText(decoded(part));
    } else {
      join(part, last);
    }
  }

  private void join(byte[] part, boolean last) throws ProtocolViolationException {
    if (begun == null) {
      begun = new ByteArrayOutputStream();
    }
    begun.writeBytes(part);
    if (last) {
      byte[] message = begun.toByteArray();
      begun = null;
      listener.onText(decoded(message));
    }
  }

  private static String decoded(byte[] utf8) throws ProtocolViolationException {
    String text = new String(utf8, StandardCharsets.UTF_8);
    // Malformed bytes decode to U+FFFD. Only where there is one the slow, strict decoder has to
    // run.
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolViolationException(CloseCode.NOT_UTF8, "a text is no UTF-8");
    }
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  private static ProtocolViolationException broken(String how) {
    return new ProtocolViolationException(CloseCode.PROTOCOL_ERROR, how);
  }
}
