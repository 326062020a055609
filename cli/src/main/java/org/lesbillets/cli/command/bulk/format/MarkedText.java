package org.lesbillets.cli.command.bulk.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Decoder of a text in which each undecodable byte becomes a lone surrogate: no decoder yields
 * those, so that they mark where the errors are. Confined to one thread; buffers 64 KiB.
 */
final class MarkedText extends Reader {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int BUFFER_CHARS = 16 * 1024;

  /** What a byte that is no text is added to. */
  private static final int MARK = Character.MIN_LOW_SURROGATE;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER_CHARS).flip();
  private boolean ended;

  MarkedText(InputStream in, Charset charset) {
    this.in = in;
    this.decoder = charset.newDecoder();
  }

  /** Where the first mark of a text is; -1 if there is none. */
  static int markIn(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (!chars.hasRemaining()) {
      decode();
    }
    if (!chars.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  private void decode() throws IOException {
    chars.clear();
    boolean more = true;
    while (more) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (result.isError() && chars.remaining() >= result.length()) {
        putMarks(result.length());
      } else if (chars.position() > 0 || ended) {
        more = false;
      } else {
        fill();
      }
    }
    chars.flip();
  }

  private void putMarks(int count) {
    for (int i = 0; i < count; i++) {
      chars.put((char) (MARK + (bytes.get() & 0xff)));
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = count < 0;
    bytes.position(bytes.position() + Math.max(0, count)).flip();
  }

  @Override
  public void close() {
    // The stream is its owner's.
  }
}
