package org.lesbillets.cli.output.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tests without writing whether a pipe still has a reader: Linux answers sendfile of no bytes with
 * EPIPE where there is none. Poll would do the same, and cannot be reached from Java. The first
 * answer decides whether the machine supports the probe at all. Confined to one thread, which must
 * not be interrupted: an interrupted channel closes its descriptor.
 */
final class PipeProbe implements AutoCloseable {
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  /** A readable file that is not empty; nothing is read from it. */
  private static final Path ANY_FILE = Path.of("/proc/self/exe");

  private static final int TYPE = 0170000;
  private static final int FIFO = 0010000;

  private final FileChannel source;
  private final FileChannel pipe;

  /** Whether the probe has worked before. */
  private boolean answered;

  PipeProbe(FileChannel source, FileChannel pipe) {
    this.source = source;
    this.pipe = pipe;
  }

  /**
   * Of standard output.
   *
   * @return null where it is no pipe, or the machine cannot test it
   */
  static PipeProbe ofStandardOutput() {
    try {
      int mode = (Integer) Files.getAttribute(STANDARD_OUTPUT, "unix:mode");
      return (mode & TYPE) == FIFO
          ? new PipeProbe(source(), new FileOutputStream(FileDescriptor.out).getChannel())
          : null;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
  }

  /** The empty source of sendfile. */
  static FileChannel source() throws IOException {
    return FileChannel.open(ANY_FILE, StandardOpenOption.READ);
  }

  /**
   * Whether there is no reader any more. Blocks while the pipe is full and has one.
   *
   * @throws IOException if this machine does not answer that question
   */
  boolean isWithoutReader() throws IOException {
    try {
      source.transferTo(0, 0, pipe);
      answered = true;
      return false;
    } catch (IOException e) {
      if (answered || String.valueOf(e.getMessage()).contains("Broken pipe")) {
        return true;
      }
      throw e;
    }
  }

  /** Leaves the pipe open. */
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      // Nothing was written to it.
    }
  }
}
