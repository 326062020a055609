package org.lesbillets.cli.client.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A daemon thread that writes frames in order from a queue bounded by 2,048 frames, so that no
 * sender blocks on a peer that does not read. Thread-safe.
 */
public final class FrameSender extends Thread {
  private static final int CAPACITY = 2_048;
  private static final long GOODBYE_MILLIS = 100;
  private static final byte[] END = {};

  private final OutputStream out;
  private final WebSocketConnection connection;
  private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>(CAPACITY);

  /**
   * @param connection is closed when a frame cannot be written
   */
  public FrameSender(OutputStream out, WebSocketConnection connection) {
    this.out = out;
    this.connection = connection;
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
      connection.close(CloseCode.ABNORMAL, "a message could not be sent");
    } catch (InterruptedException e) {
      // Only a virtual machine that ends interrupts it.
    }
  }

  /** Queues a frame without blocking; false if the queue is full and it was dropped. */
  public boolean send(byte[] frame) {
    return frames.offer(frame);
  }

  /** Queues a last frame, and waits at most 100 ms until all are written. */
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
