package org.lesbillets.cli.client.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.lock.LockLostReason.Kind;
import org.lesbillets.model.message.GiveBack;

final class LastingLeaseTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Lease LEASE = new Lease(17, 9, TTL, Duration.ofSeconds(4));

  private final List<Lease> kept = new ArrayList<>();
  private final List<LeaseKeeper.Listener> keepers = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private final List<LockLostReason> lost = new ArrayList<>();
  private final LastingLease lease = LastingLease.start(this::keep, LEASE, lost::add);

  private KeptLease keep(Lease one, LeaseKeeper.Listener listener) {
    kept.add(one);
    keepers.add(listener);
    int number = kept.size();
    return new KeptLease() {
      @Override
      public boolean release(GiveBack giveBack, Duration patience) {
        String how = giveBack == null ? "release " : "give back ";
        return ends.add(how + number + " within " + patience.toSeconds());
      }

      @Override
      public void close() {
        ends.add("close " + number);
      }
    };
  }

  private void lose(Kind kind) {
    keepers.get(keepers.size() - 1).lost(LockLostReason.because(kind, "lost"));
  }

  @Test
  void goesOnWhenTheServerWasAway() {
    lose(Kind.AWAY);
    lose(Kind.AWAY);
    Lease whole = new Lease(17, 9, TTL, TTL);
    assertEquals(List.of(LEASE, whole, whole), kept, "it may have its whole time again");
    assertEquals(List.of(), lost);
    lease.release(Duration.ofSeconds(3));
    lease.close();
    assertEquals(List.of("release 3 within 3"), ends);
    assertFalse(lease.release(GiveBack.FAILED, Duration.ofSeconds(3)), "it is over");
  }

  @Test
  void aClaimIsGivenBack() {
    assertTrue(lease.release(GiveBack.FAILED, Duration.ofSeconds(3)));
    assertEquals(List.of("give back 1 within 3"), ends);
  }

  @Test
  void anyOtherLossIsOne() {
    lose(Kind.AWAY);
    lose(Kind.REFUSED);
    assertEquals(List.of(Kind.REFUSED), lost.stream().map(LockLostReason::kind).toList());
    assertEquals(2, kept.size());
  }

  @Test
  void whatWasClosedIsNotKeptAnew() {
    lease.close();
    lose(Kind.AWAY);
    assertEquals(1, kept.size());
    assertEquals(List.of("close 1"), ends);
  }
}
