package org.lesbillets.server.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.lesbillets.model.event.SequencedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in memory, lost with the process. Single writer: the thread "journal"; any thread may
 * append. Bounded by its tickets and comments, the last 100,000 events, and {@link
 * AppendQueue#CAPACITY} queued appends.
 */
public final class MemoryJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryJournal.class);
  private static final int EVENT_MEMORY = 100_000;
  private static final int BATCH = 1_024;

  private final String journalId;
  private final InstantSource clock;
  private final MemoryRecords records;
  private final AppendQueue queue = new AppendQueue();
  private final Tail tail = new Tail();
  private final Thread thread = new Thread(this::run, "journal");
  private volatile long head;

  public MemoryJournal() {
    this(UUID.randomUUID().toString());
  }

  public MemoryJournal(String journalId) {
    this(journalId, InstantSource.system(), EVENT_MEMORY);
  }

  MemoryJournal(String journalId, InstantSource clock, int eventMemory) {
    this.journalId = journalId;
    this.clock = clock;
    this.records = new MemoryRecords(journalId, eventMemory);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    List<AppendQueue.Pending> batch = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = queue.take(batch, BATCH, 0);
      batch.forEach(this::write);
      batch.clear();
    }
  }

  private void write(AppendQueue.Pending pending) {
    tail.exclusively(() -> pending.stage().complete(outcome(pending.append())));
  }

  private Outcome outcome(Append append) {
    if (tail.failure() != null) {
      return new Outcome.ReadOnly(tail.failure());
    }
    try {
      return records.objection(append).orElseGet(() -> taken(append));
    } catch (RuntimeException e) {
      LOG.error("an event for ticket {} could not be kept", append.ticket(), e);
      stop("the server made a mistake while it kept an event: restart it");
      return new Outcome.Unknown(tail.failure());
    }
  }

  private Outcome taken(Append append) {
    SequencedEvent event = records.take(append, clock.instant());
    head = event.revision();
    if (!tail.deliver(event)) {
      stop("the server made a mistake with event " + event.revision() + ": restart it");
    }
    return new Outcome.Appended(event.revision());
  }

  private void stop(String reason) {
    queue.refuse(reason);
    tail.fail(reason);
  }

  @Override
  public String journalId() {
    return journalId;
  }

  @Override
  public boolean ephemeral() {
    return true;
  }

  @Override
  public CompletionStage<Outcome> append(Append append) {
    return queue.add(append);
  }

  @Override
  public void tail(Listener listener) {
    tail.start(listener, l -> l.onSnapshot(records.tickets(), head));
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public String failure() {
    return tail.failure();
  }

  @Override
  public JournalReads reads() {
    return records;
  }

  @Override
  public void backup(Path file) {
    throw new JournalException(
        "This server keeps its tickets in memory only, so there is nothing to back up:"
            + " start it without --ephemeral to have a journal.");
  }

  @Override
  public void close() {
    queue.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
