package org.lesbillets.server.journal.sqlite;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.journal.sqlite.row.UuidBytes;

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
