package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;

/**
 * What holds of locks in every history: one holder, tokens that rise, changes by the holder only.
 * One thread.
 */
final class LockLaws {
  private final Map<TicketId, TicketLock> held = new HashMap<>();
  private long lastToken;
  private int broken;
  private int claimed;

  /** Takes the next event of the journal. */
  void hear(SequencedEvent event) {
    TicketId id = event.event().ticket().id();
    TicketLock before = held.get(id);
    TicketLock after = event.event().ticket().lock();
    if (event.event() instanceof WireEvent.TicketLocked locked) {
      locked(event.revision(), before, locked);
    } else if (event.event() instanceof WireEvent.TicketUnlocked unlocked) {
      unlocked(before, unlocked);
    } else if (event.event() instanceof WireEvent.TicketUpdated updated) {
      updated(before, updated);
    } else {
      assertEquals(token(before), token(after), "a lock changed by itself: " + event);
    }
    held.put(id, after);
  }

  private static long token(TicketLock lock) {
    return lock == null ? 0 : lock.token();
  }

  private void locked(long revision, TicketLock before, WireEvent.TicketLocked event) {
    TicketLock lock = event.ticket().lock();
    assertEquals(event.by(), lock.holder());
    if (event.renewed()) {
      assertEquals(token(before), lock.token(), () -> "renewed what was not held: " + event);
      assertEquals(before.since(), lock.since());
      return;
    }
    boolean stolen = event.stolenFrom() != null;
    assertEquals(before == null, !stolen, () -> "two holders: " + before + ", " + event);
    assertEquals(revision, lock.token());
    assertTrue(lock.token() > lastToken, "tokens rise");
    lastToken = lock.token();
    broken += stolen ? 1 : 0;
    claimed += event.claimed() ? 1 : 0;
  }

  private void unlocked(TicketLock before, WireEvent.TicketUnlocked event) {
    assertNull(event.ticket().lock());
    assertEquals(token(before), token(event.ended()), () -> "ended what was not held: " + event);
    if (event.reason() == UnlockReason.RELEASED) {
      assertEquals(before.holder(), event.by());
    }
    broken += event.reason() == UnlockReason.FORCED ? 1 : 0;
  }

  private static void updated(TicketLock before, WireEvent.TicketUpdated event) {
    boolean own = before == null || before.holder().equals(event.by());
    boolean tags = event.changes().stream().allMatch(c -> c.field().wireName().equals("tags"));
    assertTrue(own || tags && !event.unlocked(), () -> "locked by " + before + ": " + event);
    assertEquals(
        event.unlocked() ? 0 : token(before), token(event.ticket().lock()), event::toString);
  }

  /** How many locks were stolen or forced. */
  int broken() {
    return broken;
  }

  /** How many locks came of claims. */
  int claimed() {
    return claimed;
  }

  @Override
  public String toString() {
    return broken + " broken, " + claimed + " claimed";
  }
}
