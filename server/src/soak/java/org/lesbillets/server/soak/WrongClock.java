package org.lesbillets.server.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.lesbillets.model.event.SequencedEvent;

/** A wall clock that is hours wrong, and every now and then otherwise wrong, for one process. */
final class WrongClock {
  private static final int HOURS = 12;
  private static final Duration JUMP = Duration.ofMinutes(30);

  private final Path offset;
  private final Random random;
  private int hours;
  private int jumps;

  WrongClock(Path directory, Random random) {
    this.offset = directory.resolve("offset");
    this.random = random;
    set();
  }

  /** Where Debian has it, or what the environment names. */
  static Path library() {
    if (System.getenv("FAKETIME_LIBRARY") != null) {
      return Path.of(System.getenv("FAKETIME_LIBRARY"));
    }
    Path directory = Path.of("/usr/lib", System.getProperty("os.arch") + "-linux-gnu", "faketime");
    return Path.of(directory.toString().replace("amd64", "x86_64"), "libfaketimeMT.so.1");
  }

  /**
   * What puts a process under this clock. The library's remedy for some versions of glibc ("force
   * monotonic fix") must be off: with it every timed wait of a JVM is over at once, all that wait
   * spin, and whatever else the process does comes seconds late. The offset is read every second.
   */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library().toString(),
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
        "FAKETIME_CACHE_DURATION", "0",
        "NO_FAKE_STAT", "1");
  }

  /** Removes what the library leaves behind of a process that was killed. */
  static void forget(long process) throws IOException {
    for (String left : List.of("faketime_shm_", "sem.faketime_sem_")) {
      Files.deleteIfExists(Path.of("/dev/shm", left + process));
    }
  }

  /** Jumps to elsewhere between twelve hours ago and twelve hours from now, by an hour or more. */
  void jump() {
    set();
    jumps++;
  }

  private void set() {
    int before = hours;
    while (hours == before) {
      hours = random.nextInt(2 * HOURS) - HOURS;
    }
    write((hours < 0 ? "" : "+") + hours + "h");
  }

  /** Sets it to so many days from now. */
  void setDays(int days) {
    write((days < 0 ? "" : "+") + days + "d");
  }

  private void write(String text) {
    try {
      Path next = offset.resolveSibling("offset.next");
      Files.writeString(next, text + "\n");
      Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int jumps() {
    return jumps;
  }

  /** How often the clock that stamped these events jumped by more than half an hour. */
  static int jumpsIn(List<SequencedEvent> events) {
    int count = 0;
    for (int i = 1; i < events.size(); i++) {
      Instant before = events.get(i - 1).event().at();
      Duration step = Duration.between(before, events.get(i).event().at()).abs();
      count += step.compareTo(JUMP) > 0 ? 1 : 0;
    }
    return count;
  }
}
