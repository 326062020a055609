package org.lesbillets.model.wire;

import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Growing buffer in memory that encodes text as UTF-8 while it is written: a surrogate without its
 * half becomes {@code ?}, as with {@link String#getBytes}.
 *
 * <p>One thread at a time. Each thread keeps one buffer between messages, of at most 16 KiB.
 */
final class Utf8Buffer extends Writer {
  private static final int INITIAL_BYTES = 1_024;
  private static final int KEPT_BYTES = 16 * 1_024;
  private static final char ASCII_END = 0x80;
  private static final ThreadLocal<Utf8Buffer> SPARE = new ThreadLocal<>();

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  private Utf8Buffer() {}

  /** The thread's buffer, or a new one while that is in use. */
  static Utf8Buffer take() {
    Utf8Buffer spare = SPARE.get();
    if (spare == null) {
      return new Utf8Buffer();
    }
    SPARE.set(null);
    return spare;
  }

  /** Ends the use of the buffer; it must not be written to after this. */
  void giveBack() {
    if (bytes.length <= KEPT_BYTES) {
      length = 0;
      SPARE.set(this);
    }
  }

  /** The number of bytes that were written. */
  int length() {
    return length;
  }

  /** A copy of what was written. */
  byte[] utf8() {
    return Arrays.copyOf(bytes, length);
  }

  /** What was written, as text. */
  String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int c) {
    if (c >= ASCII_END) {
      encode(String.valueOf((char) c));
    } else {
      reserve(1);
      bytes[length++] = (byte) c;
    }
  }

  @Override
  public void write(char[] chars, int start, int count) {
    encode(new String(chars, start, count));
  }

  /** ASCII is copied in one loop; from the first other character on, the JDK encodes. */
  @Override
  public void write(String string, int start, int count) {
    reserve(count);
    byte[] to = bytes;
    int shift = length - start;
    int end = start + count;
    for (int i = start; i < end; i++) {
      char c = string.charAt(i);
      if (c >= ASCII_END) {
        length = shift + i;
        encode(string.substring(i, end));
        return;
      }
      to[shift + i] = (byte) c;
    }
    length = shift + end;
  }

  private void encode(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
