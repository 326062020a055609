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
    assertTrue(gate.admit(1_000_000));
    assertTrue(gate.admit(10));
    assertTrue(memory.bytes() >= 1_000_010);
    gate.answered();
    gate.answered();
    assertEquals(0, memory.bytes());
  }

  @Test
  void noMoreThanTheBoundAreUnanswered() {
    for (int i = 0; i < 256; i++) {
      assertTrue(gate.admit(1));
    }
    assertFalse(gate.admit(1));
    gate.answered();
    assertTrue(gate.admit(1));
  }

  /** Those that hold little are read from, whatever others hold. */
  @Test
  void theFullerTheServerTheSmallerTheShareOfEach() {
    RequestGate others = gate();
    RequestGate little = gate();
    gate.admit(30 * MEGABYTE);
    little.admit(10_000);
    assertTrue(gate.isReadable());
    others.admit(40 * MEGABYTE);
    assertFalse(others.isReadable());
    assertFalse(gate.isReadable(), "more than half is held");
    others.admit(70 * MEGABYTE);
    assertTrue(memory.isExceeded());
    assertTrue(little.isReadable());
    little.admit(70_000);
    assertFalse(little.isReadable());
    others.close();
    assertTrue(little.isReadable());
    assertTrue(gate.isReadable());
  }
}
