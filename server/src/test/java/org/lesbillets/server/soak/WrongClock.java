package org.lesbillets.server.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;

/** A wall clock that is hours wrong, and every now and then otherwise wrong, for one process. */
final class WrongClock {
  private static final int HOURS = 12;

  private final Path offset;
  private final Random random;
  private int jumps;

  WrongClock(Path directory, Random random) {
    this.offset = directory.resolve("offset");
    this.random = random;
    jump();
  }

  static Path library() {
    Path directory = Path.of("/usr/lib", System.getProperty("os.arch") + "-linux-gnu", "faketime");
    return Path.of(directory.toString().replace("amd64", "x86_64"), "libfaketimeMT.so.1");
  }

  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library().toString(),
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "NO_FAKE_STAT", "1");
  }

  /** Jumps somewhere between twelve hours ago and twelve hours from now. */
  void jump() {
    int hours = random.nextInt(2 * HOURS) - HOURS;
    try {
      Path next = offset.resolveSibling("offset.next");
      Files.writeString(next, (hours < 0 ? "" : "+") + hours + "h\n");
      Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
      jumps++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int jumps() {
    return jumps;
  }
}
