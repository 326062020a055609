package org.lesbillets.server.soak;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * Watches all tickets on a thread of its own, checks the chain of revisions, and folds all it gets.
 * It may cut its own connection every few seconds, and resumes.
 */
final class ChainWatcher implements AutoCloseable {
  private static final int MOST_SECONDS = 4;

  private final SoakServer server;
  private final String agent;
  private final Random random;
  private final Thread thread = new Thread(this::run, "chain-watcher");
  private final TicketBook book = new TicketBook();
  private final Violations violations = new Violations();
  private ResumePoint last;
  private volatile SoakConnection connection;
  private volatile boolean closed;
  private volatile int losses;
  private volatile long standsAt;

  /**
   * @param random when it cuts its connection; null for never
   */
  ChainWatcher(SoakServer server, String agent, Random random) {
    this.server = server;
    this.agent = agent;
    this.random = random;
    thread.start();
  }

  private void run() {
    while (!closed) {
      try (SoakConnection watching = server.connect(agent)) {
        connection = watching;
        watching.send(ClientMessage.GetTickets.watching("w", null, last));
        watch(watching);
      } catch (IOException e) {
        losses++;
      }
    }
  }

  private void watch(SoakConnection watching) throws IOException {
    long end =
        random == null
            ? Long.MAX_VALUE
            : System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_000 * MOST_SECONDS));
    while (!closed && (System.nanoTime() - end < 0 || end == Long.MAX_VALUE)) {
      ServerMessage message = watching.next();
      if (message instanceof ServerMessage.AllTickets snapshot) {
        if (snapshot.reset()) {
          violations.add("%s was reloaded at %d", agent, book.revision());
        }
        snapshot.tickets().forEach(book::put);
        stand(snapshot.journalId(), snapshot.revision());
      } else if (message instanceof ServerMessage.Resumed resumed) {
        stand(resumed.journalId(), resumed.revision());
      } else if (message instanceof ServerMessage.EventMessage event) {
        apply(event.event());
      }
    }
  }

  private void apply(SequencedEvent event) {
    if (event.previousRevision() != book.revision()) {
      violations.add("%s stood at %d, and was given %s", agent, book.revision(), event);
    }
    book.apply(event);
    stand(last.journalId(), event.revision());
  }

  private void stand(String journalId, long revision) {
    if (last != null && revision < last.revision()) {
      violations.add("%s went back from %s to %d", agent, last, revision);
    }
    last = new ResumePoint(journalId, revision);
    book.standAt(revision);
    standsAt = revision;
  }

  /** Connections that were lost, or could not be made. */
  int losses() {
    return losses;
  }

  /** What was wrong, also that it has other tickets than the server; after its end. */
  Violations compared() throws IOException {
    try (SoakConnection asking = server.connect(agent)) {
      asking.send(ClientMessage.GetTickets.watching("all", null, null));
      TicketBook all = new TicketBook();
      boolean more = true;
      while (more) {
        if (asking.next() instanceof ServerMessage.AllTickets part) {
          part.tickets().forEach(all::put);
          more = part.more();
        }
      }
      if (!tickets(all).equals(tickets(book))) {
        violations.add("%s has other tickets than the server", agent);
      }
    }
    return violations;
  }

  private static Map<TicketId, Ticket> tickets(TicketBook book) {
    Map<TicketId, Ticket> tickets = new HashMap<>();
    book.stream().forEach(ticket -> tickets.put(ticket.id(), ticket));
    return tickets;
  }

  /** Ends it once it stands at this revision or later, or after 60 s. */
  void closeAt(long revision) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (standsAt < revision && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    close();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    SoakConnection open = connection;
    if (open != null) {
      open.close();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
