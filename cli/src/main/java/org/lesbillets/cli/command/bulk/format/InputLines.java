package org.lesbillets.cli.command.bulk.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reader of UTF-8 lines, each as soon as it has arrived. A line that is too long or not decodable
 * is one with a problem. Confined to one thread; buffers 64 KiB of input, and one line of bounded
 * length.
 */
public final class InputLines {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;
  private long number;
  private volatile long bytes;

  /**
   * A line.
   *
   * @param number from 1
   * @param text without its end; null if there is a problem
   * @param problem why it is no text, in words that follow "the line"; null if it is
   */
  public record Line(long number, String text, String problem) {
    /** Whether there is nothing in it. */
    public boolean isBlank() {
      return text != null && text.isBlank();
    }
  }

  /**
   * @param limit the longest line, in bytes
   */
  public InputLines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** How many bytes were read so far. Any thread. */
  public long bytes() {
    return bytes;
  }

  /**
   * The next line; blocks until it is there.
   *
   * @return null at the end
   * @throws UncheckedIOException if it cannot be read
   */
  public Line next() {
    line.reset();
    boolean begun = false;
    boolean ended = false;
    boolean tooLong = false;
    while (!ended && fill()) {
      begun = true;
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      ended = at < end;
      tooLong |= line.size() + at - from > limit;
      if (!tooLong) {
        line.write(buffer, from, at - from);
      }
      at += ended ? 1 : 0;
    }
    if (!begun) {
      return null;
    }
    number++;
    return tooLong ? new Line(number, null, "is longer than " + limit + " bytes") : decoded();
  }

  private boolean fill() {
    if (at < end) {
      return true;
    }
    try {
      at = 0;
      end = Math.max(0, in.read(buffer));
      bytes += end;
      return end > 0;
    } catch (IOException e) {
      throw new UncheckedIOException("the input cannot be read: " + e.getMessage(), e);
    }
  }

  private Line decoded() {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      String marked = number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      boolean carriage = marked.endsWith("\r");
      return new Line(number, carriage ? marked.substring(0, marked.length() - 1) : marked, null);
    } catch (CharacterCodingException e) {
      return new Line(number, null, "is not UTF-8 text");
    }
  }
}
