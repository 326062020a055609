package org.lesbillets.cli.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lock file that serializes changes of the file across processes, and a mutex that does among
 * threads; others block for at most a minute: on a busy machine several may be before them. The
 * operating system releases it with its process, however that ends.
 */
final class ConfigLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE_MILLIS = 20;

  /** A file lock is the process's: threads need a mutex. */
  private static final ReentrantLock HERE = new ReentrantLock();

  private final FileChannel channel;

  private ConfigLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException if it cannot be acquired
   */
  static ConfigLock take(Path file) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      if (!HERE.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
      return new ConfigLock(locked(file, deadline));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } catch (IOException | RuntimeException e) {
      if (HERE.isHeldByCurrentThread()) {
        HERE.unlock();
      }
      throw e;
    }
  }

  private static FileChannel locked(Path file, long deadline)
      throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // Closing the channel gives the lock back: it needs no variable.
    while (channel.tryLock() == null) {
      if (System.nanoTime() > deadline) {
        channel.close();
        throw busy();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return channel;
  }

  private static IOException busy() {
    return new IOException("another billets is changing it, and does not come to an end");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HERE.unlock();
    }
  }
}
