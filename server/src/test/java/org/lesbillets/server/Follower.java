package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * Watches everything and keeps a book of it; comes back and resumes when it is cut. A hole or a
 * double is an error at once.
 */
final class Follower implements AutoCloseable {
  private final TestServer server;
  private final String name;
  private final TicketBook book = new TicketBook();
  private WireClient client;
  private ResumePoint since;
  private int connections;

  Follower(TestServer server, String name) {
    this.server = server;
    this.name = name;
    connect();
  }

  private void connect() {
    connections++;
    client = server.connect(name);
    client.send(ClientMessage.GetTickets.watching("w", null, since));
  }

  /** Follows until the last event is {@code revision}. */
  Follower followTo(long revision) {
    while (since == null || since.revision() < revision) {
      ServerMessage next = client.nextOrNull();
      if (next == null) {
        client.close();
        connect();
      } else {
        take(next);
      }
    }
    assertEquals(revision, since.revision());
    return this;
  }

  private void take(ServerMessage message) {
    if (message instanceof ServerMessage.AllTickets all) {
      list(all);
    } else if (message instanceof ServerMessage.Resumed resumed) {
      assertEquals(since.revision(), resumed.revision());
    } else if (message instanceof ServerMessage.EventMessage event) {
      assertEquals(since.revision(), event.event().previousRevision(), name + " has a hole");
      assertTrue(event.event().revision() > since.revision(), name + " has a double");
      book.apply(event.event());
      since = new ResumePoint(since.journalId(), event.event().revision());
    }
  }

  private void list(ServerMessage.AllTickets first) {
    assertTrue(since == null, "a list in place of a resumption: " + first.reset());
    List<Ticket> tickets = new ArrayList<>(first.tickets());
    ServerMessage.AllTickets last = first;
    while (last.more()) {
      last = client.next(ServerMessage.AllTickets.class);
      tickets.addAll(last.tickets());
    }
    assertEquals(last.total(), tickets.size());
    tickets.forEach(book::put);
    book.standAt(last.revision());
    since = new ResumePoint(last.journalId(), last.revision());
  }

  TicketBook book() {
    return book;
  }

  int connections() {
    return connections;
  }

  @Override
  public void close() {
    client.close();
  }
}
