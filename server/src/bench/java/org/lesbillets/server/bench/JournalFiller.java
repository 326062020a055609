package org.lesbillets.server.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.sqlite.SqliteJournal;

/**
 * Writes the journal of a server that has so many tickets, faster than a server would. A ticket has
 * a title of 40 characters, which begins with {@code #000:NNNNNNNNN#}, its number from 0, and a
 * description of 300.
 */
public final class JournalFiller {
  private static final int TITLE = 40;
  private static final int DESCRIPTION = 300;
  private static final int IN_FLIGHT = 4_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int AGENTS = 20;
  private static final int TAGS = 10;
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123Z");

  private JournalFiller() {}

  /** Arguments: the data directory, the number of tickets. */
  public static void main(String[] arguments) throws Exception {
    int tickets = Integer.parseInt(arguments[1]);
    try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]));
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Deque<UnderWay> all = new ArrayDeque<>();
      for (int i = 0; i < tickets; i++) {
        all.add(UnderWay.append(journal, create(i)));
        if (all.size() >= IN_FLIGHT) {
          all.poll().await(journal);
        }
      }
      while (!all.isEmpty()) {
        all.poll().await(journal);
      }
    }
  }

  private record UnderWay(Append append, CompletableFuture<Outcome> outcome) {
    static UnderWay append(SqliteJournal journal, Append append) {
      return new UnderWay(append, journal.append(append).toCompletableFuture());
    }

    /** Sends the same again while a disk that does not answer leaves it unknown. */
    void await(SqliteJournal journal) {
      Outcome last = outcome.join();
      boolean unknown = false;
      while (last instanceof Outcome.Unknown || last instanceof Outcome.Busy) {
        unknown = true;
        LockSupport.parkNanos(PAUSE_NANOS);
        last = journal.append(append).toCompletableFuture().join();
      }
      if (!(last instanceof Outcome.Appended || unknown && last instanceof Outcome.Conflict)) {
        throw new IllegalStateException("not appended: " + last);
      }
    }
  }

  private static Append create(int number) {
    String title = String.format("#000:%09d# Printer on floor", number);
    TicketContent content =
        TicketContent.titled(title + " ".repeat(TITLE - title.length() - 1) + ".")
            .with(TicketField.DESCRIPTION, (number + " ").repeat(DESCRIPTION).substring(0, 300))
            .with(TicketField.ASSIGNEE, new AgentName("agent" + number % AGENTS))
            .with(TicketField.TAGS, List.of("tag" + number % TAGS));
    Stamp stamp = new Stamp(AT, new AgentName("agent" + number % AGENTS));
    Ticket ticket =
        new Ticket(
            new TicketId(new UUID(1, number)), number + 1, content, stamp, stamp, 0, 0, 0, null);
    return new Append(0, null, new WireEvent.TicketCreated(AT, stamp.by(), ticket, false));
  }
}
