package org.lesbillets.server.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage;

/** Leases of three seconds that end when they should not are found out. */
class LeaseTimesTest {
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final AgentName ALICE = new AgentName("alice");

  private final Ticket ticket = TicketMaker.ticket(1).title("New").make().withRevision(1, 1);
  private final List<SequencedEvent> history = new ArrayList<>();
  private final LeaseTimes times = new LeaseTimes();
  private Instant wall = TicketMaker.NOW;

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static TicketLock lock(long token, long leftMillis) {
    Duration left = Duration.ofMillis(leftMillis);
    return new TicketLock(ALICE, token, TicketMaker.NOW, TTL, left, null, "soak", 0);
  }

  /** Happens, and is heard, or is not because nobody is connected. */
  private void happens(WireEvent event, long millis, boolean heard) {
    long revision = history.size() + 1L;
    SequencedEvent sequenced = new SequencedEvent(revision, revision - 1, event);
    history.add(sequenced);
    if (heard) {
      times.hear(sequenced, nanos(millis));
    }
  }

  private void locked(long millis) {
    TicketLock lock = lock(history.size() + 1L, TTL.toMillis());
    happens(
        new WireEvent.TicketLocked(wall, ALICE, ticket.withLock(lock), false, false), millis, true);
  }

  private WireEvent ended(UnlockReason reason, long token) {
    return new WireEvent.TicketUnlocked(wall, ALICE, ticket, reason, null, lock(token, 0));
  }

  private void expired(long millis) {
    happens(ended(UnlockReason.EXPIRED, history.size()), millis, true);
  }

  private void told(TicketLock lock, long startedMillis, long millis) {
    ServerMessage.AllTickets snapshot =
        new ServerMessage.AllTickets(
            "w", List.of(ticket.withLock(lock)), history.size(), "j", false, true, 1);
    times.begin(snapshot, nanos(startedMillis), nanos(millis));
  }

  private void assertFound(int measured, long early, long late) {
    LeaseTimes.Findings found = times.findings(history);
    assertEquals(measured, found.measured(), found::toString);
    assertEquals(early, found.earliestMillis(), found::toString);
    assertEquals(late, found.latestMillis(), found::toString);
  }

  private void assertCutShort(int leases) {
    assertEquals(leases, times.findings(history).cutShort());
  }

  @Test
  void onTimeEarlyAndLate() {
    locked(0);
    expired(3_000);
    assertFound(1, 0, 0);
    locked(4_000);
    expired(6_600);
    assertFound(2, 400, 0);
    locked(10_000);
    expired(14_300);
    assertFound(3, 400, 1_300);
  }

  @Test
  void aRenewedLeaseBeginsAgain() {
    locked(0);
    locked(2_000);
    expired(5_000);
    assertFound(1, 0, 0);
  }

  @Test
  void aLeaseThatSomebodyHadToEndOrThatNeverEndedIsLateToo() {
    locked(0);
    happens(ended(UnlockReason.RELEASED, 1), 4_000, true);
    assertFound(0, 0, 1_000);
    locked(5_000);
    times.cut(nanos(10_000));
    assertFound(0, 0, 2_000);
  }

  @Test
  void aJumpOfTheWallClockUnderALease() {
    locked(0);
    expired(3_000);
    assertEquals(0, times.findings(history).overJumps());
    locked(4_000);
    wall = wall.minus(Duration.ofHours(5));
    expired(7_000);
    assertEquals(1, times.findings(history).overJumps());
    assertFound(2, 0, 0);
  }

  @Test
  void aServerThatComesBackGivesTheWholeTimeAgain() {
    locked(0);
    times.cut(nanos(1_000));
    told(lock(1, 2_900), 8_000, 8_100);
    expired(11_000);
    assertFound(1, 0, 0);
    assertEquals(1, times.findings(history).overDowntime());
    assertCutShort(0);
  }

  @Test
  void aServerThatComesBackGoesOnCounting() {
    locked(0);
    times.cut(nanos(1_000));
    told(lock(1, 1_000), 1_400, 1_500);
    assertCutShort(1);
  }

  @Test
  void aServerThatComesBackEndsALeaseAtOnce() {
    locked(0);
    times.cut(nanos(1_000));
    happens(ended(UnlockReason.EXPIRED, 1), 8_010, false);
    told(null, 8_000, 10_900);
    assertCutShort(1);
  }

  @Test
  void whatWasReleasedOrRanOutBeforeAnybodyWasBackIsInOrder() {
    locked(0);
    times.cut(nanos(1_000));
    happens(ended(UnlockReason.RELEASED, 1), 8_010, false);
    told(null, 8_000, 8_100);
    locked(9_000);
    times.cut(nanos(11_900));
    happens(ended(UnlockReason.EXPIRED, 3), 11_900, false);
    told(null, 13_000, 13_100);
    assertFound(0, 0, 0);
    assertCutShort(0);
  }

  @Test
  void aServerThatComesBackKeepsALeaseTooLong() {
    locked(0);
    times.cut(nanos(1_000));
    told(lock(1, 2_900), 8_000, 8_100);
    times.cut(nanos(12_500));
    assertFound(0, 0, 1_500);
  }
}
