package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long the disk takes for what each commit of a journal waits for at least: one page appended
 * and synchronized. One thread.
 */
final class DiskSync {
  private static final int PAGE = 4096;

  private final Path file;
  private final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

  /**
   * @param folder on the disk that is measured
   */
  DiskSync(Path folder) throws IOException {
    file = Files.createTempFile(folder, "sync", null);
  }

  /** Synchronizes so many times in a row. */
  void measure(int times) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(PAGE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      for (int i = 0; i < times; i++) {
        long begin = System.nanoTime();
        channel.write(page.clear());
        channel.force(false);
        nanos.recordValue(System.nanoTime() - begin);
      }
    }
  }

  void forget() {
    nanos.reset();
  }

  /** The time in milliseconds that so many percent do not exceed. */
  double millis(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }
}
