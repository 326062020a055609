package org.lesbillets.cli.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * The end of a stream of text, sanitized for a ticket: malformed UTF-8 becomes U+FFFD, every line
 * ends with LF, control characters and terminal escapes are left out. Confined to one thread;
 * buffers some hundred KiB, however long the stream is.
 */
public final class StreamEnd {
  private static final int READ_CHARS = 16 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final int limit;
  private final TerminalSequences sequences = new TerminalSequences();
  private final StringBuilder end = new StringBuilder();

  /** How many bytes were there before {@link #end}. */
  private long before;

  private boolean begun;
  private boolean afterReturn;

  /**
   * The result.
   *
   * @param cut how many bytes of it were left out at the beginning; 0 where it is whole
   */
  public record Kept(String text, long cut) {}

  private StreamEnd(int limit) {
    this.limit = limit;
  }

  /**
   * Reads a stream to its end; the newlines there are left out.
   *
   * @param limit how many bytes of UTF-8 are kept at most, with the line that says how many were
   *     not
   */
  public static Kept of(InputStream in, int limit) throws IOException {
    StreamEnd stream = new StreamEnd(limit);
    Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
    char[] chars = new char[READ_CHARS];
    for (int count = reader.read(chars); count >= 0; count = reader.read(chars)) {
      for (int i = 0; i < count; i++) {
        stream.take(chars[i]);
      }
      stream.forget();
    }
    return stream.kept();
  }

  private void take(char c) {
    boolean first = !begun;
    begun = true;
    if (first && c == BYTE_ORDER_MARK || !sequences.isText(c)) {
      return;
    }
    boolean isReturn = c == '\r';
    if (isReturn || c == '\n' && !afterReturn) {
      end.append('\n');
    } else if (c != '\n' && (c == '\t' || !Character.isISOControl(c))) {
      end.append(c);
    }
    afterReturn = isReturn;
  }

  /** Drops from the buffer what cannot be part of the end: a character is a byte or more. */
  private void forget() {
    int surplus = end.length() - 2 * limit;
    if (surplus > 0) {
      int from = Character.isLowSurrogate(end.charAt(surplus)) ? surplus + 1 : surplus;
      before += bytes(end.substring(0, from));
      end.delete(0, from);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private Kept kept() {
    int length = end.length();
    while (length > 0 && end.charAt(length - 1) == '\n') {
      length--;
    }
    byte[] utf8 = end.substring(0, length).getBytes(StandardCharsets.UTF_8);
    long all = before + utf8.length;
    if (all <= limit) {
      return new Kept(new String(utf8, StandardCharsets.UTF_8), 0);
    }
    // The line is as long whatever the number is, but for its digits.
    int room = limit - bytes(note(all));
    int from = Math.max(0, utf8.length - room);
    while (from < utf8.length && (utf8[from] & 0xc0) == 0x80) {
      from++;
    }
    long cut = before + from;
    String text = new String(utf8, from, utf8.length - from, StandardCharsets.UTF_8);
    return new Kept(note(cut) + text, cut);
  }

  private static String note(long cut) {
    return "[the first " + cut + " bytes are left out]\n";
  }
}
