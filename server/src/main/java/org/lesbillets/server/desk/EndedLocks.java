package org.lesbillets.server.desk;

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
final class EndedLocks implements WireEvent.Visitor<Optional<LockEnd>> {
  private static final int MOST = 10_000;

  private final Map<Key, LockEnd> ends =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LockEnd> eldest) {
          return size() > MOST;
        }
      };

  private record Key(TicketId ticket, long token) {}

  /**
   * Records how the lock held before an event ended, if the event ended it.
   *
   * @param token of the lock before the event
   */
  void note(WireEvent event, long token) {
    boolean stillHeld = event.ticket().lock() != null && event.ticket().lock().token() == token;
    if (!stillHeld) {
      event.accept(this).ifPresent(end -> ends.put(new Key(event.ticket().id(), token), end));
    }
  }

  /** How the lock with this token ended, as far as is known. */
  Optional<LockEnd> find(TicketId ticket, long token) {
    return Optional.ofNullable(ends.get(new Key(ticket, token)));
  }

  @Override
  public Optional<LockEnd> onCreated(WireEvent.TicketCreated event) {
    return Optional.empty();
  }

  @Override
  public Optional<LockEnd> onUpdated(WireEvent.TicketUpdated event) {
    return Optional.of(new LockEnd(LockEnd.How.RELEASED, event.by(), null));
  }

  @Override
  public Optional<LockEnd> onLocked(WireEvent.TicketLocked event) {
    return Optional.of(new LockEnd(LockEnd.How.STOLEN, event.by(), event.reason()));
  }

  @Override
  public Optional<LockEnd> onUnlocked(WireEvent.TicketUnlocked event) {
    LockEnd.How how =
        switch (event.reason()) {
          case RELEASED -> LockEnd.How.RELEASED;
          case EXPIRED -> LockEnd.How.EXPIRED;
          case FORCED -> LockEnd.How.FORCED;
        };
    return Optional.of(new LockEnd(how, event.by(), event.note()));
  }

  @Override
  public Optional<LockEnd> onCommented(WireEvent.TicketCommented event) {
    return Optional.empty();
  }

  @Override
  public Optional<LockEnd> onUnknown(WireEvent.UnknownEvent event) {
    return Optional.empty();
  }
}
