package org.lesbillets.cli.tui.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers a frame, and writes it at once. A gate before the terminal: while it is shut, frames are
 * dropped, so that none can appear on the shell's screen.
 *
 * <p>The thread that draws writes and flushes; any thread may open and shut. The buffer is bounded
 * by the screen, which is written once a frame.
 */
final class FrameOutput extends OutputStream {
  private static final long PATIENCE_MILLIS = 1000;

  private final OutputStream terminal;
  private final Runnable lost;
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean open;
  private long frames;

  /**
   * @param lost is run when the terminal takes no more
   */
  FrameOutput(OutputStream terminal, Runnable lost) {
    this.terminal = terminal;
    this.lost = lost;
  }

  @Override
  public void write(int b) {
    frame.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    frame.write(bytes, offset, length);
  }

  /** Writes the frame, if there is anything in it. */
  @Override
  public void flush() {
    if (frame.size() > 0) {
      byte[] bytes = frame.toByteArray();
      frame.reset();
      frames++;
      writing.lock();
      try {
        if (open) {
          send(bytes);
        }
      } finally {
        writing.unlock();
      }
    }
  }

  /** How many frames had anything in them, also while the gate was shut. */
  long frames() {
    return frames;
  }

  /** Writes this, and lets frames pass from now on. */
  void open(String first) {
    writing.lock();
    try {
      open = true;
      send(first.getBytes(StandardCharsets.US_ASCII));
    } finally {
      writing.unlock();
    }
  }

  /**
   * Lets no frame pass any more, and writes this, unless the gate is shut already. Waits a second
   * for a frame on its way, in case the terminal takes nothing.
   */
  void shut(String last) {
    boolean mine = false;
    try {
      mine = writing.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean wasOpen = open;
    open = false;
    if (mine) {
      try {
        if (wasOpen) {
          send(last.getBytes(StandardCharsets.US_ASCII));
        }
      } finally {
        writing.unlock();
      }
    }
  }

  private void send(byte[] bytes) {
    try {
      terminal.write(bytes);
      terminal.flush();
    } catch (IOException e) {
      open = false;
      lost.run();
    }
  }
}
