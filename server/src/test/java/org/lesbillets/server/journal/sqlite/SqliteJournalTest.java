package org.lesbillets.server.journal.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.server.journal.Facts.ALICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalContract;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.RandomFacts;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.world.FakeClock;
import org.lesbillets.server.world.World;

final class SqliteJournalTest extends JournalContract {
  @TempDir Path data;
  private DataDirectory contractDirectory;

  @Override
  protected Journal open() {
    contractDirectory = DataDirectory.open(data.resolve("contract"));
    return SqliteJournal.open(contractDirectory);
  }

  @AfterEach
  void closeDirectory() {
    contractDirectory.close();
  }

  @Test
  void whatIsReopenedIsTheFoldOfAllEvents() {
    long seed = RandomFacts.seed();
    RandomFacts facts = new RandomFacts(seed);
    TicketBook fold = new TicketBook();
    String journalId = null;
    for (int round = 0; round < 4; round++) {
      try (DataDirectory directory = DataDirectory.open(data.resolve("re?opened é"));
          SqliteJournal journal = SqliteJournal.open(directory)) {
        journalId = journalId == null ? journal.journalId() : journalId;
        assertEquals(journalId, journal.journalId());
        assertFalse(journal.ephemeral());
        Tailed tailed = Tailed.of(journal);
        assertEquals(fold.revision(), Facts.head(journal), "seed " + seed);
        assertEquals(fold.revision(), tailed.book().revision(), "seed " + seed);
        assertEquals(fold.tickets(), tailed.book().tickets(), "seed " + seed);
        for (int i = 0; i < 100; i++) {
          tailed.ticketAfter(facts.next(tailed.book()));
        }
        tailed.events().forEach(fold::apply);
        assertEquals(fold.tickets(), tailed.book().tickets(), "seed " + seed);
        assertTrue(
            journal
                .reads()
                .remembers(new ResumePoint(journalId, tailed.events().get(2).revision())));
      }
    }
  }

  @Test
  void numbersAndOperationsOutliveTheProcess() {
    Operation operation = Facts.operation("one", "print", true);
    Append append = Facts.create(new UUID(1, 1), 41, Facts.draft("t"), operation);
    with(journal -> assertEquals(new Outcome.Appended(1), Tailed.of(journal).append(append)));
    with(
        journal -> {
          Tailed tailed = Tailed.of(journal);
          assertInstanceOf(Outcome.Repeated.class, tailed.append(append));
          Ticket next = tailed.ticketAfter(Facts.create(new UUID(1, 2), 0, "u"));
          assertEquals(42, next.number());
          assertEquals(1, tailed.events().get(0).previousRevision());
        });
  }

  @Test
  void numbersGoOnBelowThoseThatCannotBeNamed() throws Exception {
    with(journal -> Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 1), 41, "named")));
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + data.resolve(SqliteJournal.FILE_NAME))) {
      MetaRow meta = MetaRow.read(connection, SqliteSchema.FORMAT);
      try (PreparedStatement insert = connection.prepareStatement(MetaRow.INSERT)) {
        new MetaRow(
                meta.format(),
                meta.journalId(),
                meta.base(),
                meta.head(),
                meta.events(),
                meta.tickets(),
                999_999_999_999_999L,
                meta.chain(),
                meta.ranMillis(),
                meta.compacted())
            .bind(insert);
        insert.executeUpdate();
      }
    }
    with(
        journal -> {
          Ticket next = Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 2), 0, "next"));
          assertEquals(42, next.number());
        });
  }

  private interface Use {
    void of(SqliteJournal journal);
  }

  private void with(Use use) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      use.of(journal);
    }
  }

  @Test
  void whatWaitsIsWrittenInOneTransaction() {
    with(
        journal -> {
          List<CompletableFuture<Outcome>> stages = new ArrayList<>();
          for (int i = 0; i < 5_000; i++) {
            Append append = Facts.create(new UUID(1, i), 0, "t");
            stages.add(journal.append(append).toCompletableFuture());
          }
          stages.forEach(stage -> assertInstanceOf(Outcome.Appended.class, stage.join()));
          assertTrue(journal.commits() < 500, "commits: " + journal.commits());
          assertTrue(journal.commits() >= 5, "commits: " + journal.commits());
        });
  }

  @Test
  void bigAppendsAreSplitOverTransactions() {
    with(
        journal -> {
          Tailed tailed = Tailed.of(journal);
          List<CompletableFuture<Outcome>> stages = new ArrayList<>();
          for (int i = 0; i < 200; i++) {
            Append append = Facts.create(new UUID(1, i), 0, "t" + "x".repeat(60_000));
            stages.add(journal.append(append).toCompletableFuture());
          }
          stages.forEach(stage -> assertInstanceOf(Outcome.Appended.class, stage.join()));
          assertTrue(journal.commits() >= 3, "commits: " + journal.commits());
          assertEquals(200, tailed.events().size());
        });
  }

  @Test
  void readersAndTheWriterDoNotDisturbEachOther() {
    with(
        journal -> {
          Tailed tailed = Tailed.of(journal);
          Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "t"));
          List<CompletableFuture<Void>> readers = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            readers.add(CompletableFuture.runAsync(() -> readAlong(journal, ticket)));
          }
          Ticket moving = ticket;
          for (int i = 0; i < 300; i++) {
            moving = tailed.ticketAfter(Facts.comment(moving, "comment " + i));
          }
          readers.forEach(CompletableFuture::join);
        });
  }

  private static void readAlong(Journal journal, Ticket ticket) {
    int seen = 0;
    while (seen < 300) {
      seen =
          journal
              .reads()
              .comments(ticket.id(), new Page(Long.MAX_VALUE, 300, 1 << 20))
              .items()
              .size();
      long previous = 0;
      for (SequencedEvent event : journal.reads().eventsAfter(0, 1_000, 1 << 20)) {
        assertEquals(previous, event.previousRevision());
        previous = event.revision();
      }
    }
  }

  @Test
  void operationsNotForEverAreForgottenAfterADay() {
    FakeClock clock = new FakeClock();
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory, false, World.system(clock))) {
      Tailed tailed = Tailed.of(journal);
      Operation create = Facts.operation("create", "c", true);
      Operation change = Facts.operation("change", "u", false);
      Append append = Facts.create(new UUID(1, 1), 0, Facts.draft("t"), create);
      Ticket ticket = tailed.ticketAfter(append);
      tailed.ticketAfter(Facts.retitle(ticket, "u", change));
      clock.advance(Duration.ofHours(23));
      tailed.ticketAfter(Facts.create(new UUID(1, 2), 0, "t"));
      assertTrue(journal.reads().operation(ALICE, change.id()).isPresent());
      clock.advance(Duration.ofHours(2));
      Awaitility.await().until(() -> journal.reads().operation(ALICE, change.id()).isEmpty());
      assertTrue(journal.reads().operation(ALICE, create.id()).isPresent());
    }
  }

  @Test
  void theWallClockForgetsNoOperationAndKeepsNone() {
    FakeClock clock = new FakeClock();
    Operation change = Facts.operation("change", "u", false);
    try (DataDirectory directory = DataDirectory.open(data)) {
      try (SqliteJournal journal = SqliteJournal.open(directory, false, World.system(clock))) {
        Tailed tailed = Tailed.of(journal);
        Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "t"));
        tailed.ticketAfter(Facts.retitle(ticket, "u", change));
        clock.jump(Duration.ofDays(2));
        purge(tailed, clock);
        assertTrue(journal.reads().operation(ALICE, change.id()).isPresent(), "2 days forward");
        clock.advance(Duration.ofHours(5));
      }
      for (int day : List.of(-9, 400, -800)) {
        clock.jump(Duration.ofDays(day));
        try (SqliteJournal journal = SqliteJournal.open(directory, false, World.system(clock))) {
          Tailed tailed = Tailed.of(journal);
          purge(tailed, clock);
          assertTrue(journal.reads().operation(ALICE, change.id()).isPresent(), "day " + day);
          clock.advance(Duration.ofHours(5));
        }
      }
      try (SqliteJournal journal = SqliteJournal.open(directory, false, World.system(clock))) {
        Tailed tailed = Tailed.of(journal);
        assertTrue(journal.reads().operation(ALICE, change.id()).isPresent(), "20 hours");
        clock.advance(Duration.ofHours(4));
        purge(tailed, clock);
        // The writer forgets behind the batch that is acknowledged.
        await("24 hours").until(() -> journal.reads().operation(ALICE, change.id()).isEmpty());
      }
    }
  }

  /** Has the journal forget what it may forget by now. */
  private static void purge(Tailed tailed, FakeClock clock) {
    clock.advance(Duration.ofMinutes(2));
    tailed.ticketAfter(Facts.create(UUID.randomUUID(), 0, "t"));
  }

  @Test
  void aBackupIsAJournalOfThatMoment() throws IOException {
    Path copy = data.resolve("copy");
    Files.createDirectory(copy);
    with(
        journal -> {
          Tailed tailed = Tailed.of(journal);
          tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "kept"));
          journal.backup(copy.resolve("journal.db"));
          tailed.ticketAfter(Facts.create(new UUID(1, 2), 0, "later"));
          JournalException refused =
              assertThrows(
                  JournalException.class, () -> journal.backup(copy.resolve("journal.db")));
          assertTrue(refused.getMessage().contains("exists already"), refused.getMessage());
          assertThrows(
              JournalException.class, () -> journal.backup(data.resolve("no/such/place.db")));
        });
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("journal.db"))));
    try (DataDirectory directory = DataDirectory.open(copy);
        SqliteJournal journal = SqliteJournal.open(directory, true, World.system())) {
      assertEquals(1, Tailed.of(journal).book().size());
    }
    try (var left = Files.list(copy)) {
      assertEquals(
          Set.of("head", "journal.db", "lock"),
          left.map(file -> file.getFileName().toString()).collect(Collectors.toSet()),
          "no part of a backup");
    }
  }

  @Test
  void theFileIsItsOwnersOnly() throws IOException {
    with(
        journal -> {
          Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 1), 0, "t"));
          for (String name : List.of("head", "journal.db", "journal.db-wal", "lock")) {
            assertEquals("rw-------", mode(data.resolve(name)), name);
          }
        });
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void readingAClosedJournalSaysSo() {
    DataDirectory directory = DataDirectory.open(data);
    SqliteJournal journal = SqliteJournal.open(directory);
    journal.close();
    directory.close();
    assertThrows(JournalException.class, () -> journal.reads().event(1));
  }
}
