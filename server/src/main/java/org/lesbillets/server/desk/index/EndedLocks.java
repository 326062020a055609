package org.lesbillets.server.desk.index;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.rules.LockEnd;

/**
 * Tombstones of recent locks: how each ended, for refusals that name an old token. The desk's
 * thread; holds the last 10,000, and none from before the server was started.
 */
public final class EndedLocks {
  private static final int CAPACITY = 10_000;

  private final Map<Key, LockEnd> ends =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LockEnd> eldest) {
          return size() > CAPACITY;
        }
      };

  private record Key(TicketId ticket, long token) {}

  /**
   * Records how the lock held before an event ended, if the event ended it.
   *
   * @param token of the lock before the event
   */
  public void note(WireEvent event, long token) {
    boolean stillHeld = event.ticket().lock() != null && event.ticket().lock().token() == token;
    if (!stillHeld) {
      ends.put(new Key(event.ticket().id(), token), LockEnd.by(event));
    }
  }

  /** How the lock with this token ended, as far as is known. */
  public Optional<LockEnd> find(TicketId ticket, long token) {
    return Optional.ofNullable(ends.get(new Key(ticket, token)));
  }
}
