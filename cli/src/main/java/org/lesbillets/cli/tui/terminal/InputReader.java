package org.lesbillets.cli.tui.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The reader of the terminal, on the thread "terminal-input", which blocks in the system call while
 * nothing is typed. Only while a timeout of the decoder is pending (a lone Escape, an incomplete
 * sequence) it polls every 5 ms.
 *
 * <p>{@link #start} and {@link #stop} are called by one thread at a time.
 */
final class InputReader {
  private static final int BUFFER_BYTES = 8192;
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long PATIENCE_MILLIS = 1000;

  /** How many reads in a row may be empty before the terminal counts as gone. */
  private static final int MOST_EMPTY_READS = 3;

  private final TerminalDevice device;
  private final KeyDecoder decoder;
  private final Runnable hungUp;
  private Reading reading;

  /**
   * @param hungUp callback on the reader's thread at the end of input
   */
  InputReader(TerminalDevice device, KeyDecoder decoder, Runnable hungUp) {
    this.device = device;
    this.decoder = decoder;
    this.hungUp = hungUp;
  }

  void start() throws IOException {
    reading = new Reading(device.input());
    reading.start();
  }

  /** Stops reading: the bytes typed from now on are left to other readers. */
  void stop() {
    if (reading != null) {
      reading.end();
      reading = null;
    }
  }

  /** One thread, from a start to the next stop. */
  private final class Reading extends Thread {
    private final TerminalDevice.Bytes bytes;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private volatile boolean ending;

    Reading(TerminalDevice.Bytes bytes) {
      super("terminal-input");
      this.bytes = bytes;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!ending && read()) {
          decoder.read(buffer.flip(), System.nanoTime());
          pollLate();
        }
      } catch (IOException e) {
        // Closed by end(), or the terminal is gone.
      }
      decoder.stop(System.nanoTime());
      if (!ending) {
        hungUp.run();
      }
    }

    private boolean read() throws IOException {
      for (int empty = 0; empty < MOST_EMPTY_READS; empty++) {
        buffer.clear();
        if (bytes.read(buffer) > 0) {
          return true;
        }
        // In canonical mode an empty line is an empty read; stty fails if the terminal is gone.
        device.stty("-g");
      }
      return false;
    }

    private void pollLate() throws IOException {
      OptionalLong due = decoder.deadline();
      while (due.isPresent() && !ending && !bytes.ready()) {
        long now = System.nanoTime();
        decoder.late(now);
        LockSupport.parkNanos(Math.min(GLANCE_NANOS, Math.max(0, due.getAsLong() - now)));
        due = decoder.deadline();
      }
    }

    void end() {
      ending = true;
      try {
        bytes.close();
        if (Thread.currentThread() != this) {
          join(PATIENCE_MILLIS);
        }
      } catch (IOException e) {
        // The thread reads no more, closed or not.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
