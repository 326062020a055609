package org.lesbillets.cli.tui.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The output buffer of one frame, written in one system call, with a gate before the terminal:
 * while it is shut, frames are dropped, so that none is drawn over the shell's screen.
 *
 * <p>Writing and flushing are confined to the thread that draws; any thread may open and shut. The
 * buffer is bounded by the size of the screen, which is written once a frame.
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
   * @param lost callback when the terminal fails to write
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

  /** Writes the frame, unless it is empty. */
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

  /** How many frames were not empty, also while the gate was shut. */
  long frames() {
    return frames;
  }

  /** Opens the gate, and writes a prologue. */
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
   * Shuts the gate, and writes an epilogue if it was open. Waits at most a second for a write in
   * progress: a stopped terminal may block it for ever.
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
