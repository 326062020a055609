package org.lesbillets.cli.client.lock;

import java.util.List;
import org.lesbillets.cli.client.lock.LockLostReason.Kind;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketCommented;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.event.WireEvent.TicketRedacted;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.event.WireEvent.TicketUpdated;
import org.lesbillets.model.event.WireEvent.UnknownEvent;

/**
 * The detection of a lock's loss from events: each gives how it ended the lock, or null. Immutable;
 * any thread.
 *
 * @param token of the lock
 */
record LockLossDetector(long token) implements WireEvent.Visitor<LockLostReason> {

  /** The loss that a ticket's present state shows; null while the lock is held. */
  LockLostReason seen(Ticket ticket) {
    if (ticket.lock() == null) {
      return LockLostReason.because(Kind.RELEASED, "nobody holds the lock any more");
    }
    AgentName holder = ticket.lock().holder();
    return ticket.lock().token() == token
        ? null
        : new LockLostReason(
            Kind.TAKEN, holder, null, ticket.lock().since(), holder + " holds the lock now");
  }

  /**
   * How the lock ended, by its ticket's history.
   *
   * @param history newest first
   * @return null if the lock is still held, or began before this part of the history
   */
  LockLostReason in(List<SequencedEvent> history) {
    LockLostReason first = null;
    for (SequencedEvent event : history) {
      if (event.revision() <= token) {
        return first;
      }
      LockLostReason lost = event.event().accept(this);
      first = lost == null ? first : lost;
    }
    return null;
  }

  @Override
  public LockLostReason onLocked(TicketLocked event) {
    LockLostReason seen = seen(event.ticket());
    return seen == null || event.stolenFrom() == null
        ? seen
        : lost(Kind.TAKEN, event, event.reason(), event.by() + " took the lock");
  }

  @Override
  public LockLostReason onUnlocked(TicketUnlocked event) {
    if (event.ended() != null && event.ended().token() != token) {
      return null;
    }
    return switch (event.reason()) {
      case EXPIRED -> lost(Kind.EXPIRED, event, null, "its time was over");
      case FORCED -> lost(Kind.FORCED, event, event.note(), event.by() + " broke the lock");
      case RELEASED -> lost(Kind.RELEASED, event, null, event.by() + " released the lock");
    };
  }

  @Override
  public LockLostReason onUpdated(TicketUpdated event) {
    LockLostReason seen = seen(event.ticket());
    return seen == null || seen.kind() != Kind.RELEASED
        ? seen
        : lost(Kind.RELEASED, event, null, event.by() + " changed the ticket and released it");
  }

  private static LockLostReason lost(Kind kind, WireEvent event, String reason, String what) {
    String why = reason == null || reason.isEmpty() ? "" : ": \"" + reason + '"';
    return new LockLostReason(kind, event.by(), reason, event.at(), what + why);
  }

  @Override
  public LockLostReason onCreated(TicketCreated event) {
    return null;
  }

  @Override
  public LockLostReason onCommented(TicketCommented event) {
    return seen(event.ticket());
  }

  @Override
  public LockLostReason onRedacted(TicketRedacted event) {
    return seen(event.ticket());
  }

  @Override
  public LockLostReason onUnknown(UnknownEvent event) {
    return seen(event.ticket());
  }
}
