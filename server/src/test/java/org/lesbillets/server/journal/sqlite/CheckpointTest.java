package org.lesbillets.server.journal.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.world.World;

/** The log is copied into the database at a size, and has a bound when readers prevent it. */
final class CheckpointTest {
  private static final SqliteCheckpoints.Limits SMALL = new SqliteCheckpoints.Limits(20, 100, 300);
  private static final int PAGE = 4_096;

  @TempDir Path data;
  private DataDirectory directory;
  private SqliteJournal journal;
  private Tailed tailed;
  private int made;

  @BeforeEach
  void open() {
    directory = DataDirectory.open(data);
    journal = SqliteJournal.open(directory, false, World.system(), SMALL);
    tailed = Tailed.of(journal);
  }

  @AfterEach
  void close() {
    journal.close();
    directory.close();
  }

  private Outcome create() {
    return tailed.append(Facts.create(new UUID(7, ++made), 0, "ticket " + made));
  }

  private long logPages() throws IOException {
    return Files.size(data.resolve("journal.db-wal")) / PAGE;
  }

  @Test
  void theLogIsCopiedAndBeginsAgain() throws IOException {
    for (int i = 0; i < 300; i++) {
      assertInstanceOf(Outcome.Appended.class, create());
      assertTrue(logPages() < SMALL.warned(), "after " + i + ": " + logPages());
    }
    assertTrue(Files.size(data.resolve("journal.db")) > 20 * PAGE);
    assertNull(journal.obstacle());
    JournalMeasures measures = journal.measures();
    assertTrue(measures.checkpoints() > 0 && measures.checkpointSeconds() > 0);
    assertEquals(0, measures.checkpointFailures());
    assertEquals(300, measures.batches().sum());
    assertTrue(measures.sizes().file() > 0 && measures.sizes().free() > 0);
  }

  @Test
  void aReaderInTheWayIsNoFailureAndTheLogStaysBounded() throws Exception {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
        Statement reader = other.createStatement()) {
      reader.execute("BEGIN");
      reader.executeQuery("SELECT count(*) FROM event").close();
      Outcome outcome = create();
      while (outcome instanceof Outcome.Appended && made < 1_000) {
        outcome = create();
      }
      Outcome.Busy busy = assertInstanceOf(Outcome.Busy.class, outcome);
      assertEquals(Obstacle.stalled(busy.reason()), journal.obstacle());
      assertTrue(busy.reason().contains("reader"), busy.reason());
      assertTrue(logPages() < 2L * SMALL.most(), "pages: " + logPages());
      assertNull(journal.failure());
      reader.execute("COMMIT");
    }
    await().until(() -> journal.obstacle() == null);
    assertInstanceOf(Outcome.Appended.class, create());
    assertTrue(logPages() < SMALL.warned(), "pages: " + logPages());
  }

  @Test
  void nothingIsLeftInTheLogAtTheEnd() throws SQLException, IOException {
    create();
    journal.close();
    assertTrue(Files.notExists(data.resolve("journal.db-wal")));
    journal = SqliteJournal.open(directory);
    assertEquals(1, Facts.head(journal));
  }
}
