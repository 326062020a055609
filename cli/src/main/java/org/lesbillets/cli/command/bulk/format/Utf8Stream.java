package org.lesbillets.cli.command.bulk.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Encoder of a text as bytes of UTF-8, in which a {@linkplain MarkedText mark} becomes a malformed
 * byte. Confined to one thread; buffers 8 KiB of text.
 */
final class Utf8Stream extends InputStream {
  private static final int BUFFER_CHARS = 8 * 1024;

  /** A byte that never occurs in UTF-8. */
  private static final byte NO_TEXT = (byte) 0xFF;

  private final Reader text;
  private final char[] chars = new char[BUFFER_CHARS];

  /** Characters buffered for the next read: a high surrogate, or none. */
  private int kept;

  private ByteBuffer bytes = ByteBuffer.allocate(0);

  Utf8Stream(Reader text) {
    this.text = text;
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    while (!bytes.hasRemaining()) {
      int count = text.read(chars, kept, BUFFER_CHARS - kept);
      int end = kept + Math.max(0, count);
      if (end == 0) {
        return false;
      }
      kept = count > 0 && Character.isHighSurrogate(chars[end - 1]) ? 1 : 0;
      bytes = encoded(end - kept);
      chars[0] = chars[end - 1];
    }
    return true;
  }

  private ByteBuffer encoded(int end) {
    String whole = new String(chars, 0, end);
    int mark = MarkedText.markIn(whole);
    if (mark < 0) {
      return StandardCharsets.UTF_8.encode(whole);
    }
    ByteBuffer encoded = ByteBuffer.allocate(3 * end);
    int from = 0;
    while (mark >= 0) {
      encoded.put(StandardCharsets.UTF_8.encode(whole.substring(from, from + mark))).put(NO_TEXT);
      from += mark + 1;
      mark = MarkedText.markIn(whole.substring(from));
    }
    return encoded.put(StandardCharsets.UTF_8.encode(whole.substring(from))).flip();
  }
}
