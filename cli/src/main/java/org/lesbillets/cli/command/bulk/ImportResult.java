package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.command.bulk.format.ImportRecord;
import org.lesbillets.model.message.RejectionCode;

/** The outcome of one record. Not thread-safe: handed from the pipeline to its sink. */
final class ImportResult {
  private final ImportRecord record;
  private final long place;
  private ImportTask.Outcome outcome;
  private RuntimeException reason;
  private boolean renumbered;

  /**
   * @param place bytes of the input read so far
   */
  ImportResult(ImportRecord record, long place) {
    this.record = record;
    this.place = place;
    if (record.problem() != null) {
      failed(RejectedException.of(RejectionCode.INVALID, record.problem()));
    }
  }

  void is(ImportTask.Outcome outcome) {
    this.outcome = outcome;
  }

  void failed(RuntimeException why) {
    outcome = ImportTask.Outcome.FAILED;
    reason = why;
  }

  /** A ticket of this id is there, and says something else. */
  void differs(String what) {
    failed(
        RejectedException.of(
            RejectionCode.INVALID,
            "a ticket with the id "
                + record.ticket().ticket().id()
                + " is there, and "
                + what
                + ": it was left as it is"));
  }

  /** The ticket is there under this number. */
  void numbered(long number) {
    renumbered = record.numbered() && number != record.ticket().ticket().number();
  }

  ImportRecord record() {
    return record;
  }

  long place() {
    return place;
  }

  ImportTask.Outcome outcome() {
    return outcome;
  }

  RuntimeException reason() {
    return reason;
  }

  boolean renumbered() {
    return renumbered;
  }

  /** Estimated size in memory. */
  long bytes() {
    if (record.ticket() == null) {
      return 200;
    }
    long texts = record.ticket().ticket().content().description().length();
    texts += record.ticket().comments().stream().mapToLong(c -> 100 + c.text().length()).sum();
    return 1_000 + 2 * texts;
  }
}
