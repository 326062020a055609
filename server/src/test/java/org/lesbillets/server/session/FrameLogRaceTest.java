package org.lesbillets.server.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.SeededTest;

/** One thread appends, many read: each sees every frame once, whole, in order, or is lost. */
class FrameLogRaceTest {
  private static final int READERS = 6;
  private static final int FRAMES = 60_000;

  private final FrameLog log = new FrameLog(512 * 1024, 0);

  /** The frame of a revision: its length and every byte follow from it. */
  private static byte[] json(long revision) {
    int length = 8 + (int) (revision * 31 % 500) + (revision % 997 == 0 ? 90_000 : 0);
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (revision % 127));
    ByteBuffer.wrap(bytes).putLong(revision);
    return bytes;
  }

  @Test
  void readersSeeEveryFrameOrAreLost() throws Exception {
    SeededTest.run(
        random -> {
          ExecutorService threads = Executors.newFixedThreadPool(READERS);
          List<Future<Integer>> readers = new ArrayList<>();
          for (int i = 0; i < READERS; i++) {
            Random own = new Random(random.nextLong());
            readers.add(threads.submit(() -> read(own)));
          }
          append(random);
          threads.shutdown();
          assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS), "a reader hangs");
          for (Future<Integer> reader : readers) {
            assertTrue(reader.get() > 0, "a reader read nothing");
          }
          assertEquals(0, log.overdueBytes(), "pins are left");
        });
  }

  private void append(Random random) {
    for (long r = 1; r <= FRAMES; r++) {
      log.append(json(r), r);
      if (random.nextInt(200) == 0) {
        Thread.yield();
      }
    }
  }

  /** Reads to the end, beginning again whenever it is lost. */
  private int read(Random random) {
    int seen = 0;
    long revision = log.headRevision();
    while (revision < FRAMES) {
      FrameCursor cursor = open(random);
      if (cursor != null) {
        try (cursor) {
          revision = firstRevisionAt(cursor);
          long before = revision;
          revision = follow(cursor, revision, random);
          seen += (int) (revision - before);
        }
      }
    }
    return seen;
  }

  private FrameCursor open(Random random) {
    long behind = random.nextInt(300);
    long position = log.positionAfter(Math.max(0, log.headRevision() - behind));
    return position < 0 ? null : log.open(position);
  }

  /** The revision before what the cursor gives first. */
  private long firstRevisionAt(FrameCursor cursor) {
    while (true) {
      ByteBuffer next = cursor.pending();
      if (next != null) {
        return ByteBuffer.wrap(Frame.read(next).get(0).payload()).getLong() - 1;
      }
      if (log.headRevision() == FRAMES && log.head() - cursor.position() == 0 || cursor.isLost()) {
        return log.headRevision();
      }
      Thread.onSpinWait();
    }
  }

  private long follow(FrameCursor cursor, long after, Random random) {
    long revision = after;
    while (revision < FRAMES && !cursor.isLost()) {
      ByteBuffer next = cursor.pending();
      if (next == null) {
        Thread.onSpinWait();
        continue;
      }
      int length = next.remaining();
      if (random.nextInt(20) == 0) {
        Thread.yield();
      }
      for (Frame frame : Frame.read(next)) {
        revision++;
        assertArrayEquals(json(revision), frame.payload());
      }
      assertEquals(0, next.remaining(), "a view ends inside a frame");
      cursor.advance(length);
    }
    return revision;
  }
}
