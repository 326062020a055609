package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.server.journal.ChildJvm;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.RandomFacts;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.tidy.RequiredTools;

/** kill -9 at any time loses nothing that was acknowledged. */
final class KillTest {
  @TempDir Path data;

  @Test
  void whatWasAcknowledgedIsThereAfterKills() throws Exception {
    long seed = RandomFacts.seed();
    Random random = new Random(seed);
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      acknowledged.addAll(killedAfter(50 + random.nextInt(1_000), seed + round));
      reopened(acknowledged, seed);
    }
  }

  private List<String> killedAfter(int lines, long seed) throws Exception {
    Process child =
        ChildJvm.start(AcknowledgingAppender.class, data.toString(), Long.toString(seed));
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        acknowledged.add(line);
        if (acknowledged.size() == lines) {
          // Through its handle: the process's own method closes the output that is being read.
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertTrue(acknowledged.size() >= lines, "the child ended early, after " + acknowledged.size());
    return acknowledged;
  }

  /**
   * A kill in the middle of a commit leaves it in the page cache, and the next start recovers it:
   * it is synced before anything can see it.
   */
  @Test
  void whatAStartRecoversIsSyncedFirst() throws Exception {
    killedAfter(20, RandomFacts.seed());
    Path log = data.toRealPath().resolve("journal.db-wal");
    assertTrue(Files.size(log) > 0, "nothing to recover");
    Path calls = data.resolve("calls");
    Path strace = RequiredTools.find("strace", "strace");
    Process child =
        ChildJvm.start(
            List.of(
                strace.toString(),
                "-f",
                "-qq",
                "-y",
                "-e",
                "trace=fsync,fdatasync,pwrite64",
                "-o",
                calls.toString()),
            AcknowledgingAppender.class,
            data.toString(),
            "1");
    try (BufferedReader out = child.inputReader()) {
      out.readLine();
    } finally {
      child.descendants().forEach(ProcessHandle::destroyForcibly);
      child.destroyForcibly().waitFor();
    }
    List<String> made = Files.readAllLines(calls);
    int synced = first(made, "sync(", log + ">");
    int written = first(made, "pwrite64(", log + ">");
    assertTrue(synced >= 0 && written >= 0, "not traced: " + made.size() + " calls");
    assertTrue(synced < written, "synced only with a commit of its own");
  }

  private static int first(List<String> calls, String call, String file) {
    for (int n = 0; n < calls.size(); n++) {
      if (calls.get(n).contains(call) && calls.get(n).contains(file)) {
        return n;
      }
    }
    return -1;
  }

  /** An import is there with all its comments, or not at all. */
  private static void allCommentsOf(SequencedEvent event, SqliteJournal journal, long seed) {
    if (event.event() instanceof TicketCreated created && created.imported()) {
      Imported came = journal.reads().imported(created.ticket().id()).orElseThrow();
      assertEquals(event, came.event(), "seed " + seed);
      assertEquals(created.ticket().commentCount(), came.comments().size(), "seed " + seed);
    }
  }

  private void reopened(List<String> acknowledged, long seed) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      for (String line : acknowledged) {
        String[] words = line.split(" ");
        if (words.length == 2) {
          SequencedEvent event = journal.reads().event(Long.parseLong(words[0])).orElseThrow();
          assertEquals(words[1], event.event().ticket().id().toString(), "seed " + seed);
        }
      }
      TicketBook fold = new TicketBook();
      List<SequencedEvent> events =
          journal.reads().eventsAfter(0, Integer.MAX_VALUE, Long.MAX_VALUE);
      events.forEach(fold::apply);
      events.forEach(event -> allCommentsOf(event, journal, seed));
      Tailed tailed = Tailed.of(journal);
      assertEquals(fold.revision(), Facts.head(journal), "seed " + seed);
      assertEquals(fold.tickets(), tailed.book().tickets(), "seed " + seed);
    }
  }
}
