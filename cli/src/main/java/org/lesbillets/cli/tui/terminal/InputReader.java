package org.lesbillets.cli.tui.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the terminal on the thread "terminal-input", and waits in the system while nothing is
 * typed. Only while a lone Escape, or another beginning, is due to be told it looks every 5 ms.
 *
 * <p>Started and stopped by one thread at a time.
 */
final class InputReader {
  private static final int BUFFER_BYTES = 8192;
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long PATIENCE_MILLIS = 1000;

  /** So many times in a row a terminal that is there may give nothing. */
  private static final int MOST_EMPTY_READS = 3;

  private final TerminalDevice device;
  private final KeyDecoder decoder;
  private final Runnable hungUp;
  private Reading reading;

  /**
   * @param hungUp is run on the reader's thread when there is nothing to be read any more
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

  /** Reads nothing more: what is typed from now on is for others. */
  void stop() {
    if (reading != null) {
      reading.end();
      reading = null;
    }
  }

  /** From a start to a stop. */
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
          tellWhatIsLate();
        }
      } catch (IOException e) {
        // Closed by end(), or gone.
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
        // In other modes than ours a line may end with nothing on it; else the terminal is gone.
        device.stty("-g");
      }
      return false;
    }

    private void tellWhatIsLate() throws IOException {
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
        // It is not read any more, closed or not.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
