package org.lesbillets.server.update;

import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's log of redactions, and of locks that ended otherwise than their holders
 * wanted. Names agents and tickets' numbers, never what is written in a ticket. The updater's
 * thread, which waits for no appender. Stateless.
 */
final class LockLog implements WireEvent.Visitor<Void> {
  private static final Logger LOG = LoggerFactory.getLogger(LockLog.class);

  @Override
  public Void onLocked(WireEvent.TicketLocked event) {
    if (event.stolenFrom() != null) {
      LOG.info(
          "Ticket {}: {} broke the lock of {}",
          event.ticket().number(),
          event.by(),
          event.stolenFrom());
    }
    return null;
  }

  @Override
  public Void onUnlocked(WireEvent.TicketUnlocked event) {
    long number = event.ticket().number();
    if (event.reason() == UnlockReason.FORCED && !event.ended().holder().equals(event.by())) {
      LOG.info("Ticket {}: {} ended the lock of {}", number, event.by(), event.ended().holder());
    } else if (event.reason() == UnlockReason.EXPIRED && event.returned()) {
      LOG.info(
          "Ticket {}: the claim of {} expired, and is back in the pool",
          number,
          event.ended().holder());
    } else if (event.reason() == UnlockReason.EXPIRED) {
      LOG.debug("Ticket {}: the lock of {} expired", number, event.ended().holder());
    }
    return null;
  }

  @Override
  public Void onCreated(WireEvent.TicketCreated event) {
    return null;
  }

  @Override
  public Void onUpdated(WireEvent.TicketUpdated event) {
    return null;
  }

  @Override
  public Void onCommented(WireEvent.TicketCommented event) {
    return null;
  }

  @Override
  public Void onRedacted(WireEvent.TicketRedacted event) {
    LOG.info(
        "Ticket {}: {} redacted {}",
        event.ticket().number(),
        event.by(),
        event.what().field() == null
            ? "comment " + event.what().comment()
            : "the " + event.what().field().wireName());
    return null;
  }

  @Override
  public Void onUnknown(WireEvent.UnknownEvent event) {
    return null;
  }
}
