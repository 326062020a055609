package org.lesbillets.cli.tui.terminal;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** What a terminal is to the system: modes, bytes, and the job that may use it. Any thread. */
interface TerminalDevice {

  /**
   * Asks for the modes of the line, or sets them.
   *
   * @return what stty prints, stripped
   * @throws IOException if it fails, with what it says
   */
  String stty(String... arguments) throws IOException;

  /** Opens it for reading. */
  Bytes input() throws IOException;

  /** Where to write; never closed. */
  OutputStream output();

  /** Whether this process may use the terminal now, or would find out that it is gone. */
  boolean isOurs();

  /** Stops this process and its group, as Ctrl-Z does, and comes back when they go on. */
  void stop() throws IOException;

  /** What is typed. Another thread may close it, which ends a read that waits. */
  interface Bytes extends Closeable {

    /**
     * Waits for at least one byte.
     *
     * @return how many were read; -1 at the end
     * @throws java.nio.channels.ClosedChannelException if it was closed
     */
    int read(ByteBuffer into) throws IOException;

    /** Whether a read would not wait. */
    boolean ready() throws IOException;
  }
}
