package org.lesbillets.cli.output.console;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.cli.text.StreamEnd;

/**
 * The three standard streams, and whether they are a terminal: data goes to {@link #print}, words
 * to {@link #say}. All text is encoded as UTF-8. A drawn line, such as a progress bar, is erased
 * before words are printed.
 *
 * <p>Thread-safe; buffers at most 8 KiB until {@link #flush}.
 */
public final class Console {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final InputStream in;
  private final OutputStream out;

  /** The same, unbuffered; null where it cannot be synced. */
  private final DurableOutput durable;

  private final OutputStream err;
  private final Terminal terminal;

  /** Whether something was printed since the last sync. */
  private boolean unsynced;

  /** Whether a write has failed. */
  private boolean lost;

  /** Whether these are the streams of this process. */
  private boolean system;

  /** Whether something is drawn on the last line. */
  private boolean drawn;

  public Console(InputStream in, OutputStream out, OutputStream err, Terminal terminal) {
    this.in = in;
    this.out = new BufferedOutputStream(out);
    this.durable = out instanceof DurableOutput syncs ? syncs : null;
    this.err = err;
    this.terminal = terminal;
  }

  /** The streams of this process. */
  public static Console ofSystem(Map<String, String> environment) {
    Console console =
        new Console(
            // Alone, Java 17's FileInputStream asks pipes for their position, which fails.
            new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
            new StandardOutput(),
            new FileOutputStream(FileDescriptor.err),
            SystemTerminal.look(environment));
    console.system = true;
    return console;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** Standard input, for one thread that reads it as it arrives. */
  public InputStream input() {
    return in;
  }

  /**
   * Prints data.
   *
   * @throws ClosedPipeException if its reader has gone
   */
  public synchronized void print(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      unsynced = true;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Prints data and ends the line. */
  public void printLine(String text) {
    print(text + "\n");
  }

  /** Flushes the buffer, as after each line of a stream that others follow. */
  public synchronized void flush() {
    if (lost) {
      // The write has failed already, and its rest would only fail again.
      return;
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Flushes the buffer, and waits until the disk has what went to a file. */
  public synchronized void sync() {
    flush();
    if (lost || durable == null || !unsynced) {
      return;
    }
    try {
      durable.sync();
      unsynced = false;
    } catch (IOException e) {
      lost = true;
      throw new UncheckedIOException("the output cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Guards the reader of standard output until the result is closed.
   *
   * @param onGone called once, on the guard's thread, when it has none
   */
  public ReaderGuard guardReader(Runnable onGone) {
    return ReaderGuard.start(system ? PipeProbe.ofStandardOutput() : null, onGone);
  }

  private RuntimeException unwritable(IOException e) {
    lost = true;
    String why = String.valueOf(e.getMessage());
    if (why.contains("Broken pipe") || SystemTerminal.isPipe(1)) {
      return new ClosedPipeException();
    }
    return new UncheckedIOException("the output cannot be written: " + why, e);
  }

  /**
   * Says a line to the person who started this, in place of what was drawn. A failure of that is
   * ignored.
   */
  public synchronized void say(String line) {
    try {
      err.write(((drawn ? CLEAR_LINE : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
      drawn = false;
      err.flush();
    } catch (IOException e) {
      // Standard error is closed: what was to be said cannot be said anywhere.
    }
  }

  /** Draws something on a terminal's last line, in place of what was drawn before. */
  synchronized void draw(String text) {
    try {
      err.write(((drawn ? CLEAR_LINE : "") + text).getBytes(StandardCharsets.UTF_8));
      err.flush();
      drawn = !text.isEmpty();
    } catch (IOException e) {
      // Words are optional: a failure is ignored.
    }
  }

  /** As {@link #say}, of foreign text, sanitized for a terminal. */
  public void sayAsPlainText(String line) {
    say(PlainText.line(line));
  }

  /**
   * Reads standard input to its end, and keeps the end of it, sanitized for a ticket.
   *
   * @param limit how many bytes of UTF-8 are kept at most
   * @throws UncheckedIOException if it cannot be read
   */
  public StreamEnd.Kept readEnd(int limit) {
    try {
      return StreamEnd.of(in, limit);
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read: " + e.getMessage(), e);
    }
  }
}
