package org.lesbillets.server.desk.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
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
    return new Ticket(
        new TicketId(new UUID(1, i)),
        i,
        LOCKED.content(),
        LOCKED.created(),
        LOCKED.updated(),
        LOCKED.revision(),
        LOCKED.changedRevision(),
        0,
        LOCKED.lock());
  }

  @Test
  void manyAreExtendedSliceBySliceAndNoneEndsMeanwhile() {
    FakeClock clock = new FakeClock();
    LeaseClock leases = new LeaseClock(clock);
    List<Ticket> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(locked(i));
    }
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
