package org.lesbillets.server.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of a whole check of a journal. Immutable.
 *
 * @param file that was checked
 * @param journalId of its history; null if that cannot be read
 * @param revision of the last event; 0 before the first
 * @param problems what is wrong, a sentence each; empty for a sound journal
 */
public record JournalReport(
    Path file, String journalId, long revision, Counts counts, List<String> problems) {

  /** How many rows were read, whole or damaged. */
  public record Counts(long events, long tickets, long operations) {}

  public JournalReport {
    problems = List.copyOf(problems);
  }

  /** The same of a file that was moved. */
  public JournalReport of(Path moved) {
    return new JournalReport(moved, journalId, revision, counts, problems);
  }

  public boolean isSound() {
    return problems.isEmpty();
  }
}
