package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.server.journal.sqlite.DataImage.HEAD;
import static org.lesbillets.server.journal.sqlite.DataImage.JOURNAL;
import static org.lesbillets.server.journal.sqlite.DataImage.WAL;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.world.World;

/** A journal that lost what its witness has seen is refused; nothing is ever issued twice. */
final class WitnessTest {
  private static final int EVENTS = 12;
  private static final long RESERVED = 1 << 20;

  @TempDir Path temp;
  private DataDirectory directory;
  private SqliteJournal journal;
  private Tailed tailed;
  private String journalId;

  /** The files after each event. */
  private final List<Path> images = new ArrayList<>();

  @BeforeEach
  void grow() {
    directory = DataDirectory.open(temp.resolve("live"));
    journal = SqliteJournal.open(directory);
    journalId = journal.journalId();
    tailed = Tailed.of(journal);
    keepImage();
    for (int i = 1; i <= EVENTS; i++) {
      tailed.ticketAfter(Facts.create(new UUID(1, i), 0, "ticket " + i));
      keepImage();
    }
  }

  private void keepImage() {
    images.add(DataImage.of(directory.path(), temp.resolve("image" + images.size())));
  }

  @AfterEach
  void close() {
    journal.close();
    directory.close();
  }

  private static void with(Path data, boolean acceptLoss, Consumer<SqliteJournal> use) {
    try (DataDirectory held = DataDirectory.open(data);
        SqliteJournal opened = SqliteJournal.open(held, acceptLoss, World.system())) {
      use.accept(opened);
    }
  }

  private static Path dataOf(SqliteJournal opened) {
    return opened.witness().file().getParent();
  }

  private static String refused(Path data) throws IOException {
    List<byte[]> before = contents(data);
    String sentence =
        assertThrows(JournalException.class, () -> with(data, false, opened -> {})).getMessage();
    List<byte[]> after = contents(data);
    for (int i = 0; i < before.size(); i++) {
      assertArrayEquals(before.get(i), after.get(i), DataImage.FILES.get(i) + ": " + sentence);
    }
    return sentence;
  }

  private static List<byte[]> contents(Path data) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (String name : DataImage.FILES) {
      Path file = data.resolve(name);
      contents.add(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
    }
    return contents;
  }

  private static void truncate(Path file, long bytes) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(bytes);
    }
  }

  private interface Damage {
    void to(Path data) throws IOException;
  }

  private record Loss(String what, Damage damage, List<String> named, int left) {}

  private Loss loss(String what, Damage damage, int left, String... named) {
    return new Loss(what, damage, List.of(named), left);
  }

  @TestFactory
  Stream<DynamicTest> everyLossIsRefusedAndCanBeAccepted() {
    String seen = "has seen revision 12";
    return Stream.of(
            loss(
                "the log truncated to an older commit",
                data -> truncate(data.resolve(WAL), Files.size(images.get(7).resolve(WAL))),
                7,
                "ends at revision 7",
                seen),
            loss(
                "a flipped bit in the log",
                data ->
                    DataImage.flip(
                        data.resolve(WAL), Files.size(images.get(5).resolve(WAL)) * 8 + 999),
                5,
                "ends at revision 5",
                seen),
            loss(
                "an older journal and log",
                data -> {
                  DataImage.copy(images.get(3), data, JOURNAL);
                  DataImage.copy(images.get(3), data, WAL);
                },
                3,
                "ends at revision 3",
                seen),
            loss(
                "no witness",
                data -> Files.delete(data.resolve(HEAD)),
                EVENTS,
                "ends at revision 12",
                "is missing"),
            loss(
                "an empty witness",
                data -> truncate(data.resolve(HEAD), 0),
                EVENTS,
                "ends at revision 12",
                "cannot be read"),
            loss(
                "a damaged witness",
                data -> {
                  DataImage.flip(data.resolve(HEAD), 20 * 8);
                  DataImage.flip(data.resolve(HEAD), 4_116 * 8 + 3);
                },
                EVENTS,
                "ends at revision 12",
                "cannot be read"),
            loss(
                "no journal at all",
                data -> {
                  Files.delete(data.resolve(JOURNAL));
                  Files.delete(data.resolve(WAL));
                },
                0,
                "missing or empty",
                seen))
        .map(loss -> DynamicTest.dynamicTest(loss.what(), () -> refusedAndAccepted(loss)));
  }

  private void refusedAndAccepted(Loss loss) throws IOException {
    Path data = DataImage.of(images.get(EVENTS), Files.createTempDirectory(temp, "lost"));
    loss.damage().to(data);
    String sentence = refused(data);
    List<String> named = new ArrayList<>(loss.named());
    named.addAll(List.of("--accept-loss", "Nothing was changed", data.toString()));
    named.forEach(word -> assertTrue(sentence.contains(word), word + " in: " + sentence));
    with(
        data,
        true,
        opened -> {
          assertEquals(loss.left(), Facts.head(opened));
          assertNotEquals(journalId, opened.journalId());
          Tailed after = Tailed.of(opened);
          assertEquals(loss.left(), after.book().size());
          after.ticketAfter(Facts.create(new UUID(2, 1), 0, "new"));
          assertTrue(Facts.head(opened) > RESERVED, "above every revision: " + Facts.head(opened));
          assertEquals(loss.left(), after.events().get(0).previousRevision());
        });
    with(data, false, opened -> assertEquals(loss.left() + 1, Tailed.of(opened).book().size()));
  }

  @Test
  void aMissingLogIsRefused() throws IOException {
    Path data = images.get(EVENTS);
    Files.delete(data.resolve(WAL));
    String sentence = refused(data);
    assertTrue(sentence.contains("has seen revision 12"), sentence);
    with(data, true, opened -> assertEquals(0, Facts.head(opened)));
  }

  @Test
  void theSameRevisionOfAnotherHistoryIsRefused() throws IOException {
    Path other = DataImage.of(images.get(EVENTS - 1), temp.resolve("other"));
    with(
        other,
        false,
        opened -> {
          Tailed there = Tailed.of(opened);
          there.ticketAfter(Facts.create(new UUID(3, 1), 0, "another twelfth"));
        });
    Witness.write(
        other.resolve(HEAD), new Witness.Record(journalId, RESERVED + 1, 4711, 2 * RESERVED));
    String sentence = refused(other);
    assertTrue(sentence.contains("not the history"), sentence);
  }

  @Test
  void theWitnessOfAnotherJournalIsRefused() throws IOException {
    Path data = images.get(EVENTS);
    Witness.write(data.resolve(HEAD), new Witness.Record("other", 3, 4711, 99));
    String sentence = refused(data);
    assertTrue(sentence.contains("of another journal"), sentence);
  }

  @Test
  void anOlderWitnessIsRight() throws IOException {
    for (int older = 0; older <= EVENTS; older++) {
      Path data = DataImage.of(images.get(EVENTS), Files.createTempDirectory(temp, "older"));
      DataImage.copy(images.get(older), data, HEAD);
      with(
          data,
          false,
          opened -> {
            assertEquals(EVENTS, Facts.head(opened));
            assertEquals(journalId, opened.journalId());
          });
    }
  }

  @Test
  void aTornWitnessIsTheOneBefore() throws IOException {
    for (int slot : List.of(0, 4_096)) {
      Path data = DataImage.of(images.get(EVENTS), Files.createTempDirectory(temp, "torn"));
      DataImage.flip(data.resolve(HEAD), (slot + 30) * 8L);
      with(data, false, opened -> assertEquals(EVENTS, Facts.head(opened)));
    }
  }

  @Test
  void revisionsGoOnAfterACleanEnd() throws IOException {
    journal.close();
    Path data = DataImage.original(DataImage.of(directory.path(), temp.resolve("clean")));
    assertFalse(Files.exists(data.resolve(WAL)));
    for (int round = 1; round <= 3; round++) {
      int expected = EVENTS + round;
      with(
          data,
          false,
          opened -> {
            Tailed.of(opened).ticketAfter(Facts.create(new UUID(2, expected), 0, "t"));
            assertEquals(expected, Facts.head(opened));
          });
    }
  }

  @Test
  void revisionsSkipAfterEachUncleanEnd() {
    Path data = DataImage.original(images.get(EVENTS));
    long head = EVENTS;
    for (int round = 1; round <= 3; round++) {
      long before = head;
      List<Long> heads = new ArrayList<>();
      Path killed = temp.resolve("killed" + round);
      with(
          data,
          false,
          opened -> {
            Tailed after = Tailed.of(opened);
            after.ticketAfter(Facts.create(new UUID(2, before), 0, "t"));
            assertEquals(before, after.events().get(0).previousRevision());
            assertTrue(
                opened.reads().remembers(new ResumePoint(journalId, before)), "the same history");
            heads.add(Facts.head(opened));
            DataImage.of(dataOf(opened), killed);
          });
      head = heads.get(0);
      assertTrue(head >= before + RESERVED - EVENTS && head <= before + RESERVED + 1, "at " + head);
      data = DataImage.original(killed);
    }
  }

  @Test
  void whatWasReservedAndNotUsedIsSkippedAlsoWithoutAnEvent() {
    Path data = DataImage.original(images.get(EVENTS));
    Path again = temp.resolve("again");
    with(data, false, opened -> DataImage.of(dataOf(opened), again));
    with(
        DataImage.original(again),
        false,
        opened -> {
          Tailed.of(opened).ticketAfter(Facts.create(new UUID(2, 1), 0, "t"));
          assertEquals(2 * RESERVED + 1, Facts.head(opened));
        });
    with(
        data,
        false,
        opened -> {
          Tailed.of(opened).ticketAfter(Facts.create(new UUID(2, 1), 0, "t"));
          assertEquals(
              RESERVED + 1, Facts.head(opened), "a clean end without an event skips nothing more");
        });
  }

  /** As a whole an older copy is sound; only its files are not those that were written. */
  @Test
  void aCopyThatIsPutBackIssuesNothingAgain() {
    journal.close();
    Set<Long> issued = new HashSet<>();
    for (int copy = 1; copy <= 3; copy++) {
      Path data = DataImage.of(directory.path(), temp.resolve("copy" + copy));
      for (int start = 1; start <= 2; start++) {
        UUID id = new UUID(2, start);
        with(
            data,
            false,
            opened -> {
              long before = Facts.head(opened);
              assertEquals(journalId, opened.journalId());
              Tailed after = Tailed.of(opened);
              after.ticketAfter(Facts.create(id, 0, "t"));
              assertEquals(before, after.events().get(0).previousRevision());
              assertTrue(opened.reads().remembers(new ResumePoint(journalId, EVENTS)));
              assertFalse(opened.reads().remembers(new ResumePoint(journalId, EVENTS + 1)));
              assertTrue(Facts.head(opened) > 1L << 40, "skips far: " + Facts.head(opened));
              assertTrue(Facts.head(opened) == before + 1 || before == EVENTS, "and once");
              assertTrue(issued.add(Facts.head(opened)), "issued by another copy");
            });
      }
    }
  }

  @Test
  void acceptingALossWithoutOneChangesNothing() {
    with(
        images.get(EVENTS),
        true,
        opened -> {
          assertEquals(journalId, opened.journalId());
          assertEquals(EVENTS, Facts.head(opened));
        });
  }

  @Test
  void aStartThatWasInterruptedIsRepeated() throws IOException {
    Path data = Files.createDirectory(temp.resolve("new"));
    Witness.write(data.resolve(HEAD), new Witness.Record("begun", 0, 0, 0));
    with(
        data,
        false,
        opened -> {
          Tailed.of(opened).ticketAfter(Facts.create(new UUID(1, 1), 0, "t"));
          assertEquals(1, Facts.head(opened));
        });
  }

  @Test
  void withoutAWitnessNothingIsAcknowledged() throws IOException {
    journal.witness().close();
    Outcome outcome = tailed.append(Facts.create(new UUID(9, 9), 0, "t"));
    assertInstanceOf(Outcome.Unknown.class, outcome);
    assertTrue(journal.failure().contains("witness"), journal.failure());
    assertEquals(EVENTS, tailed.events().size());
  }
}
