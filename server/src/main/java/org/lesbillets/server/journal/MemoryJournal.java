package org.lesbillets.server.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;
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
  private final TimeSource time;
  private final MemoryRecords records;
  private final AppendQueue queue = new AppendQueue(this::wake);
  private final Tail tail = new Tail();
  private final List<AppendQueue.Pending> batch = new ArrayList<>();
  private final Loop loop;
  private final JournalMeasures measures = new JournalMeasures();
  private volatile long head;

  public MemoryJournal() {
    this(World.system());
  }

  public MemoryJournal(World world) {
    this(world.newId().toString(), world, EVENT_MEMORY);
  }

  public MemoryJournal(String journalId) {
    this(journalId, World.system(), EVENT_MEMORY);
  }

  MemoryJournal(String journalId, World world, int eventMemory) {
    this.journalId = journalId;
    this.time = world.time();
    this.records = new MemoryRecords(journalId, eventMemory);
    this.loop = world.loop("journal", this::round);
    loop.start(this::died);
  }

  private void wake() {
    loop.wake();
  }

  private void died(Thread thread, Throwable cause) {
    LOG.error("the thread {} died", thread.getName(), cause);
  }

  private long round() {
    boolean more = queue.take(batch, BATCH);
    boolean worked = !batch.isEmpty();
    batch.forEach(this::write);
    batch.clear();
    if (!more) {
      return Loop.END;
    }
    return worked ? 0 : Long.MAX_VALUE;
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
      poison("the server made a mistake while it kept an event: restart it");
      return new Outcome.Unknown(tail.failure());
    }
  }

  private Outcome taken(Append append) {
    SequencedEvent event = records.take(append, time.nanos());
    head = event.revision();
    if (!tail.deliver(event)) {
      poison("the server made a mistake with event " + event.revision() + ": restart it");
    }
    return new Outcome.Appended(event.revision());
  }

  @Override
  public void poison(String reason) {
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
  public JournalMeasures measures() {
    return measures;
  }

  @Override
  public void probe(Runnable probe) {
    queue.probe(probe);
  }

  @Override
  public void tail(Listener listener) {
    tail.start(listener, l -> l.onSnapshot(records.tickets(), head));
  }

  @Override
  public CompletionStage<Long> head() {
    return CompletableFuture.completedFuture(head);
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
    loop.join(0);
  }
}
