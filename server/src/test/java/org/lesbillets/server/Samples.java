package org.lesbillets.server;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.journal.Outcome;

/** Requests, and journals that are full before a server starts on them. */
final class Samples {
  private Samples() {}

  static ClientMessage create(String requestId, String title) {
    return new ClientMessage.CreateTicket(requestId, null, TicketContent.titled(title));
  }

  static ClientMessage retitle(String requestId, long number, String title) {
    return new ClientMessage.UpdateTicket(
            TicketRef.of(number), TicketPatch.of(TicketField.TITLE, title), null)
        .identified(requestId, null);
  }

  static ClientMessage comment(String requestId, long number, String text) {
    return new ClientMessage.CommentTicket(requestId, null, TicketRef.of(number), text);
  }

  static ClientMessage watch(String requestId, String query) {
    return ClientMessage.GetTickets.watching(requestId, query(query), null);
  }

  static TicketQuery query(String text) {
    try {
      return text == null ? null : TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** A journal with so many tickets, the titles "Ticket 1" and so on. */
  static MemoryJournal journal(int tickets) {
    MemoryJournal journal = new MemoryJournal();
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 1; i <= tickets; i++) {
      Append append = Facts.create(UUID.randomUUID(), 0, "Ticket " + i);
      outcomes.add(journal.append(append).toCompletableFuture());
      if (i % 1_000 == 0) {
        outcomes.get(outcomes.size() - 1).orTimeout(60, TimeUnit.SECONDS).join();
      }
    }
    outcomes.forEach(CompletableFuture::join);
    return journal;
  }

  /** The event a client hears next, answers and pushes alike. */
  static SequencedEvent event(ServerMessage message) {
    return ((ServerMessage.EventMessage) message).event();
  }
}
