package org.lesbillets.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lesbillets.model.Comment;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.RecordedOperation;

/**
 * A disk with one journal on it, which outlives the processes: a log of transactions, of which the
 * last is lost in a crash unless it was synced. A transaction that was written in part is found by
 * its checksum, and is lost as a whole. One thread.
 */
final class SimulatedDisk {
  /** After an unclean end the next revision is that much higher, so that none is issued twice. */
  static final long SKIPPED = 1_000;

  private final Scheduler scheduler;
  private final Consumer<Entry> onDurable;
  private final List<Entry> log = new ArrayList<>();
  private final String journalId = "journal-1";
  private int synced;
  private long base;
  private boolean clean = true;

  /**
   * A record of the log.
   *
   * @param operation or null
   */
  record Entry(SequencedEvent event, Operation operation, List<Comment> comments) {
    long revision() {
      return event.revision();
    }

    /** The entry without what was redacted since. */
    Entry without(Redaction what) {
      return new Entry(
          event.withEvent(what.of(event.event())),
          operation == null
              ? null
              : new Operation(
                  operation.agent(),
                  operation.id(),
                  RecordedOperation.REDACTED,
                  operation.forEver()),
          comments.stream().map(what::of).toList());
    }

    /** What this entry redacts in those of its ticket before it, or null. */
    Redaction redacts() {
      return event.event() instanceof WireEvent.TicketRedacted redacted ? redacted.what() : null;
    }
  }

  /**
   * @param onDurable callback for each entry when no crash can take it any more
   */
  SimulatedDisk(Scheduler scheduler, Consumer<Entry> onDurable) {
    this.scheduler = scheduler;
    this.onDurable = onDurable;
  }

  String journalId() {
    return journalId;
  }

  /** What a process finds when it opens the journal: all that survived. */
  List<Entry> open() {
    if (!clean) {
      base = lastRevision() + SKIPPED;
    }
    clean = false;
    return List.copyOf(log);
  }

  private long lastRevision() {
    return log.isEmpty() ? 0 : log.get(log.size() - 1).revision();
  }

  /** The least revision the next event may have. */
  long nextRevision() {
    return Math.max(base, lastRevision()) + 1;
  }

  long previousRevision() {
    return lastRevision();
  }

  void write(Entry entry) {
    log.add(entry);
  }

  /** The last transaction never happened: it is rolled back. */
  void rollBack() {
    log.subList(synced, log.size()).clear();
  }

  void sync() {
    for (; synced < log.size(); synced++) {
      redact(log.get(synced));
      onDurable.accept(log.get(synced));
    }
  }

  private void redact(Entry by) {
    Redaction what = by.redacts();
    if (what != null) {
      TicketId ticket = by.event().event().ticket().id();
      log.subList(0, synced)
          .replaceAll(
              old -> old.event().event().ticket().id().equals(ticket) ? old.without(what) : old);
    }
  }

  /** The process is gone: what was not synced is there as a whole, or not at all. */
  void crash() {
    if (log.size() > synced && scheduler.random().nextBoolean()) {
      sync();
    } else {
      rollBack();
    }
  }

  /** The journal was closed in order. */
  void closed() {
    clean = true;
  }
}
