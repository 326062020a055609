package org.lesbillets.cli.tui.terminal;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A terminal as the system presents it: modes of the line, bytes, and job control. Any thread. */
interface TerminalDevice {

  /**
   * Reads or sets the modes of the line.
   *
   * @return the output of stty, stripped
   * @throws IOException if it fails, with its message
   */
  String stty(String... arguments) throws IOException;

  /** Opens a file descriptor for reading. */
  Bytes input() throws IOException;

  /** The output; never closed. */
  OutputStream output();

  /**
   * Whether this process is in the foreground, or the terminal is gone, which a read would report.
   */
  boolean isOurs();

  /** Stops the process group, as Ctrl-Z does; returns when it continues. */
  void stop() throws IOException;

  /** The input. Another thread may close it, which ends a blocking read. */
  interface Bytes extends Closeable {

    /**
     * Blocks until there is at least one byte.
     *
     * @return how many were read; -1 at the end
     * @throws java.nio.channels.ClosedChannelException if it was closed
     */
    int read(ByteBuffer into) throws IOException;

    /** Whether a read would not block. */
    boolean ready() throws IOException;
  }
}
