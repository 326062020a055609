package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.RandomFacts;
import org.lesbillets.server.journal.Tailed;

/**
 * A process that appends for ever, a few at once, and prints {@code revision ticket} for each that
 * was acknowledged. A third argument is where it writes a backup first.
 */
public final class AcknowledgingAppender {
  private AcknowledgingAppender() {}

  public static void main(String[] args) throws IOException {
    try (DataDirectory directory = DataDirectory.open(Path.of(args[0]));
        SqliteJournal journal = SqliteJournal.open(directory)) {
      RandomFacts facts = new RandomFacts(Long.parseLong(args[1]));
      Tailed tailed = Tailed.of(journal);
      if (args.length > 2) {
        journal.backup(Path.of(args[2]));
      }
      while (true) {
        List<Append> appends = new ArrayList<>();
        List<CompletableFuture<Outcome>> stages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          Append append = facts.next(tailed.book());
          appends.add(append);
          stages.add(journal.append(append).toCompletableFuture());
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < appends.size(); i++) {
          if (stages.get(i).join() instanceof Outcome.Appended appended) {
            lines
                .append(appended.revision())
                .append(' ')
                .append(appends.get(i).ticket())
                .append('\n');
          }
        }
        System.out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
      }
    }
  }
}
