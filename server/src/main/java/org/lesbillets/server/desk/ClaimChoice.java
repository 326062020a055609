package org.lesbillets.server.desk;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/**
 * Chooses the ticket a claim gets: the first open, unlocked, unassigned match. The desk's thread;
 * looks at every ticket, once for each revision a claim is decided at: a million of them in some 20
 * ms when the query asks for no text.
 */
final class ClaimChoice {
  private final TicketBook book;
  private ChangeRequest chooser;
  private Optional<TicketId> choice = Optional.empty();
  private long choiceRevision = -1;

  ClaimChoice(TicketBook book) {
    this.book = book;
  }

  /** The ticket a claim gets as things are now, if there is one. */
  Optional<TicketId> choose(ChangeRequest request, ClientMessage.ClaimTicket claim, Instant now) {
    if (chooser != request || choiceRevision != book.revision()) {
      choice = best(claim, new QueryContext(request.requester().agent(), now)).map(Ticket::id);
      chooser = request;
      choiceRevision = book.revision();
    }
    return choice;
  }

  private Optional<Ticket> best(ClientMessage.ClaimTicket claim, QueryContext context) {
    TicketQuery query = claim.query() == null ? TicketQuery.ALL : claim.query();
    TicketOrder order = claim.order() == null ? TicketOrder.MOST_URGENT : claim.order();
    return book.stream()
        .filter(ClaimChoice::isFree)
        .filter(ticket -> query.matches(ticket, context))
        .min(order.comparator().thenComparing(Comparator.comparing(Ticket::id)));
  }

  /** Whether nobody has the ticket yet. */
  private static boolean isFree(Ticket ticket) {
    return ticket.isOpen() && !ticket.isLocked() && ticket.content().assignee() == null;
  }
}
