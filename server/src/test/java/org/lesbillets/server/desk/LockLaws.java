package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;

/**
 * What holds of locks in every history: one holder, tokens that rise, changes by the holder only.
 * One thread.
 */
final class LockLaws {
  private static final Set<TicketField<?>> NEEDS_NO_LOCK =
      Set.of(TicketField.TAGS, TicketField.ATTEMPTS, TicketField.RAISED);

  private final Map<TicketId, Ticket> known = new HashMap<>();
  private final Map<TicketId, TicketLock> held = new HashMap<>();
  private long lastToken;
  private int broken;
  private int claimed;
  private int returned;

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
    Ticket ticket = event.event().ticket();
    Ticket earlier = known.put(id, ticket);
    if (earlier != null) {
      returned(earlier, event.event());
    }
  }

  /** A claim goes back whole, or not at all. */
  private void returned(Ticket before, WireEvent event) {
    Ticket after = event.ticket();
    if (event instanceof WireEvent.TicketUpdated updated) {
      assertEquals(before.attempts() != after.attempts(), changesAttempts(updated));
      return;
    }
    boolean claimed = event instanceof WireEvent.TicketLocked locked && locked.claimed();
    if (!goesBack(before, event)) {
      assertEquals(before.attempts(), after.attempts(), event::toString);
      AgentName assignee = claimed ? event.by() : before.content().assignee();
      assertEquals(assignee, after.content().assignee(), event::toString);
      return;
    }
    returned++;
    AgentName assignee = before.content().assignee();
    boolean claimants = before.lock().holder().equals(assignee);
    assertEquals(claimants ? null : assignee, after.content().assignee(), event::toString);
    long more = after.attempts() - before.attempts();
    boolean expired = event.by() == null;
    boolean broken = !expired && !event.by().equals(before.lock().holder());
    assertTrue(expired ? more == 1 : more == 0 || more == 1 && !broken, event::toString);
  }

  private static boolean changesAttempts(WireEvent.TicketUpdated event) {
    return event.changes().stream().anyMatch(c -> c.field() == TicketField.ATTEMPTS);
  }

  /** Whether the event gave a claim back; it must where a returning one ended by itself. */
  private static boolean goesBack(Ticket before, WireEvent event) {
    TicketLock lock = before.lock();
    boolean returning = lock != null && lock.kind().returns();
    if (event instanceof WireEvent.TicketLocked locked) {
      assertEquals(returning && locked.stolenFrom() != null, locked.returned(), event::toString);
      return locked.returned();
    }
    if (event instanceof WireEvent.TicketUnlocked unlocked) {
      boolean released = unlocked.reason() == UnlockReason.RELEASED;
      assertTrue(released || returning == unlocked.returned(), event::toString);
      assertTrue(!unlocked.returned() || lock.kind().isClaim(), event::toString);
      return unlocked.returned();
    }
    return false;
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
    boolean free =
        event.changes().stream().map(FieldChange::field).allMatch(NEEDS_NO_LOCK::contains);
    assertTrue(own || free && !event.unlocked(), () -> "locked by " + before + ": " + event);
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

  /** How many claims went back to the pool. */
  int returned() {
    return returned;
  }

  @Override
  public String toString() {
    return broken + " broken, " + claimed + " claimed, " + returned + " returned";
  }
}
