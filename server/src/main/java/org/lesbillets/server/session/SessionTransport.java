package org.lesbillets.server.session;

import java.nio.ByteBuffer;

/** The connection under a session. */
public interface SessionTransport {

  /**
   * Writes finished frames; never blocks. One write at a time. The bytes must not change until the
   * listener hears of the end, which may be within this call or later, on any thread.
   */
  void write(ByteBuffer frames, WriteListener listener);

  /** Drops the connection and everything queued for it, at once. Any thread; again is harmless. */
  void cut();

  /** Drops the connection when what was written has left, or does not leave soon. Any thread. */
  void leave();

  /** The peer's address and port, for people. */
  String remote();

  /** Hears what becomes of a write. */
  interface WriteListener {
    /** Some bytes left. Any thread, any number of times. */
    void progressed();

    /** All bytes left. Once, unless it failed. */
    void completed();

    /** The connection is of no use any more. Once, unless it completed. */
    void failed();
  }
}
