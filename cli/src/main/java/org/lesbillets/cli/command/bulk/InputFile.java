package org.lesbillets.cli.command.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.UsageException;

/**
 * A file named on the command line, or standard input where the name is "-". Counts the bytes that
 * were read. Confined to one thread; closing it leaves standard input open.
 */
final class InputFile implements AutoCloseable {
  static final String STANDARD_INPUT = "-";

  private final InputStream stream;
  private final CommandContext context;
  private final Path path;
  private long position;

  private InputFile(InputStream stream, CommandContext context, Path path) {
    this.stream = stream;
    this.context = context;
    this.path = path;
  }

  /**
   * @throws UsageException if there is no such file
   */
  static InputFile open(String name, CommandContext context) {
    if (name.equals(STANDARD_INPUT)) {
      return new InputFile(context.console().input(), context, null);
    }
    Path path = Path.of(name);
    try {
      if (Files.isDirectory(path)) {
        throw new UsageException(name + " is a directory: name a file, or - for standard input");
      }
      return new InputFile(Files.newInputStream(path), context, path);
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + name);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** What is in it; for one thread. */
  InputStream stream() {
    return new FilterInputStream(stream) {
      @Override
      public int read() throws IOException {
        int read = super.read();
        position += read < 0 ? 0 : 1;
        return read;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        position += Math.max(0, read);
        return read;
      }

      @Override
      public int available() {
        // A channel would ask a pipe for its position, which fails.
        return 0;
      }

      @Override
      public void close() {
        // It is closed with the file.
      }
    };
  }

  /** How many bytes of it were read; for the thread that reads. */
  long position() {
    return position;
  }

  /** How long it is in bytes; -1 where that is not known. */
  long size() {
    try {
      return path == null || !Files.isRegularFile(path) ? -1 : Files.size(path);
    } catch (IOException e) {
      return -1;
    }
  }

  /** Prompts where a person has to type it. */
  void sayWhatToType(String what) {
    if (path == null && context.console().terminal().in()) {
      context.console().say("Type one " + what + ", then press Ctrl-D on an empty line.");
    }
  }

  @Override
  public void close() {
    if (path != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // All that was wanted of it was read.
      }
    }
  }
}
