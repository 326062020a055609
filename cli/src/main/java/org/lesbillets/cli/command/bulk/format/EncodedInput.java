package org.lesbillets.cli.command.bulk.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A text file in a known encoding: the one named, else that of its byte order mark, else UTF-8.
 * Confined to one thread; read once.
 */
public final class EncodedInput {
  private static final int SNIFFED_BYTES = 4_096;

  /** A byte order mark and its encoding. */
  private enum Mark {
    UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE),
    UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF);

    private final Charset charset;
    private final int[] bytes;

    Mark(Charset charset, int... bytes) {
      this.charset = charset;
      this.bytes = bytes;
    }
  }

  private final Charset charset;
  private final InputStream in;

  private EncodedInput(Charset charset, InputStream in) {
    this.charset = charset;
    this.in = in;
  }

  /**
   * @param named its encoding; null to detect it
   * @throws UncheckedIOException if it cannot be read
   */
  public static EncodedInput of(InputStream in, Charset named) {
    BufferedInputStream buffered = new BufferedInputStream(in, SNIFFED_BYTES);
    Charset charset = named == null ? marked(buffered) : named;
    return new EncodedInput(charset == null ? StandardCharsets.UTF_8 : charset, buffered);
  }

  private static Charset marked(BufferedInputStream in) {
    for (Mark mark : Mark.values()) {
      if (begins(in, mark)) {
        return mark.charset;
      }
    }
    return null;
  }

  /** Skips the mark if there is one. */
  private static boolean begins(BufferedInputStream in, Mark mark) {
    try {
      in.mark(mark.bytes.length);
      for (int expected : mark.bytes) {
        if (in.read() != expected) {
          in.reset();
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("the input cannot be read: " + e.getMessage(), e);
  }

  /** The name of the encoding. */
  String encoding() {
    return charset.name();
  }

  /** Its text; a byte that is none is a {@linkplain MarkedText mark}. */
  Reader text() {
    return new MarkedText(in, charset);
  }

  /** Its text in UTF-8. */
  Utf8Input utf8() {
    return new Utf8Input(
        charset.equals(StandardCharsets.UTF_8)
            ? in
            : new BufferedInputStream(new Utf8Stream(text()), SNIFFED_BYTES));
  }

  /** A UTF-8 text whose beginning can be peeked at. */
  record Utf8Input(InputStream stream) {
    /** Whether the first character that is no white space is this one. */
    boolean beginsWith(char wanted) {
      try {
        stream.mark(SNIFFED_BYTES);
        int first = stream.read();
        for (int i = 1; i < SNIFFED_BYTES && first >= 0 && first <= ' '; i++) {
          first = stream.read();
        }
        stream.reset();
        return first == wanted;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }
}
