package org.lesbillets.server.session;

import java.nio.ByteBuffer;

/** The connection under a session: writes without blocking, one at a time. */
public interface SessionTransport {

  /**
   * Writes finished frames; never blocks. One write at a time. The bytes must not change until the
   * final callback, which may run inside this call or later, on any thread.
   */
  void write(ByteBuffer frames, WriteListener listener);

  /** Drops the connection and everything queued for it, at once. Any thread; idempotent. */
  void cut();

  /** Closes the connection once the written bytes have left, or after a timeout. Any thread. */
  void leave();

  /** The peer's address and port, for people. */
  String remote();

  /** Callbacks of one write. */
  interface WriteListener {
    /** Some bytes left. Any thread, any number of times. */
    void progressed();

    /** All bytes left. Once, unless it failed. */
    void completed();

    /** The connection is unusable. Once, unless it completed. */
    void failed();
  }
}
