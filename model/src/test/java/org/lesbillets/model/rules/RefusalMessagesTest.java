package org.lesbillets.model.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesbillets.model.rules.RuleSamples.ALICE;
import static org.lesbillets.model.rules.RuleSamples.BOB;
import static org.lesbillets.model.rules.RuleSamples.NOW;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;

/** Refusals as people read them. */
class RefusalMessagesTest {
  @Test
  void aLockInTheWay() {
    assertEquals(
        "Ticket 17 is locked by bob for 2 min: unless renewed, it is free in 13 min.",
        RefusalMessages.locked(RuleSamples.locked(BOB, null, null), ALICE, NOW));
    assertEquals(
        "Ticket 17 is locked by bob, in the tui, for 2 min (calling customer):"
            + " unless renewed, it is free in 13 min.",
        RefusalMessages.locked(RuleSamples.locked(BOB, "calling customer", "tui"), ALICE, NOW));
    assertEquals(
        "Ticket 17 is locked by you, in the tui, for 2 min: go on there, or unlock it first.",
        RefusalMessages.locked(RuleSamples.locked(ALICE, null, "tui"), ALICE, NOW));
    assertEquals(
        "Ticket 17 is locked by you for 2 min (calling): go on there, or unlock it first.",
        RefusalMessages.locked(RuleSamples.locked(ALICE, "calling", null), ALICE, NOW));
  }

  @Test
  void aLockAboutToEndAndAWallClockThatWasSetBack() {
    Ticket locked = RuleSamples.locked(BOB, null, null);
    Ticket ending = locked.withLock(locked.lock().withRemaining(Duration.ofMillis(20), 0));
    assertEquals(
        "Ticket 17 is locked by bob since just now: unless renewed, it is free in 1 s.",
        RefusalMessages.locked(ending, ALICE, NOW.minusSeconds(3_600)));
  }

  @Test
  void aTokenThatIsOver() {
    assertEquals(
        "Token 30 does not hold ticket 17, and nobody holds it now: lock it again.",
        RefusalMessages.staleToken(RuleSamples.ticket(), 30, ALICE, Optional.empty()));
    assertEquals(
        "Token 30 does not hold ticket 17, and bob holds it now under token 40: look at what"
            + " changed.",
        RefusalMessages.staleToken(
            RuleSamples.locked(BOB, null, null), 30, ALICE, Optional.empty()));
    assertEquals(
        "Token 30 does not hold ticket 17, but you hold it now under token 40: go on with that"
            + " one.",
        RefusalMessages.staleToken(
            RuleSamples.locked(ALICE, null, null), 30, ALICE, Optional.empty()));
  }

  @Test
  void whatElseIsInTheWay() {
    assertEquals(
        "Ticket 17 is not locked: there is nothing to unlock.",
        RefusalMessages.notLocked(RuleSamples.ticket()));
    assertEquals(
        "Ticket 17 was changed at revision 20, after the revision 19 you have seen: look again.",
        RefusalMessages.staleRevision(RuleSamples.ticket().withRevision(50, 20), 19));
    assertEquals(
        "Ticket 17 would have more than 20 tags: remove some first.",
        RefusalMessages.tooManyTags(RuleSamples.ticket(), 20));
  }

  @Test
  void aTicketThatIsNotThereOrNotTheOnlyOne() {
    assertEquals(
        "There is no ticket 18: list the tickets to see which there are.",
        TicketRules.unresolved(TicketRef.of(18), List.of()).message());
    assertEquals(
        "abcd can mean more than one ticket: give more of the UUID, or the number.",
        TicketRules.unresolved(
                TicketRef.parse("abcd"), List.of(RuleSamples.ticket(), RuleSamples.ticket()))
            .message());
  }

  @Test
  void whatARoleMayNotDo() {
    assertEquals(
        "LockTicket needs the role agent, and your token has the role reader:"
            + " ask whoever runs the server.",
        TicketRules.refusal(Ask.lock("1", 17), Role.READER).orElseThrow().message());
  }

  @ParameterizedTest(name = "{0} ms are {1}")
  @CsvSource({
    "-1, 0 s",
    "0, 0 s",
    "999, 0 s",
    "1000, 1 s",
    "89999, 89 s",
    "90000, 2 min",
    "149999, 2 min",
    "150000, 3 min",
    "900000, 15 min",
    "5399999, 90 min",
    "5400000, 2 h",
    "28800000, 8 h"
  })
  void durationsAreToldAsPeopleDo(long millis, String expected) {
    assertEquals(expected, RefusalMessages.rough(Duration.ofMillis(millis)));
  }
}
