package org.lesbillets.cli.client.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes frames in order on a thread of its own, a daemon, so that nobody waits for a peer that
 * does not read. At most 2,048 frames wait. Thread-safe.
 */
public final class FrameSender extends Thread {
  private static final int CAPACITY = 2_048;
  private static final long GOODBYE_MILLIS = 100;
  private static final byte[] END = {};

  private final OutputStream out;
  private final WebSocketConnection line;
  private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>(CAPACITY);

  /**
   * @param line is closed when a frame cannot be written
   */
  public FrameSender(OutputStream out, WebSocketConnection line) {
    this.out = out;
    this.line = line;
    setName("billets-sender");
    setDaemon(true);
    start();
  }

  @Override
  public void run() {
    try {
      for (byte[] frame = frames.take(); frame != END; frame = frames.take()) {
        out.write(frame);
      }
    } catch (IOException e) {
      line.close(CloseNotice.ABNORMAL, "a message could not be sent");
    } catch (InterruptedException e) {
      // Nobody interrupts it but a virtual machine that ends.
    }
  }

  /** False if too many frames wait already; this one is then dropped. */
  public boolean send(byte[] frame) {
    return frames.offer(frame);
  }

  /** Sends a last frame, and waits a moment for what was to be written before it. */
  void finish(byte[] frame) {
    frames.offer(frame);
    frames.offer(END);
    if (Thread.currentThread() == this) {
      return;
    }
    try {
      join(GOODBYE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
