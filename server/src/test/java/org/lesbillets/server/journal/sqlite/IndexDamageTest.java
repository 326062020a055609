package org.lesbillets.server.journal.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.journal.sqlite.row.UuidBytes;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/** One flipped bit in a key of a row or an index is noticed before a decision depends on it. */
final class IndexDamageTest {
  private static final UUID TICKET = new UUID(0x1111_2222_3333_4444L, 0x8555_6666_7777_8888L);
  private static final Operation OPERATION = Facts.operation("one", "print", true);

  @TempDir Path temp;

  @Test
  void aFlippedBitInAKeyIsNoticed() throws IOException {
    try (DataDirectory directory = DataDirectory.open(temp.resolve("sound"));
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      for (int i = 1; i < 20; i++) {
        tailed.ticketAfter(Facts.create(new UUID(i, i), 0, "other " + i));
      }
      tailed.ticketAfter(Facts.create(TICKET, 0, Facts.draft("t"), OPERATION));
    }
    byte[] sound = Files.readAllBytes(temp.resolve("sound/journal.db"));
    List<Integer> places = new ArrayList<>(places(sound, UuidBytes.bytes(TICKET)));
    places.addAll(places(sound, UuidBytes.bytes(OPERATION.id())));
    assertTrue(places.size() >= 4, "rows and indexes: " + places);
    for (int place : places) {
      byte[] damaged = sound.clone();
      damaged[place + 3] ^= 4;
      Path data = Files.createDirectory(temp.resolve("at" + place));
      Files.write(data.resolve("journal.db"), damaged);
      Files.copy(temp.resolve("sound/head"), data.resolve(Witness.FILE_NAME));
      noticed(data);
    }
  }

  /**
   * On a large journal the check takes seconds. What it has not come to is left to the next start;
   * what the server has answered before it closes the journal is not written.
   */
  @Test
  void aStopDuringTheCheckIsACleanEnd() throws IOException {
    Path data = temp.resolve("stopped");
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed.of(journal).ticketAfter(Facts.create(TICKET, 0, Facts.draft("t"), OPERATION));
    }
    byte[] bytes = Files.readAllBytes(data.resolve("journal.db"));
    bytes[places(bytes, UuidBytes.bytes(OPERATION.id())).get(0) + 3] ^= 4;
    Files.write(data.resolve("journal.db"), bytes);
    Append append = Facts.create(new UUID(2, 2), 0, "second");

    HeldLoops world = new HeldLoops();
    try (DataDirectory directory = DataDirectory.open(data)) {
      SqliteJournal journal = SqliteJournal.open(directory, false, world);
      Tailed.of(journal);
      CompletableFuture<Outcome> waiting = journal.append(append).toCompletableFuture();
      journal.settle();
      assertInstanceOf(Outcome.Busy.class, waiting.join());
      CompletableFuture<Void> closing = CompletableFuture.runAsync(journal::close);
      Outcome closed = new Outcome.ReadOnly("the journal is closed");
      await().until(() -> closed.equals(journal.append(append).toCompletableFuture().getNow(null)));
      world.held.countDown();
      closing.join();
      assertEquals(1, Facts.head(journal));
      assertNull(journal.failure());
      assertFalse(Files.exists(data.resolve("journal.db-wal")), "all connections are closed");
    }
    noticed(data);
  }

  /** The machine, whose loops do not begin before they may. */
  private static final class HeldLoops implements World {
    private final CountDownLatch held = new CountDownLatch(1);
    private final World machine = World.system();

    @Override
    public Loop loop(String name, Loop.Body body) {
      return machine.loop(
          name,
          () -> {
            try {
              held.await();
              return body.round();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    @Override
    public TimeSource time() {
      return machine.time();
    }

    @Override
    public UUID newId() {
      return machine.newId();
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration timeout) {
      return machine.await(condition, timeout);
    }
  }

  @Test
  void aCheckUnderWayIsStoppedWithinAStep() throws SQLException {
    Path file = temp.resolve("many.db");
    try (StatementCache statements =
        new StatementCache(DriverManager.getConnection("jdbc:sqlite:" + file))) {
      statements.statement("CREATE TABLE t (a INTEGER PRIMARY KEY, b UNIQUE)").execute();
      statements
          .statement(
              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                  + " INSERT INTO t SELECT i, -i FROM n")
          .execute();
      AtomicInteger steps = new AtomicInteger();
      assertThrows(
          SQLException.class,
          () -> statements.checkIndexes("t", file, () -> steps.incrementAndGet() == 3));
      assertEquals(3, steps.get());
      statements.checkIndexes("t", file, () -> steps.incrementAndGet() < 0);
      assertTrue(steps.get() > 10, steps + " steps");
    }
  }

  private static List<Integer> places(byte[] file, byte[] key) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i + key.length <= file.length; i++) {
      if (Arrays.equals(file, i, i + key.length, key, 0, key.length)) {
        places.add(i);
      }
    }
    return places;
  }

  private static void noticed(Path data) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Outcome outcome = tailed.append(Facts.create(TICKET, 0, Facts.draft("t"), OPERATION));
      assertInstanceOf(Outcome.ReadOnly.class, outcome, "before the first decision");
      await().until(() -> journal.failure() != null);
      assertTrue(journal.failure().contains("damaged"), journal.failure());
    } catch (JournalException e) {
      assertTrue(e.getMessage().contains("damaged"), e.getMessage());
    }
  }
}
