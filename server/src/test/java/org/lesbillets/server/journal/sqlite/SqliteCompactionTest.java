package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.world.World;

/** Old history goes; tickets, comments, operations and later resume points stay. */
final class SqliteCompactionTest {
  private static final Page ALL = new Page(Long.MAX_VALUE, 10_000, 1 << 24);

  @TempDir Path temp;

  private static void with(Path data, Consumer<SqliteJournal> use) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      use.accept(journal);
    }
  }

  private static long compact(Path data, Duration olderThan, long keep) {
    try (DataDirectory directory = DataDirectory.open(data)) {
      return SqliteCompaction.run(
          directory, new SqliteCompaction.Bound(olderThan, keep), World.system());
    }
  }

  private record Present(List<Ticket> tickets, List<String> comments, long head) {}

  private static Present present(SqliteJournal journal) {
    Tailed tailed = Tailed.of(journal);
    List<String> comments = new ArrayList<>();
    for (Ticket ticket : tailed.book().tickets()) {
      comments.add(journal.reads().comments(ticket.id(), ALL).items().toString());
      assertEquals(
          ticket,
          journal.reads().ticketAt(ticket.id(), ticket.revision()).orElseThrow(),
          "with its description");
    }
    return new Present(tailed.book().tickets(), comments, Facts.head(journal));
  }

  /** Tickets with histories of all kinds; gives the operations that were recorded. */
  private static List<Operation> grow(Path data, Random random, int events) {
    List<Operation> operations = new ArrayList<>();
    with(
        data,
        journal -> {
          RandomTickets texts = new RandomTickets(random);
          Tailed tailed = Tailed.of(journal);
          List<Ticket> tickets = new ArrayList<>();
          for (int n = 0; n < events; n++) {
            int kind = random.nextInt(6);
            if (tickets.isEmpty() || kind == 0) {
              tickets.add(tailed.ticketAfter(Facts.create(new UUID(1, n), 0, texts.line())));
              continue;
            }
            int at = random.nextInt(tickets.size());
            Ticket ticket = tickets.get(at);
            if (kind == 1) {
              ticket = tailed.ticketAfter(Facts.comment(ticket, texts.line()));
            } else if (kind == 2 || ticket.isLocked()) {
              ticket =
                  tailed.ticketAfter(
                      ticket.isLocked() ? Facts.unlock(ticket) : Facts.lock(ticket, "n"));
            } else {
              Operation operation =
                  random.nextInt(4) == 0 ? Facts.operation("op" + n, "print", false) : null;
              ticket = tailed.ticketAfter(Facts.retitle(ticket, "title " + n, operation));
              if (operation != null) {
                operations.add(operation);
              }
            }
            tickets.set(at, ticket);
          }
        });
    return operations;
  }

  @Test
  void whatIsThereStaysAsItIs() throws Exception {
    SeededTest.run(
        random -> {
          Path data = Files.createTempDirectory(temp, "data");
          List<Operation> operations = grow(data, random, 300);
          Present[] before = new Present[1];
          with(data, journal -> before[0] = present(journal));
          long keep = random.nextInt(200);
          long dropped = compact(data, null, keep);
          assertTrue(dropped > 0, "nothing was dropped");
          assertEquals(List.of(), SqliteVerification.ofData(data).problems());
          with(
              data,
              journal -> {
                assertEquals(before[0], present(journal));
                for (Operation operation : operations) {
                  long revision =
                      journal
                          .reads()
                          .operation(Facts.ALICE, operation.id())
                          .orElseThrow()
                          .revision();
                  assertTrue(journal.reads().event(revision).isPresent());
                }
              });
          // Again with less to keep, and nothing more to drop after that.
          compact(data, null, 0);
          assertEquals(List.of(), SqliteVerification.ofData(data).problems());
          assertEquals(0, compact(data, null, 0));
          with(data, journal -> assertEquals(before[0], present(journal)));
        });
  }

  @Test
  void resumePointsFromTheBoundOnAreKept() throws Exception {
    SeededTest.run(
        random -> {
          Path data = Files.createTempDirectory(temp, "data");
          grow(data, random, 200);
          List<SequencedEvent> before = new ArrayList<>();
          String[] id = new String[1];
          with(
              data,
              journal -> {
                before.addAll(journal.reads().eventsAfter(0, 10_000, 1 << 24));
                id[0] = journal.journalId();
              });
          compact(data, null, 60);
          long bound = before.get(before.size() - 61).revision();
          with(
              data,
              journal -> {
                assertEquals(id[0], journal.journalId(), "the same history");
                List<SequencedEvent> after = journal.reads().eventsAfter(0, 10_000, 1 << 24);
                long highest = highestMissing(before, after);
                assertTrue(highest <= bound);
                assertFalse(journal.reads().remembers(new ResumePoint(id[0], 0)));
                for (SequencedEvent event : before) {
                  assertEquals(
                      event.revision() > highest,
                      journal.reads().remembers(new ResumePoint(id[0], event.revision())),
                      "revision " + event.revision() + ", dropped up to " + highest);
                }
              });
        });
  }

  private static long highestMissing(List<SequencedEvent> before, List<SequencedEvent> after) {
    List<Long> left = after.stream().map(SequencedEvent::revision).toList();
    return before.stream()
        .flatMapToLong(event -> LongStream.of(event.revision()))
        .filter(revision -> !left.contains(revision))
        .max()
        .orElseThrow();
  }

  @Test
  void theAgeOfAnEventCounts() throws Exception {
    grow(temp, new Random(1), 100);
    // The events are of a fixed noon, some days ago by any clock after it.
    assertEquals(0, compact(temp, Duration.ofDays(100_000), 0));
    assertTrue(compact(temp, Duration.ofMillis(1), 0) > 0);
  }

  @Test
  void theSpaceIsGivenBackAndTheJournalGoesOn() throws IOException {
    with(
        temp,
        journal -> {
          Tailed tailed = Tailed.of(journal);
          Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "t"));
          for (int n = 0; n < 500; n++) {
            ticket = tailed.ticketAfter(Facts.retitle(ticket, ("title " + n).repeat(15), null));
          }
        });
    long before = Files.size(temp.resolve("journal.db"));
    assertEquals(499, compact(temp, null, 0));
    long after = Files.size(temp.resolve("journal.db"));
    assertTrue(after < before / 4, before + " bytes became " + after);
    with(
        temp,
        journal -> {
          Ticket next = Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 2), 0, "next"));
          assertEquals(502, next.revision());
        });
    assertEquals(List.of(), SqliteVerification.ofData(temp).problems());
  }

  /** SQLite ends a transaction itself when the disk is full. */
  @Test
  void aFailureIsToldAndNotThatNothingIsLeftToRollBack() throws Exception {
    try (DataDirectory directory = DataDirectory.open(temp)) {
      SqliteJournal.open(directory).close();
      Path file = temp.resolve("journal.db");
      try (Connection connection = new SqliteFile(file).writing();
          Statement statement = connection.createStatement()) {
        SQLException told =
            assertThrows(
                SQLException.class,
                () ->
                    new SqliteSchema(connection, file)
                        .change(
                            meta -> {
                              statement.execute("ROLLBACK");
                              throw new SQLException("the disk is full");
                            }));
        assertEquals("the disk is full", told.getMessage());
      }
    }
  }
}
