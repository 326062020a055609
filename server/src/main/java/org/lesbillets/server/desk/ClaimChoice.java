package org.lesbillets.server.desk;

import java.util.Optional;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.world.TimeSource;

/**
 * The ticket a claim gets, cached for the claim that asked last and its revision of the book. The
 * desk's thread; a miss scans every ticket: a million of them in some 20 ms when the query asks for
 * no text.
 */
final class ClaimChoice {
  private final TicketBook book;
  private final TimeSource time;
  private ChangeRequest chooser;
  private Optional<TicketId> choice = Optional.empty();
  private long choiceRevision = -1;

  ClaimChoice(TicketBook book, TimeSource time) {
    this.book = book;
    this.time = time;
  }

  Optional<TicketId> choose(ChangeRequest request, ClientMessage.ClaimTicket claim) {
    if (chooser != request || choiceRevision != book.revision()) {
      QueryContext context = new QueryContext(request.requester().agent(), time.now());
      choice = TicketRules.toClaim(book.stream(), claim, context).map(Ticket::id);
      chooser = request;
      choiceRevision = book.revision();
    }
    return choice;
  }
}
