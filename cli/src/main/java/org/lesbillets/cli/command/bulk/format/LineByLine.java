package org.lesbillets.cli.command.bulk.format;

import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reader that never reads beyond the current line, and can go back to where a record began.
 * Confined to one thread; buffers the lines since then.
 */
final class LineByLine extends Reader {
  private static final int LONGEST_LINE = 64 << 20;

  private final InputLines lines;
  private final Deque<InputLines.Line> ahead = new ArrayDeque<>();
  private final List<InputLines.Line> sinceBegin = new ArrayList<>();
  private String line = "";
  private int at;
  private long number;
  private boolean closed;
  private String problem;

  LineByLine(InputStream in) {
    this.lines = new InputLines(in, LONGEST_LINE);
  }

  /** The number of the line that was given last, from 1; 0 before the first. */
  long number() {
    return number;
  }

  /** Why the line that was given last is no text, in words that follow "the line"; else null. */
  String problem() {
    return problem;
  }

  /**
   * Begins with the next line that has something in it; what was left of the last one is dropped.
   *
   * @return its number; 0 if there is none
   */
  long begin() {
    sinceBegin.clear();
    closed = false;
    at = line.length();
    InputLines.Line next = take();
    while (next != null && next.isBlank()) {
      next = take();
    }
    if (next == null) {
      return 0;
    }
    ahead.addFirst(next);
    return next.number();
  }

  /** Ends with the present line. */
  void end() {
    closed = true;
  }

  /** Whether a line after the first since the beginning begins an object; it is the next then. */
  boolean backToObject() {
    for (int i = 1; i < sinceBegin.size(); i++) {
      String text = sinceBegin.get(i).text();
      if (text != null && text.startsWith("{")) {
        for (int j = sinceBegin.size() - 1; j >= i; j--) {
          ahead.addFirst(sinceBegin.get(j));
        }
        return true;
      }
    }
    return false;
  }

  private InputLines.Line take() {
    return ahead.isEmpty() ? lines.next() : ahead.removeFirst();
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (at == line.length() && !nextLine()) {
      return -1;
    }
    int count = Math.min(length, line.length() - at);
    line.getChars(at, at + count, target, offset);
    at += count;
    return count;
  }

  private boolean nextLine() throws IOException {
    InputLines.Line next;
    try {
      next = closed ? null : take();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (next == null) {
      return false;
    }
    number = next.number();
    sinceBegin.add(next);
    problem = next.problem();
    if (next.problem() != null) {
      throw new MalformedJsonException("the line " + next.problem());
    }
    line = next.text() + "\n";
    at = 0;
    return true;
  }

  @Override
  public void close() {
    // The stream is its owner's.
  }
}
