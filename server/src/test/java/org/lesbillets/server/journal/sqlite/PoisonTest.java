package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.Ticket;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Tailed;

/** After a failed write nothing more is written, and reading goes on. */
final class PoisonTest {
  @TempDir Path data;
  private DataDirectory directory;
  private SqliteJournal journal;
  private Tailed tailed;

  @BeforeEach
  void open() {
    directory = DataDirectory.open(data);
    journal = SqliteJournal.open(directory);
    tailed = Tailed.of(journal);
  }

  @AfterEach
  void close() {
    journal.close();
    directory.close();
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a failed commit | DROP TABLE meta",
        "a statement that fails for good | DROP TABLE operation",
        "a transaction that is gone | CREATE TRIGGER t BEFORE INSERT ON event"
            + " BEGIN SELECT RAISE(ROLLBACK, 'thrown by a test'); END",
      })
  void aFailedWriteIsUnknownAndTheLast(String what, String trouble) throws SQLException {
    Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "kept"));
    sql(trouble);
    Outcome.Unknown unknown =
        assertInstanceOf(
            Outcome.Unknown.class,
            tailed.append(Facts.retitle(ticket, "lost", Facts.operation("o", "p", false))),
            what);
    assertTrue(unknown.reason().contains(data.toString()), unknown.reason());
    assertEquals(unknown.reason(), journal.failure());
    assertEquals(unknown.reason(), tailed.failure());
    assertEquals(
        new Outcome.ReadOnly(unknown.reason()), tailed.append(Facts.comment(ticket, "later")));

    assertEquals(1, Facts.head(journal));
    assertEquals(Optional.of(ticket), journal.reads().ticketAt(ticket.id(), Long.MAX_VALUE));
    Page all = new Page(Long.MAX_VALUE, 10, 10_000);
    assertEquals(tailed.events(), journal.reads().history(ticket.id(), all).items());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a row that the index has, and the table has not"
            + " | CREATE TRIGGER t BEFORE UPDATE ON ticket BEGIN SELECT RAISE(IGNORE); END",
        "a revision above the head | UPDATE ticket SET revision = 9",
        "a revision that is not the last | UPDATE ticket SET revision = 0",
        "a ticket that is gone | DELETE FROM ticket",
        "an event that should not be there | INSERT INTO event (revision, ticket, type, at, body,"
            + " checksum) SELECT 2, ticket, type, at, body, checksum FROM event",
      })
  void aContradictionIsTheLast(String what, String trouble) throws SQLException {
    Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "kept"));
    sql(trouble);
    Outcome outcome = tailed.append(Facts.comment(ticket, "lost"));
    assertInstanceOf(Outcome.Unknown.class, outcome, what);
    assertTrue(journal.failure().contains("damaged"), journal.failure());
    assertInstanceOf(Outcome.ReadOnly.class, tailed.append(Facts.comment(ticket, "later")));
  }

  @Test
  void theRestOfTheBatchAndOfTheQueueAreAnswered() throws SQLException {
    sql("DROP TABLE meta");
    List<CompletableFuture<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      stages.add(journal.append(Facts.create(new UUID(1, i), 0, "t")).toCompletableFuture());
    }
    boolean readOnly = false;
    for (CompletableFuture<Outcome> stage : stages) {
      Outcome outcome = stage.join();
      readOnly |= outcome instanceof Outcome.ReadOnly;
      assertTrue(
          readOnly ? outcome instanceof Outcome.ReadOnly : outcome instanceof Outcome.Unknown,
          "first unknown, then read-only, never appended: " + outcome);
    }
    assertTrue(readOnly);
    assertEquals(0, Facts.head(journal));
    assertTrue(tailed.events().isEmpty());
  }

  @Test
  void oneRefusedStatementLeavesTheOthersAlone() throws SQLException {
    sql(
        "CREATE TRIGGER t BEFORE INSERT ON ticket WHEN new.title = 'bad'"
            + " BEGIN SELECT RAISE(ABORT, 'thrown by a test'); END");
    Set<Integer> bad = Set.of(0, 50, 51, 99);
    List<CompletableFuture<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String title = bad.contains(i) ? "bad" : "good";
      stages.add(journal.append(Facts.create(new UUID(1, i), 0, title)).toCompletableFuture());
    }
    for (int i = 0; i < 100; i++) {
      Outcome outcome = stages.get(i).join();
      assertEquals(bad.contains(i), outcome instanceof Outcome.Unknown, i + ": " + outcome);
      assertEquals(!bad.contains(i), outcome instanceof Outcome.Appended, i + ": " + outcome);
    }
    assertNull(journal.failure());
    assertEquals(96, Facts.head(journal));
    assertEquals(tailed.events(), journal.reads().eventsAfter(0, 1_000, Long.MAX_VALUE));
    assertEquals(96, tailed.events().size());
    assertEquals(List.of(), SqliteVerification.ofData(data).problems());
  }

  @Test
  void aRefusedChangeLeavesItsTicketAsItWas() throws SQLException {
    sql(
        "CREATE TRIGGER t BEFORE UPDATE ON ticket WHEN new.title = 'bad'"
            + " BEGIN SELECT RAISE(ABORT, 'thrown by a test'); END");
    Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "kept"));
    Outcome refused = tailed.append(Facts.retitle(ticket, "bad", null));
    assertInstanceOf(Outcome.Unknown.class, refused);
    assertInstanceOf(Outcome.Appended.class, tailed.append(Facts.comment(ticket, "later")));
    assertEquals(
        new Outcome.Conflict(2), tailed.append(Facts.comment(ticket, "at an old revision")));
    assertEquals(List.of(), SqliteVerification.ofData(data).problems());
  }

  @Test
  void anotherProgramThatWritesMakesItBusyAndNoMore() throws Exception {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Outcome outcome = tailed.append(Facts.create(new UUID(1, 1), 0, "t"));
      assertInstanceOf(Outcome.Busy.class, outcome);
      statement.execute("ROLLBACK");
    }
    assertNull(journal.failure());
    assertNotNull(tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "t")));
    assertFalse(tailed.events().isEmpty());
  }
}
