package org.lesbillets.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameLogTest {
  private static final int SMALLEST = 2 * FrameLog.SEGMENT_BYTES;

  private static byte[] json(long revision, int length) {
    byte[] bytes = new byte[length];
    byte[] number = Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(number, 0, bytes, 0, number.length);
    for (int i = number.length; i < length; i++) {
      bytes[i] = ' ';
    }
    return bytes;
  }

  private static long revision(Frame frame) {
    return Long.parseLong(frame.text().strip());
  }

  private static List<Long> drain(FrameCursor cursor) {
    List<Long> seen = new ArrayList<>();
    for (ByteBuffer next = cursor.pending(); next != null; next = cursor.pending()) {
      int length = next.remaining();
      Frame.read(next).forEach(frame -> seen.add(revision(frame)));
      assertFalse(next.hasRemaining(), "a view ends inside a frame");
      cursor.advance(length);
    }
    return seen;
  }

  private static List<Long> to(long from, long to) {
    List<Long> all = new ArrayList<>();
    for (long i = from; i <= to; i++) {
      all.add(i);
    }
    return all;
  }

  @Test
  void whatIsForgottenIsReadByNoCursorAndOverwritten() {
    FrameLog log = new FrameLog(SMALLEST, 0);
    log.append(json(1, 400), 1);
    FrameCursor behind = log.open(0);
    FrameCursor atEnd = log.open(0);
    ByteBuffer old = atEnd.pending();
    atEnd.advance(old.remaining());
    log.seal();
    assertEquals(-1, log.positionAfter(0), "those who resume do not get it");
    assertFalse(log.isRead());
    assertFalse(behind.isLost(), "it has time to read up");
    log.append(json(2, 400), 2);
    assertEquals(List.of(2L), drain(atEnd));
    log.forget();
    assertFalse(atEnd.isLost());
    assertTrue(behind.isLost());
    assertNull(behind.pending());
    assertEquals(-1, log.positionAfter(0));
    assertTrue(log.isRead());
    atEnd.close();
    behind.close();
    assertEquals(0, log.overdueBytes());
    assertTrue(log.wipe());
    assertFalse(log.wipe());
    assertEquals(0, old.get(10), "its bytes are overwritten");
  }

  /** What it would follow into has been forgotten, too, and its buffer is another's by now. */
  @Test
  void anIdleReaderAtTheEndIsLostWhenTheLogIsForgottenTwice() {
    FrameLog log = new FrameLog(SMALLEST, 0);
    log.append(json(1, 400), 1);
    FrameCursor idle = log.open(log.head());
    log.seal();
    log.forget();
    log.append(json(2, 400), 2);
    log.seal();
    log.forget();
    log.append(json(3, 400), 3);
    assertTrue(idle.isLost());
    assertNull(idle.pending());
    idle.close();
    assertEquals(0, log.overdueBytes());
    while (log.wipe()) {
      // Overwrites all that was forgotten.
    }
    for (long r = 4; r <= 3_000; r++) {
      log.append(json(r, 400), r);
    }
    assertEquals(to(2_990, 3_000), drain(log.open(log.positionAfter(2_989))));
  }

  /** A segment that had left the ring, and one that was to be used next. */
  @Test
  void nothingFromBeforeItWasSealedIsLeft() {
    FrameLog log = new FrameLog(SMALLEST, 0);
    FrameCursor slow = log.open(0);
    log.append(json(1, 400), 1);
    ByteBuffer pinned = slow.pending();
    for (long r = 2; r <= 1_000; r++) {
      log.append(json(r, 400), r);
    }
    log.seal();
    log.forget();
    slow.close();
    while (log.wipe()) {
      // Overwrites all that was forgotten.
    }
    assertEquals(0, pinned.get(10));
    log.append(json(1_001, 400), 1_001);
    ByteBuffer used = log.open(log.positionAfter(1_000)).pending();
    assertEquals(0, used.position());
    for (int at = used.limit(); at < used.capacity(); at++) {
      assertEquals(0, used.duplicate().clear().get(at), "an older frame is left at " + at);
    }
  }

  @Test
  void isNoSmallerThanTwoSegments() {
    assertThrows(IllegalArgumentException.class, () -> new FrameLog(SMALLEST - 1, 0));
    assertEquals(7, new FrameLog(SMALLEST, 7).headRevision());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 400, 65_535, 65_536, 70_000, 300_000})
  void findsThePlaceBehindAnyRevision(int length) {
    FrameLog log = new FrameLog(16L * 1024 * 1024, 100);
    // Revisions rise by two, so that every other one stands between two frames.
    for (long r = 102; r <= 140; r += 2) {
      log.append(json(r, Math.max(length, 3)), r);
    }
    for (long r = 100; r <= 145; r++) {
      try (FrameCursor cursor = log.open(log.positionAfter(r))) {
        long first = r - r % 2 + 2;
        List<Long> expected = new ArrayList<>();
        for (long e = first; e <= 140; e += 2) {
          expected.add(e);
        }
        assertEquals(expected, drain(cursor), "after " + r);
        assertEquals(log.head(), cursor.position());
        assertEquals(0, log.head() - cursor.position());
      }
    }
    assertEquals(-1, log.positionAfter(99));
  }

  @Test
  void givesNoPlaceThatLeftTheRing() {
    FrameLog log = new FrameLog(SMALLEST, 0);
    for (long r = 1; r <= 2_000; r++) {
      log.append(json(r, 400), r);
    }
    assertEquals(-1, log.positionAfter(0));
    assertNull(log.open(0));
    long oldest = 2_000;
    while (log.positionAfter(oldest - 1) >= 0) {
      oldest--;
    }
    long kept = (2_000 - oldest) * 404;
    assertTrue(kept <= SMALLEST && kept > SMALLEST - 2 * FrameLog.SEGMENT_BYTES, "kept " + kept);
    assertEquals(to(oldest + 1, 2_000), drain(log.open(log.positionAfter(oldest))));
  }

  @Test
  void aReaderThatFellOutIsLostAndCostsItsSegmentUntilItIsClosed() {
    FrameLog log = new FrameLog(SMALLEST, 0);
    log.append(json(1, 400), 1);
    FrameCursor slow = log.open(0);
    ByteBuffer view = slow.pending();
    long r = 1;
    while (!slow.isLost()) {
      log.append(json(++r, 400), r);
    }
    for (int i = 0; i < 5_000; i++) {
      log.append(json(++r, 400), r);
    }
    assertEquals(FrameLog.SEGMENT_BYTES, log.overdueBytes());
    assertEquals(1, revision(Frame.read(view).get(0)), "its bytes were used again");
    List<Long> rest = drain(slow);
    assertEquals(to(1, rest.size()), rest, "what it stands in is still whole");
    assertTrue(slow.isLost());
    slow.close();
    assertEquals(0, log.overdueBytes());
  }

  @Test
  void aBigFrameHasASegmentOfItsOwnAndIsNotKeptAliveByAReaderBeforeIt() {
    FrameLog log = new FrameLog(SMALLEST, 0);
    FrameCursor slow = log.open(0);
    for (long r = 1; r <= 50; r++) {
      log.append(json(r, 200_000), r);
    }
    assertTrue(slow.isLost());
    assertEquals(FrameLog.SEGMENT_BYTES, log.overdueBytes());
    assertNull(slow.pending());
    assertEquals(List.of(50L), drain(log.open(log.positionAfter(49))));
    slow.close();
    assertEquals(0, log.overdueBytes());
  }

  @Test
  void aReaderAtTheHeadFollowsIntoTheNextSegment() {
    FrameLog log = new FrameLog(SMALLEST, 0);
    FrameCursor cursor = log.open(log.positionAfter(0));
    assertNotNull(cursor);
    for (long r = 1; r <= 3_000; r++) {
      log.append(json(r, 100 + (int) (r % 700)), r);
      assertEquals(List.of(r), drain(cursor));
    }
    cursor.close();
    assertEquals(0, log.overdueBytes());
  }
}
