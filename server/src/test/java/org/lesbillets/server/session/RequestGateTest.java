package org.lesbillets.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lesbillets.server.session.SessionLimits.AnswerLimits;
import org.lesbillets.server.world.FakeClock;

class RequestGateTest {
  private static final int MEGABYTE = 1024 * 1024;

  private final FakeClock clock = new FakeClock();
  private final AnswerMemory memory = new AnswerMemory(AnswerLimits.DEFAULT);
  private final RequestGate gate = gate();

  private RequestGate gate() {
    return new RequestGate(SessionLimits.DEFAULT, clock, memory.open());
  }

  private int messages() {
    int admitted = 0;
    while (gate.admitMessage()) {
      admitted++;
    }
    return admitted;
  }

  @Test
  void asManyMessagesAsASecondsWorthAndThenAtTheRate() {
    assertEquals(20_001, messages());
    clock.advance(Duration.ofMillis(100));
    assertEquals(2_000, messages());
    assertEquals(0, messages());
    clock.advance(Duration.ofHours(1));
    assertEquals(20_001, messages(), "no more than that is saved up");
  }

  @Test
  void aSmallHeapHasSmallerBounds() {
    AnswerLimits small = SessionLimits.DEFAULT.within(64L * MEGABYTE).answers();
    assertEquals(new AnswerLimits(MEGABYTE, 4 * MEGABYTE, 16 * MEGABYTE), small);
    assertEquals(SessionLimits.DEFAULT, SessionLimits.DEFAULT.within(512L * MEGABYTE));
  }

  @Test
  void aRequestReservesUntilItIsAnswered() {
    assertTrue(gate.admit("large", 1_000_000));
    assertTrue(gate.admit("small", 10));
    assertTrue(memory.bytes() >= 1_000_010);
    gate.answered("small");
    assertTrue(memory.bytes() >= 1_000_000, "the other is still due");
    gate.answered("large");
    assertEquals(0, memory.bytes());
  }

  /** Else those that wait would gather what the others reserved, until nothing is read. */
  @Test
  void whatIsAnsweredLeavesNothingToThoseThatWait() {
    for (int i = 0; i < 250; i++) {
      gate.admit("waits" + i, 0);
    }
    long waiting = memory.bytes();
    for (int i = 0; i < 2_000; i++) {
      gate.admit("r", 200_000);
      gate.answered("r");
    }
    assertEquals(waiting, memory.bytes());
  }

  @Test
  void noMoreThanTheBoundAreUnanswered() {
    for (int i = 0; i < 256; i++) {
      assertTrue(gate.admit("r", 1));
    }
    assertFalse(gate.admit("r", 1));
    gate.answered("r");
    assertTrue(gate.admit("r", 1));
  }

  /** Those that hold little are read from, whatever others hold. */
  @Test
  void theFullerTheServerTheSmallerTheShareOfEach() {
    RequestGate others = gate();
    RequestGate little = gate();
    gate.admit("r", 30 * MEGABYTE);
    little.admit("r", 10_000);
    assertTrue(gate.isReadable());
    others.admit("r", 40 * MEGABYTE);
    assertFalse(others.isReadable());
    assertFalse(gate.isReadable(), "more than half is held");
    others.admit("s", 70 * MEGABYTE);
    assertTrue(memory.isExceeded());
    assertTrue(little.isReadable());
    little.admit("s", 70_000);
    assertFalse(little.isReadable());
    others.close();
    assertTrue(little.isReadable());
    assertTrue(gate.isReadable());
  }
}
