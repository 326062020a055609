package org.lesbillets.server.journal.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;
import org.lesbillets.server.journal.PrivateFiles;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.world.World;

/**
 * A journal of format 4, in which the id of a comment is the revision of its event, or one below
 * that of its ticket's first. Of its three tickets 1 was created, 17 imported with three comments,
 * and 18 raised twice; some comments of each were redacted.
 */
final class EarlierCommentsTest {
  private static final String JOURNAL_ID = "f9ff4163-d07a-49c4-a345-20d7105d58c5";
  private static final int HEAD = 18;

  @TempDir Path data;
  private Path file;
  private Path head;

  @BeforeEach
  void write() throws IOException, SQLException {
    file = data.resolve(SqliteJournal.FILE_NAME);
    head = data.resolve(Witness.FILE_NAME);
    write("format-4.sql");
    Witness.write(head, seen(number("SELECT chain FROM meta")));
  }

  private void write(String dump) throws IOException, SQLException {
    Files.deleteIfExists(file);
    Files.createFile(file);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(EarlierFormatTest.dump(dump));
    }
  }

  private static Witness.Record seen(long chain) {
    return new Witness.Record(JOURNAL_ID, HEAD, chain, HEAD);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.getLong(1);
    }
  }

  private static void open(Path data, Consumer<SqliteJournal> then) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      then.accept(journal);
    }
    assertEquals(List.of(), SqliteVerification.ofData(data).problems());
  }

  private static TicketId ticket(SqliteJournal journal, long revision) {
    return journal.reads().event(revision).orElseThrow().event().ticket().id();
  }

  private static List<String> said(SqliteJournal journal, TicketId ticket, int limit) {
    List<String> said = new ArrayList<>();
    long before = Long.MAX_VALUE;
    boolean more = true;
    while (more) {
      Page page = new Page(before, limit, Long.MAX_VALUE);
      Paged<Comment> comments = journal.reads().comments(ticket, page);
      for (Comment comment : comments.items()) {
        said.add(comment.id() + " " + comment.text());
        before = comment.id();
      }
      more = comments.more();
    }
    return said;
  }

  /** The comments that the history says were redacted, the last first; null for a field. */
  private static List<Long> marks(SqliteJournal journal, TicketId ticket) {
    List<Long> marks = new ArrayList<>();
    Page all = new Page(Long.MAX_VALUE, 100, Long.MAX_VALUE);
    journal.reads().history(ticket, all).items().stream()
        .map(event -> event.event())
        .filter(WireEvent.TicketRedacted.class::isInstance)
        .forEach(event -> marks.add(((WireEvent.TicketRedacted) event).what().comment()));
    return marks;
  }

  private static void holds(SqliteJournal journal) {
    TicketId printer = ticket(journal, 1);
    TicketId brought = ticket(journal, 7);
    TicketId raised = ticket(journal, 10);
    for (int limit = 1; limit < 6; limit++) {
      assertEquals(
          List.of("3 printer 3", "2 [redacted]", "1 printer 1"), said(journal, printer, limit));
      assertEquals(
          List.of("4 [redacted]", "3 brought 3", "2 [redacted]", "1 brought 1"),
          said(journal, brought, limit));
      assertEquals(List.of("2 [redacted]", "1 [redacted]"), said(journal, raised, limit));
    }
    assertEquals(Arrays.asList(null, 2L), marks(journal, printer));
    assertEquals(List.of(4L, 2L), marks(journal, brought));
    assertEquals(List.of(2L, 1L), marks(journal, raised));
    Imported imported = journal.reads().imported(brought).orElseThrow();
    assertEquals(List.of(1L, 2L, 3L), imported.comments().stream().map(Comment::id).toList());
    assertEquals(JOURNAL_ID, journal.journalId());
  }

  @Test
  void haveOrdinalsForIdsAlsoInTheMarksOfRedactions() {
    open(
        data,
        journal -> {
          holds(journal);
          assertFalse(journal.witness().announces(), "nothing is left to be removed");
        });
    open(data, EarlierCommentsTest::holds);
  }

  @Test
  void areFollowedAndRedactedByOrdinals() {
    open(
        data,
        journal -> {
          Tailed tailed = Tailed.of(journal);
          Ticket brought = tailed.ticket(ticket(journal, 7));
          brought = tailed.ticketAfter(Facts.comment(brought, "since"));
          tailed.ticketAfter(Facts.redact(brought, Redaction.ofComment(3), null));
          Ticket printer = tailed.ticket(ticket(journal, 1));
          tailed.ticketAfter(Facts.redact(printer, Redaction.ofField(TicketField.TITLE), null));
        });
    open(
        data,
        journal -> {
          assertEquals(
              List.of("5 since", "4 [redacted]", "3 [redacted]", "2 [redacted]", "1 brought 1"),
              said(journal, ticket(journal, 7), 2));
          assertEquals(List.of(3L, 4L, 2L), marks(journal, ticket(journal, 7)));
          assertEquals(Arrays.asList(null, null, 2L), marks(journal, ticket(journal, 1)));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void ofJournalsWithoutAWitnessAreNumberedToo(int format) throws Exception {
    Files.delete(head);
    write("format-" + format + ".sql");
    open(
        data,
        journal -> {
          Tailed tailed = Tailed.of(journal);
          int comments = 0;
          for (Ticket ticket : tailed.book().tickets()) {
            List<String> said = said(journal, ticket.id(), 2);
            assertEquals(ticket.commentCount(), said.size());
            for (long id = 1; id <= ticket.commentCount(); id++) {
              comments++;
              String text = said.get(said.size() - (int) id);
              assertTrue(text.startsWith(id + " "), text);
              Redaction what = Redaction.ofComment(id);
              tailed.ticketAfter(Facts.redact(tailed.ticket(ticket.id()), what, null));
              assertEquals(
                  id + " [redacted]", said(journal, ticket.id(), 2).get(said.size() - (int) id));
            }
          }
          assertTrue(comments > 0);
        });
  }

  /** The migration changes events that the witness has seen. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areThereAfterAKillAtTheCommitOfTheMigration(boolean committed) throws Exception {
    Path saved = Files.copy(file, data.resolve("saved"));
    final long before = number("SELECT chain FROM meta");
    open(data, EarlierCommentsTest::holds);
    final long after = number("SELECT chain FROM meta");
    if (!committed) {
      for (String name : List.of("journal.db-wal", "journal.db-shm")) {
        Files.deleteIfExists(data.resolve(name));
      }
      Files.move(saved, file, StandardCopyOption.REPLACE_EXISTING);
    }
    try (Witness announced = Witness.start(head, seen(before))) {
      announced.expect(HEAD, after);
    }
    open(data, EarlierCommentsTest::holds);
  }

  /** The end of the server before it left a removal to the next, as its witness says. */
  @Test
  void areThereBesideARedactionThatIsNotFinished() throws Exception {
    try (Witness announced =
        Witness.start(head, new Witness.Record(JOURNAL_ID, HEAD - 1, 4711, HEAD))) {
      announced.expect(HEAD, number("SELECT chain FROM meta"));
    }
    open(
        data,
        journal -> {
          holds(journal);
          assertTrue(journal.witness().announces());
          await().until(() -> !journal.witness().announces());
        });
  }

  @Test
  void areRestoredFromABackup() throws IOException {
    Path target = Files.createDirectory(data.resolve("restored"), PrivateFiles.directoryMode());
    try (DataDirectory directory = DataDirectory.open(target)) {
      SqliteRestore.run(file, directory, World.system());
    }
    open(
        target,
        journal ->
            assertEquals(
                List.of("4 [redacted]", "3 brought 3", "2 [redacted]", "1 brought 1"),
                said(journal, ticket(journal, 7), 3)));
  }
}
