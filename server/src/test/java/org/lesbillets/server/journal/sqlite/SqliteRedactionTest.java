package org.lesbillets.server.journal.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.ChildJvm;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.FileSearch;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.RandomFacts;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/** What is redacted is in no file of the data directory, whenever the process ends. */
final class SqliteRedactionTest {
  private static final UUID ID = new UUID(7, 7);
  private static final String SECRET = "hunter2-hunter2";
  private static final Redaction TITLE = Redaction.ofField(TicketField.TITLE);

  @TempDir Path data;

  private static void sound(Path data) {
    assertEquals(List.of(), SqliteVerification.ofData(data).problems());
  }

  @Test
  void noFileHasItOnceItIsDone() throws Exception {
    Operation create = Facts.operation("create", "print", true);
    Operation redact = Facts.operation("redact", "mark", false);
    Path backup = data.resolveSibling(data.getFileName() + ".backup");
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.ticketAfter(Facts.create(ID, 7, Facts.draft(SECRET), create));
      ticket = tailed.ticketAfter(Facts.retitle(ticket, SECRET + " again", null));
      ticket = tailed.ticketAfter(Facts.comment(ticket, "it is " + SECRET));
      final long comment = ticket.commentCount();
      ticket = tailed.ticketAfter(Facts.lock(ticket, "calling"));
      tailed.ticketAfter(Facts.create(new UUID(8, 8), 0, "another"));
      journal.backup(backup);
      assertEquals(Set.of(SECRET), FileSearch.found(data, SECRET), "it is found where it is");
      ticket = tailed.ticketAfter(Facts.redact(ticket, TITLE, redact));
      ticket =
          tailed.ticketAfter(
              Facts.redact(ticket, Redaction.ofField(TicketField.DESCRIPTION), null));
      tailed.ticketAfter(Facts.redact(ticket, Redaction.ofComment(comment), null));
      assertEquals(Set.of(), FileSearch.found(data, SECRET), "while it is served");
      sound(data);
      assertInstanceOf(Outcome.Repeated.class, tailed.append(Facts.redact(ticket, TITLE, redact)));
      assertEquals(
          new Outcome.Missing(Outcome.Missing.What.COMMENT),
          tailed.append(Facts.redact(tailed.ticket(ticket.id()), Redaction.ofComment(999), null)));
      assertEquals("", journal.reads().operation(create.agent(), create.id()).get().fingerprint());
    }
    assertEquals(Set.of(), FileSearch.found(data, SECRET));
    sound(data);
    assertEquals(Set.of(SECRET), FileSearch.found(backup, SECRET), "a backup keeps what it has");
    Files.delete(backup);
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Ticket ticket = Tailed.of(journal).book().findByNumber(7).orElseThrow();
      assertEquals(Redaction.TEXT, ticket.content().title());
      assertTrue(ticket.isLocked(), "the lock stays");
    }
  }

  private CompletableFuture<Outcome> redact(SqliteJournal journal, Ticket ticket) {
    Operation operation = Facts.operation("redact", "mark", false);
    return journal.append(Facts.redact(ticket, TITLE, operation)).toCompletableFuture();
  }

  /** The answer waits, other changes do not, and an end of the server loses nothing of it. */
  @Test
  void aReaderInTheWayDelaysTheAnswerAloneAlsoOverARestart() throws Exception {
    try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + data + "/journal.db")) {
      Ticket ticket;
      CompletableFuture<Outcome> redaction;
      try (DataDirectory directory = DataDirectory.open(data);
          SqliteJournal journal = SqliteJournal.open(directory)) {
        Tailed tailed = Tailed.of(journal);
        ticket = tailed.ticketAfter(Facts.create(ID, 0, "a printer"));
        ticket = tailed.ticketAfter(Facts.retitle(ticket, SECRET, null));
        reader.setAutoCommit(false);
        try (Statement statement = reader.createStatement()) {
          statement.executeQuery("SELECT count(*) FROM event").close();
        }
        redaction = redact(journal, ticket);
        Ticket other = tailed.ticketAfter(Facts.create(new UUID(8, 8), 0, "another"));
        assertEquals(Redaction.TEXT, tailed.ticket(ticket.id()).content().title());
        tailed.ticketAfter(Facts.comment(other, "and on"));
        assertFalse(redaction.isDone());
      }
      assertEquals(new Outcome.Unfinished("the server stops"), redaction.join());
      assertEquals(Set.of(SECRET), FileSearch.found(data, SECRET), "else this tests nothing");
      try (DataDirectory directory = DataDirectory.open(data);
          SqliteJournal journal = SqliteJournal.open(directory)) {
        Tailed tailed = Tailed.of(journal);
        CompletableFuture<Outcome> again = redact(journal, ticket);
        tailed.ticketAfter(Facts.create(new UUID(9, 9), 0, "a third"));
        assertFalse(again.isDone(), "it was done, and its bytes are still there");
        reader.rollback();
        assertInstanceOf(Outcome.Repeated.class, again.join());
        assertEquals(Set.of(), FileSearch.found(data, SECRET));
        assertInstanceOf(Outcome.Repeated.class, redact(journal, ticket).join());
      }
    }
    sound(data);
  }

  /**
   * A change of format, or an accepted loss, writes the witness anew before anything is removed.
   */
  @Test
  void theReminderOutlivesEveryRewriteOfTheWitness() throws Exception {
    Path head = data.resolve(Witness.FILE_NAME);
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed.of(journal).ticketAfter(Facts.create(ID, 0, "kept"));
    }
    Witness.Record record = Witness.read(head).orElseThrow();
    try (Witness witness = Witness.start(head, record)) {
      witness.expect(record.revision() + 1, 4711);
    }
    Witness.write(head, record);
    try (Witness witness = Witness.start(head, record)) {
      assertTrue(witness.announces());
      witness.end(record.issued());
    }
    sound(data);
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      await().until(() -> !journal.witness().announces());
    }
    assertEquals(Witness.read(head).orElseThrow().revision(), record.revision());
  }

  /** SQLite counts a change of the schema for each. */
  private int rewrites() throws SQLException {
    try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + data + "/journal.db");
        Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA schema_version")) {
      return row.getInt(1);
    }
  }

  @Test
  void oneRewriteIsForAllThatWait() throws Exception {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      List<Ticket> tickets = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        tickets.add(
            tailed.ticketAfter(
                Facts.create(new UUID(6, i), 0, TicketContent.titled(SECRET + i), null)));
      }
      int before = rewrites();
      CountDownLatch all = new CountDownLatch(1);
      journal.probe(() -> assertDoesNotThrow(() -> all.await()));
      List<CompletableFuture<Outcome>> done = new ArrayList<>();
      for (Ticket ticket : tickets) {
        done.add(journal.append(Facts.redact(ticket, TITLE, null)).toCompletableFuture());
        done.add(journal.append(Facts.create(UUID.randomUUID(), 0, "x")).toCompletableFuture());
      }
      all.countDown();
      done.forEach(one -> assertInstanceOf(Outcome.Appended.class, one.join()));
      assertEquals(before + 1, rewrites());
      assertEquals(Set.of(), FileSearch.found(data, SECRET));
    }
  }

  /** A raise that repeats a comment makes an event without it. */
  @Test
  void noFingerprintOfTheTicketIsLeft() {
    Operation plain = Facts.operation("plain", "repeats it", false);
    Operation other = Facts.operation("other", "says", true);
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      tailed.ticketAfter(Facts.create(new UUID(8, 8), 0, Facts.draft("another"), other));
      Ticket ticket = tailed.ticketAfter(Facts.create(ID, 0, "a printer"));
      ticket = tailed.ticketAfter(Facts.comment(ticket, SECRET));
      Redaction comment = Redaction.ofComment(ticket.commentCount());
      ticket = tailed.ticketAfter(Facts.retitle(ticket, "a scanner", plain));
      tailed.ticketAfter(Facts.redact(ticket, comment, null));
      assertEquals("", fingerprint(journal, plain));
      assertEquals("says", fingerprint(journal, other));
    }
  }

  private static String fingerprint(SqliteJournal journal, Operation of) {
    return journal.reads().operation(of.agent(), of.id()).orElseThrow().fingerprint();
  }

  /** The loss may be that of the reminder. */
  @Test
  void anAcceptedLossHasTheFilesRewritten() throws Exception {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed.of(journal).ticketAfter(Facts.create(ID, 0, "kept"));
    }
    int before = rewrites();
    Files.delete(data.resolve(Witness.FILE_NAME));
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory, true, World.system())) {
      assertTrue(journal.witness().announces());
      await().until(() -> !journal.witness().announces());
      assertEquals(before + 1, rewrites());
    }
    sound(data);
  }

  /** The world of the machine, with a count of the rounds of the writer. */
  private static World counting(AtomicInteger rounds) {
    World system = World.system();
    return new World() {
      @Override
      public TimeSource time() {
        return system.time();
      }

      @Override
      public UUID newId() {
        return system.newId();
      }

      @Override
      public Loop loop(String name, Loop.Body body) {
        return system.loop(
            name,
            () -> {
              rounds.addAndGet(name.equals("journal-writer") ? 1 : 0);
              return body.round();
            });
      }

      @Override
      public boolean await(BooleanSupplier condition, Duration timeout) {
        return system.await(condition, timeout);
      }
    };
  }

  @Test
  void aJournalThatFailsWhileBytesAreLeftAnswersAndRests() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory, false, counting(rounds));
        Connection reader = DriverManager.getConnection("jdbc:sqlite:" + data + "/journal.db")) {
      Ticket ticket = Tailed.of(journal).ticketAfter(Facts.create(ID, 0, "a printer"));
      reader.setAutoCommit(false);
      try (Statement statement = reader.createStatement()) {
        statement.executeQuery("SELECT count(*) FROM event").close();
      }
      CompletableFuture<Outcome> redaction = redact(journal, ticket);
      await().until(() -> Facts.head(journal) > ticket.revision());
      journal.poison("thrown by a test");
      assertEquals(new Outcome.Unfinished("thrown by a test"), redaction.join());
      int before = rounds.get();
      long end = System.nanoTime() + 300_000_000;
      await().until(() -> System.nanoTime() - end > 0);
      assertTrue(rounds.get() - before < 20, rounds.get() - before + " rounds");
      reader.rollback();
    }
  }

  @Test
  void compactionKeepsTheMarkAndTheChain() throws Exception {
    noFileHasItOnceItIsDone();
    try (DataDirectory directory = DataDirectory.open(data)) {
      SqliteCompaction.run(directory, new SqliteCompaction.Bound(null, 0), World.system());
    }
    sound(data);
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.book().findByNumber(7).orElseThrow();
      tailed.ticketAfter(Facts.redact(ticket, Redaction.ofField(TicketField.REFERENCE), null));
    }
    sound(data);
  }

  /** Killed at random instants: each is wholly there or not at all, and its bytes with it. */
  @Test
  void aKillLeavesItDoneOrUndone() throws Exception {
    Random random = new Random(RandomFacts.seed());
    int from = 1 + random.nextInt(10);
    Process child = ChildJvm.start(RedactingAppender.class, data.toString());
    try (BufferedReader out = child.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals("begin " + from)) {
          long until = System.nanoTime() + random.nextInt(30_000_000);
          while (System.nanoTime() < until) {
            Thread.onSpinWait();
          }
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    int redacted = 0;
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      await().until(() -> !journal.witness().announces());
      Set<String> left = FileSearch.found(data, RedactingAppender.PATTERN);
      for (int n = 1; n <= RedactingAppender.TICKETS; n++) {
        String title = tailed.book().findByNumber(n).orElseThrow().content().title();
        boolean gone = title.equals(Redaction.TEXT);
        assertEquals(gone ? Redaction.TEXT : RedactingAppender.secret(n), title);
        assertEquals(!gone, left.contains(RedactingAppender.secret(n)), "ticket " + n);
        redacted += gone ? 1 : 0;
      }
    }
    assertTrue(redacted >= from - 1, redacted + " of " + from);
    sound(data);
  }
}
