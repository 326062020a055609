package org.lesbillets.cli.command.edit;

import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.command.TicketService;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Sends the patch of an edit under its lock with optimistic concurrency: retried while others
 * changed tags only, refused when they changed more.
 */
record EditUpdate(TicketService service, EditLock lock) {
  private static final int ATTEMPTS = 5;

  /**
   * @throws RejectedException STALE_REVISION if more than tags was changed since {@code base}, or
   *     whatever else the server refuses it for
   */
  EventMessage send(DraftBase base, TicketPatch patch) {
    long revision = base.revision();
    for (int attempt = 1; ; attempt++) {
      try {
        return service.change(update(base, patch, revision));
      } catch (RejectedException e) {
        if (e.code() != RejectionCode.STALE_REVISION || attempt == ATTEMPTS) {
          throw e;
        }
        revision = revisionIfOnlyTagsMoved(base, e);
      }
    }
  }

  private ClientMessage.UpdateTicket update(DraftBase base, TicketPatch patch, long revision) {
    return new ClientMessage.UpdateTicket(TicketRef.of(base.id()), patch, lock.token())
        .onlyAt(revision)
        .unlocking(lock.isOwn());
  }

  /** Tags need no lock, so that concurrent changes of them are no conflict. */
  private long revisionIfOnlyTagsMoved(DraftBase base, RejectedException refused) {
    Ticket now = service.details(TicketRef.of(base.id()), false, null).ticket();
    if (!ContentPatch.between(base.content(), now.content()).needsNoLock()) {
      throw refused;
    }
    return now.changedRevision();
  }
}
