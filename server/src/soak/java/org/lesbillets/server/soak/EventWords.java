package org.lesbillets.server.soak;

import java.util.Locale;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;

/** What an event is called, and which mark it bears. Stateless. */
final class EventWords {
  private EventWords() {}

  /** The model's word for it. */
  static String kind(SequencedEvent event) {
    if (event.event() instanceof WireEvent.TicketLocked locked) {
      return locked.renewed() ? "renewed" : locked.stolenFrom() == null ? "granted" : "stolen";
    }
    if (event.event() instanceof WireEvent.TicketUnlocked unlocked) {
      return unlocked.reason().name().toLowerCase(Locale.ROOT);
    }
    return event.event() instanceof WireEvent.TicketUpdated ? "updated" : "commented";
  }

  /** The mark of the operation it came of; null when it says none. */
  static String mark(SequencedEvent event) {
    if (event.event() instanceof WireEvent.TicketLocked locked) {
      return locked.ticket().lock().note();
    }
    if (event.event() instanceof WireEvent.TicketUnlocked unlocked) {
      return unlocked.reason() == UnlockReason.FORCED ? unlocked.note() : null;
    }
    if (event.event() instanceof WireEvent.TicketCommented said) {
      return said.comment().text();
    }
    return event.event() instanceof WireEvent.TicketUpdated updated ? title(updated) : null;
  }

  private static String title(WireEvent.TicketUpdated updated) {
    return updated.changes().stream()
        .filter(FieldChange.Replaced.class::isInstance)
        .map(change -> ((FieldChange.Replaced) change).to())
        .findFirst()
        .orElse(null);
  }

  /** The event without what is only true of the moment it was told. */
  static WireEvent settled(SequencedEvent event) {
    WireEvent fact = event.event();
    if (fact.ticket().lock() != null) {
      fact = fact.withTicket(fact.ticket().withLock(fact.ticket().lock().settled()));
    }
    return fact instanceof WireEvent.TicketUnlocked end
        ? end.withEnded(end.ended().settled())
        : fact;
  }

  /** Whether a lock was released because it came to a waiter who had left. */
  static boolean isGivenUp(SequencedEvent event) {
    return event.event() instanceof WireEvent.TicketUnlocked end
        && end.reason() == UnlockReason.RELEASED
        && end.note() != null;
  }

  static boolean isExpiry(SequencedEvent event) {
    return event.event() instanceof WireEvent.TicketUnlocked end
        && end.reason() == UnlockReason.EXPIRED;
  }
}
