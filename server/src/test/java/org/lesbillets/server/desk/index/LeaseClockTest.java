package org.lesbillets.server.desk.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.rules.RuleSamples;
import org.lesbillets.server.world.FakeClock;
import org.lesbillets.server.world.TimeSource;

/** What the clock of leases tells those who ask from other threads. */
class LeaseClockTest {
  private static final int RENEWALS = 200_000;

  @Test
  void aLeaseThatIsRenewedIsNeverToldAsOver() throws InterruptedException {
    LeaseClock leases = new LeaseClock(TimeSource.system());
    Ticket locked = RuleSamples.locked(RuleSamples.ALICE, null, null);
    leases.start(locked);
    AtomicBoolean over = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    Thread asking =
        new Thread(
            () -> {
              while (!done.get()) {
                if (leases.remaining(locked.id(), locked.lock().token()).isZero()) {
                  over.set(true);
                }
              }
            });
    asking.start();
    for (int i = 0; i < RENEWALS; i++) {
      leases.start(locked);
    }
    done.set(true);
    asking.join();
    assertFalse(over.get());
  }

  @Test
  void anotherTokenHasNothingLeft() {
    FakeClock clock = new FakeClock();
    LeaseClock leases = new LeaseClock(clock);
    Ticket locked = RuleSamples.locked(RuleSamples.ALICE, null, null);
    leases.start(locked);
    assertEquals(Duration.ofMinutes(15), leases.remaining(locked.id(), 40));
    assertEquals(Duration.ZERO, leases.remaining(locked.id(), 41));
    leases.end(locked.id());
    assertEquals(Duration.ZERO, leases.remaining(locked.id(), 40));
  }

  @Test
  void sleepsUntilTheFirstDeadlineAndNoLonger() {
    FakeClock clock = new FakeClock();
    LeaseClock leases = new LeaseClock(clock);
    assertEquals(5, leases.nanosToNext(5), "nothing to wait for");
    Ticket locked = RuleSamples.locked(RuleSamples.ALICE, null, null);
    leases.start(locked);
    long ttl = Duration.ofMinutes(15).toNanos();
    assertEquals(ttl, leases.nanosToNext(Long.MAX_VALUE));
    clock.advance(Duration.ofMinutes(20));
    assertEquals(0, leases.nanosToNext(Long.MAX_VALUE));
    assertEquals(locked.id(), leases.nextOver().orElseThrow());
    assertEquals(7, leases.nanosToNext(7), "notice is given once");
  }

  @Test
  void aPauseBringsNoLeaseBackThatWasGivenUp() {
    FakeClock clock = new FakeClock();
    LeaseClock leases = new LeaseClock(clock);
    Ticket locked = RuleSamples.locked(RuleSamples.ALICE, null, null);
    leases.start(locked);
    leases.giveUp(locked.id(), locked.lock().token());
    clock.pause();
    assertEquals(locked.id(), leases.nextOver().orElseThrow());
    assertTrue(leases.isGivenUp(locked.id()));
    assertTrue(leases.isOver(locked.id()));
  }

  private static final Ticket LOCKED = RuleSamples.locked(RuleSamples.ALICE, null, null);

  @Test
  void aNoticeOfALeaseGivenUpIsGivenAgainAfterAHold() {
    LeaseClock leases = new LeaseClock(new FakeClock());
    leases.start(LOCKED);
    leases.giveUp(LOCKED.id(), LOCKED.lock().token());
    assertEquals(LOCKED.id(), leases.nextOver().orElseThrow());
    leases.hold(true);
    assertFalse(leases.isOver(LOCKED.id()));
    leases.hold(false);
    assertEquals(LOCKED.id(), leases.nextOver().orElseThrow());
  }

  private static Ticket locked(int i) {
    return locked(i, LOCKED.lock());
  }

  private static Ticket locked(int i, TicketLock lock) {
    return new Ticket(
        new TicketId(new UUID(1, i)),
        i,
        LOCKED.content(),
        LOCKED.created(),
        LOCKED.updated(),
        LOCKED.revision(),
        LOCKED.changedRevision(),
        0,
        lock);
  }

  private static List<Ticket> manyLocked() {
    return IntStream.range(0, 10_000).mapToObj(LeaseClockTest::locked).toList();
  }

  /** Starts the leases of all, and begins to extend them after a pause, a slice at a time. */
  private static void beginToExtend(LeaseClock leases, List<Ticket> all, FakeClock clock) {
    all.forEach(leases::start);
    clock.pause();
    clock.lookTakes(Duration.ofMillis(1));
    assertTrue(leases.nextOver().isEmpty());
    assertEquals(0, leases.nanosToNext(1), "not all in one turn");
  }

  private static void extendTheOthers(LeaseClock leases, FakeClock clock) {
    while (leases.nanosToNext(1) == 0) {
      leases.nextOver();
    }
    clock.lookTakes(Duration.ZERO);
  }

  @Test
  void noLeaseThatEndsWhileManyAreExtendedComesBack() {
    FakeClock clock = new FakeClock();
    LeaseClock leases = new LeaseClock(clock);
    List<Ticket> all = manyLocked();
    beginToExtend(leases, all, clock);
    all.forEach(ticket -> leases.end(ticket.id()));
    extendTheOthers(leases, clock);
    clock.advance(LOCKED.lock().ttl().multipliedBy(2));
    assertEquals(Optional.empty(), leases.nextOver());
    assertEquals(List.of(), all.stream().filter(ticket -> leases.isOver(ticket.id())).toList());
  }

  @Test
  void aLeaseGrantedAnewWhileManyAreExtendedKeepsItsOwnTerms() {
    FakeClock clock = new FakeClock();
    LeaseClock leases = new LeaseClock(clock);
    List<Ticket> all = manyLocked();
    beginToExtend(leases, all, clock);
    Duration ttl = Duration.ofDays(1);
    TicketLock lock =
        new TicketLock(RuleSamples.BOB, 41, LOCKED.lock().since(), ttl, ttl, null, null, 0);
    for (int i = 0; i < all.size(); i++) {
      leases.end(all.get(i).id());
      leases.start(locked(i, lock));
    }
    extendTheOthers(leases, clock);
    clock.advance(ttl.dividedBy(2));
    assertEquals(Optional.empty(), leases.nextOver());
    for (Ticket ticket : all) {
      assertTrue(leases.remaining(ticket.id(), 41).compareTo(ttl.dividedBy(3)) > 0);
    }
  }

  @Test
  void aLeaseOfWhichNoticeIsDueAgainWhileManyAreExtendedIsExtendedToo() {
    FakeClock clock = new FakeClock();
    LeaseClock leases = new LeaseClock(clock);
    List<Ticket> all = manyLocked();
    beginToExtend(leases, all, clock);
    clock.advance(LOCKED.lock().ttl().minusMinutes(1));
    all.forEach(ticket -> leases.remind(ticket.id(), Duration.ofMillis(200)));
    extendTheOthers(leases, clock);
    long extended = all.stream().filter(ticket -> hasHalf(leases, ticket)).count();
    // Those of the first slice were extended before the time passed.
    assertTrue(extended > 9_000, "only " + extended + " were extended");
  }

  private static boolean hasHalf(LeaseClock leases, Ticket ticket) {
    Duration left = leases.remaining(ticket.id(), ticket.lock().token());
    return left.compareTo(ticket.lock().ttl().dividedBy(2)) > 0;
  }

  @Test
  void manyAreExtendedSliceBySliceAndNoneEndsMeanwhile() {
    FakeClock clock = new FakeClock();
    LeaseClock leases = new LeaseClock(clock);
    List<Ticket> all = manyLocked();
    all.forEach(leases::start);
    Duration ttl = LOCKED.lock().ttl();
    clock.advance(ttl);
    clock.pause();
    clock.lookTakes(Duration.ofMillis(1));
    int turns = 0;
    do {
      assertTrue(leases.nextOver().isEmpty());
      turns++;
      Ticket last = all.get(turns);
      assertFalse(leases.isOver(last.id()));
      assertFalse(leases.remaining(last.id(), last.lock().token()).isZero());
    } while (leases.nanosToNext(1) == 0);
    assertTrue(turns > 10_000 / 256, "took " + turns + " turns, each of them 2 ms");
    clock.lookTakes(Duration.ZERO);
    clock.pause();
    clock.advance(ttl);
    Set<TicketId> over = new HashSet<>();
    for (var due = leases.nextOver(); due.isPresent(); due = leases.nextOver()) {
      over.add(due.get());
    }
    assertEquals(all.size(), over.size(), "extended once");
  }

  @Test
  void anExpiredLeaseEndsAlthoughTheClockIsHeldButNotWhileItIsSuspended() {
    LeaseClock leases = new LeaseClock(new FakeClock());
    leases.start(LOCKED);
    leases.hold(true);
    leases.expire(LOCKED.id(), LOCKED.lock().token());
    assertTrue(leases.isOver(LOCKED.id()));
    assertEquals(LOCKED.id(), leases.nextOver().orElseThrow());
    leases.suspend(true);
    assertFalse(leases.isOver(LOCKED.id()));
    assertTrue(leases.nextOver().isEmpty());
    assertEquals(7, leases.nanosToNext(7));
    leases.suspend(false);
    assertEquals(0, leases.nanosToNext(7));
    assertEquals(LOCKED.id(), leases.nextOver().orElseThrow());
  }
}
