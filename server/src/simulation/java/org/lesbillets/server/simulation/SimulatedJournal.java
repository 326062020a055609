package org.lesbillets.server.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.AppendQueue;
import org.lesbillets.server.journal.EventSealer;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalMeasures;
import org.lesbillets.server.journal.JournalReads;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.RecordedOperation;
import org.lesbillets.server.journal.Tail;
import org.lesbillets.server.world.Loop;

/**
 * A model of a durable journal on a {@link SimulatedDisk}: group commit, syncs that take their
 * time, and writes that fail. Its own code, since SQLite cannot be stepped by a scheduler; SQLite
 * is tested by kills, by failing system calls and by damaged files. One thread.
 *
 * <pre>
 *   IDLE --- batch written ---> SYNCING ---+--- synced: delivered, answered ---> IDLE
 *     |                                    +--- failed ---> POISONED: Unknown, then ReadOnly
 *     +--- another program's lock: Busy
 * </pre>
 */
final class SimulatedJournal implements Journal {
  private static final int BATCH = 64;

  /** After this a sync is an obstacle, as with the real journal. */
  private static final long STALLED = 2 * Scheduler.SECOND;

  private final Scheduler scheduler;
  private final SimulatedDisk disk;
  private final Faults faults;
  private final JournalModel model;
  private final AppendQueue queue = new AppendQueue(this::wake);
  private final Tail tail = new Tail();
  private final Loop loop;
  private final List<AppendQueue.Pending> batch = new ArrayList<>();
  private final List<Written> syncing = new ArrayList<>();
  private long syncingSince;
  private long syncedAt;
  private boolean failing;

  /** How disks fail in a run; each is drawn anew for each transaction. */
  interface Faults {
    /** How long a sync takes. */
    long syncNanos();

    /** Whether the transaction's write or sync fails. */
    boolean failsWrite();

    /** Whether another program holds the file. */
    boolean isBusy();

    /** Whether the store answers Conflict, though there is none. */
    boolean conflicts();

    /** Whether the outcome of a transaction that happened gets lost. */
    boolean losesOutcome();
  }

  private record Written(AppendQueue.Pending pending, Outcome outcome, SimulatedDisk.Entry entry) {}

  SimulatedJournal(
      SimulatedProcess process, Scheduler scheduler, SimulatedDisk disk, Faults faults) {
    this.scheduler = scheduler;
    this.disk = disk;
    this.faults = faults;
    this.model = new JournalModel(disk.journalId(), disk.open());
    this.loop = process.loop("journal", this::round);
    loop.start(
        (thread, cause) -> {
          throw new BrokenInvariantException("the journal died", cause);
        });
  }

  private void wake() {
    loop.wake();
  }

  private long round() {
    if (!syncing.isEmpty()) {
      long left = syncedAt - scheduler.nanos();
      if (left > 0) {
        return left;
      }
      tail.exclusively(this::finish);
    }
    boolean more = queue.take(batch, BATCH);
    if (batch.isEmpty()) {
      return more ? Long.MAX_VALUE : Loop.END;
    }
    begin();
    batch.clear();
    return syncing.isEmpty() ? 0 : syncedAt - scheduler.nanos();
  }

  private void begin() {
    if (tail.failure() != null) {
      answer(new Outcome.ReadOnly(tail.failure()));
    } else if (faults.isBusy()) {
      answer(new Outcome.Busy());
    } else {
      batch.forEach(pending -> syncing.add(write(pending)));
      failing = faults.failsWrite();
      syncingSince = scheduler.nanos();
      syncedAt = scheduler.nanos() + faults.syncNanos();
    }
  }

  private void answer(Outcome outcome) {
    List.copyOf(batch).forEach(pending -> pending.stage().complete(outcome));
  }

  private Written write(AppendQueue.Pending pending) {
    Append append = pending.append();
    Optional<Outcome> objection = objection(append);
    if (objection.isPresent()) {
      return new Written(pending, objection.get(), null);
    }
    long number =
        model.find(append.ticket()).map(Ticket::number).orElseGet(() -> model.freeNumber(append));
    long revision = disk.nextRevision();
    SequencedEvent event =
        EventSealer.seal(append.event(), number, revision, disk.previousRevision());
    SimulatedDisk.Entry entry =
        new SimulatedDisk.Entry(event, append.operation(), append.comments());
    disk.write(entry);
    model.add(entry);
    return new Written(pending, new Outcome.Appended(revision), entry);
  }

  private Optional<Outcome> objection(Append append) {
    Optional<RecordedOperation> recorded =
        append.operation() == null
            ? Optional.empty()
            : model.written(append.operation().agent(), append.operation().id());
    if (recorded.isPresent()) {
      return Optional.of(new Outcome.Repeated(recorded.get()));
    }
    long current = model.find(append.ticket()).map(Ticket::revision).orElse(0L);
    if (current != append.expectedRevision() || faults.conflicts()) {
      return Optional.of(new Outcome.Conflict(current));
    }
    if (append.event() instanceof WireEvent.TicketRedacted redacted
        && redacted.what().comment() != null
        && !model.hasComment(append.ticket(), redacted.what().comment())) {
      return Optional.of(new Outcome.Missing(Outcome.Missing.What.COMMENT));
    }
    return model.freeNumber(append) > WireLimits.MAX_NUMBER
        ? Optional.of(new Outcome.Missing(Outcome.Missing.What.NUMBER))
        : Optional.empty();
  }

  private void finish() {
    List<Written> done = List.copyOf(syncing);
    syncing.clear();
    if (failing) {
      String reason = "the disk failed";
      queue.refuse(reason);
      tail.fail(reason);
      done.forEach(one -> one.pending().stage().complete(new Outcome.Unknown(reason)));
      return;
    }
    disk.sync();
    model.commit();
    for (Written one : done) {
      if (one.entry() != null && !tail.deliver(one.entry().event())) {
        throw new BrokenInvariantException("event not taken: " + one.entry().revision());
      }
    }
    for (Written one : done) {
      boolean lost = one.entry() != null && faults.losesOutcome();
      one.pending().stage().complete(lost ? new Outcome.Unknown("it said nothing") : one.outcome());
    }
  }

  @Override
  public String journalId() {
    return disk.journalId();
  }

  @Override
  public boolean ephemeral() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> append(Append append) {
    return queue.add(append);
  }

  @Override
  public Obstacle obstacle() {
    boolean stalled = !syncing.isEmpty() && scheduler.nanos() - syncingSince >= STALLED;
    return stalled ? Obstacle.stalled("The disk has not answered yet.") : null;
  }

  @Override
  public JournalMeasures measures() {
    return new JournalMeasures();
  }

  @Override
  public void probe(Runnable probe) {
    queue.probe(probe);
  }

  @Override
  public void tail(Listener listener) {
    tail.start(listener, l -> l.onSnapshot(model.tickets(), model.head()));
  }

  @Override
  public CompletionStage<Long> head() {
    return CompletableFuture.completedFuture(model.head());
  }

  @Override
  public String failure() {
    return tail.failure();
  }

  @Override
  public void poison(String reason) {
    tail.exclusively(
        () -> {
          queue.refuse(reason);
          tail.fail(reason);
        });
  }

  @Override
  public JournalReads reads() {
    return model;
  }

  @Override
  public void backup(Path file) {
    throw new UnsupportedOperationException("not simulated");
  }

  @Override
  public void close() {
    queue.close();
    loop.join(0);
    if (tail.failure() == null) {
      disk.closed();
    }
  }
}
