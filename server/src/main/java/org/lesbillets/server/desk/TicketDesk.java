package org.lesbillets.server.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.pubsub.EventChannel;

/**
 * The single writer: one thread owns the book, takes requests in order, and applies what the
 * journal delivers.
 *
 * <p>{@link #submit} may be called from any thread; everything else runs on the thread "desk".
 * Bounded by the number of unanswered requests, beyond which {@code submit} says no; what the
 * journal delivers is bounded by those.
 */
public final class TicketDesk implements AutoCloseable {
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int TASKS_PER_TURN = 1_024;
  private static final long CLOSE_POLL_MILLIS = 5;
  private static final long JOIN_MILLIS = 500;

  private final Journal journal;
  private final Limits limits;
  private final TicketBook book = new TicketBook();
  private final LockWaitQueue waiting;
  private final PeerProbes probes;
  private final LeaseClock leases;
  private final ChangePipeline changes;
  private final DeskDispatch dispatch;
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Thread thread;
  private volatile long revision;
  private volatile boolean closing;
  private volatile boolean running = true;

  /**
   * What the desk is built on.
   *
   * @param workers reads the journal for the desk; bounded, may refuse
   * @param ids gives new tickets their ids
   */
  public record Foundation(
      Journal journal,
      EventChannel<Announcement> channel,
      TimeSource time,
      Supplier<UUID> ids,
      Executor workers) {}

  /**
   * @param unanswered how many requests may be under way, 1 or more
   * @param closeMillis how long closing waits for those
   * @param policy who may break another's lock
   */
  public record Limits(int unanswered, long closeMillis, LockPolicy policy) {
    public static final Limits DEFAULT = new Limits(16_384, 1_500, LockPolicy.AGENTS_BREAK);

    /** How many of the requests under way may wait for a lock: half, so that others get through. */
    int waiting() {
      return Math.max(1, unanswered / 2);
    }

    /** These limits with another rule for breaking locks. */
    public Limits with(LockPolicy policy) {
      return new Limits(unanswered, closeMillis, policy);
    }

    /** Limits under which any agent may break a lock. */
    public Limits(int unanswered, long closeMillis) {
      this(unanswered, closeMillis, LockPolicy.AGENTS_BREAK);
    }
  }

  public TicketDesk(Foundation foundation, Limits limits) {
    this.journal = foundation.journal();
    this.limits = limits;
    this.waiting = new LockWaitQueue(foundation.time(), limits.waiting());
    this.leases = new LeaseClock(foundation.time(), waiting);
    Replies answers = new Replies(foundation.channel(), unanswered::decrementAndGet);
    Executor turns = inbox::add;
    this.probes = new PeerProbes(foundation.time(), turns);
    IdempotencyCheck recall = new IdempotencyCheck(foundation, turns, answers, leases);
    this.changes =
        new ChangePipeline(
            book,
            leases,
            new ChangePipeline.Parts(
                journal,
                foundation.channel(),
                foundation.time(),
                foundation.ids(),
                limits.policy(),
                turns,
                answers,
                recall,
                new DuplicateImportCheck(foundation, turns, answers, leases),
                waiting,
                probes));
    DeskReads reads = new DeskReads(book, leases, foundation.channel(), foundation.time());
    this.dispatch = new DeskDispatch(reads, changes, unanswered::decrementAndGet);
    this.thread = new Thread(this::run, "desk");
    this.thread.setDaemon(true);
  }

  /**
   * Starts the thread; {@link #load} comes first.
   *
   * @param onDeath told if the desk's thread dies: nothing is decided any more
   */
  public void start(Thread.UncaughtExceptionHandler onDeath) {
    thread.setUncaughtExceptionHandler(onDeath);
    thread.start();
  }

  /** Loads the journal's state on the caller's thread; its events are queued from now on. */
  public void load() {
    journal.tail(
        new Journal.Listener() {
          @Override
          public void onSnapshot(Iterable<Ticket> tickets, long revision) {
            begin(tickets, revision);
          }

          @Override
          public void onEvent(SequencedEvent event) {
            inbox.add(() -> deliver(event));
          }

          @Override
          public void onFailure(String reason) {
            inbox.add(
                () ->
                    changes.dismissWaiting(RejectionCode.READ_ONLY, DeskMessages.readOnly(reason)));
          }
        });
  }

  private void begin(Iterable<Ticket> tickets, long revision) {
    for (Ticket ticket : tickets) {
      book.put(ticket);
      if (ticket.isLocked()) {
        leases.start(ticket);
      }
    }
    book.standAt(revision);
    this.revision = revision;
  }

  private void deliver(SequencedEvent event) {
    changes.deliver(event);
    revision = event.revision();
  }

  /**
   * Takes a request; whoever asked is answered later, exactly once.
   *
   * @return whether it was taken; if not, nothing happens and the requester is to be told BUSY
   */
  public boolean submit(Requester requester, ClientMessage message) {
    boolean full = unanswered.incrementAndGet() > limits.unanswered();
    if (full || closing) {
      unanswered.decrementAndGet();
      return false;
    }
    inbox.add(dispatch.turn(requester, message));
    return true;
  }

  /** Somebody's connection is gone; what they wait for is off. Any thread. */
  public void left(Requester requester) {
    inbox.add(() -> changes.left(requester));
  }

  /** Revision of the last event applied. Any thread. */
  public long revision() {
    return revision;
  }

  /** How long locks still last. Any thread. */
  public LockTimes lockTimes() {
    return leases;
  }

  /** How many requests are under way. Any thread. */
  public int unanswered() {
    return unanswered.get();
  }

  private void run() {
    List<Runnable> turn = new ArrayList<>();
    try {
      while (running) {
        Runnable first = inbox.poll(nanosToNext(), TimeUnit.NANOSECONDS);
        if (first != null) {
          turn.add(first);
          inbox.drainTo(turn, TASKS_PER_TURN - 1);
          turn.forEach(Runnable::run);
          turn.clear();
        }
        changes.expireDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long nanosToNext() {
    return probes.nanosToNext(waiting.nanosToNext(leases.nanosToNext(IDLE_NANOS)));
  }

  /** Does on the caller's thread what waits to be done; for tests that are their own desk. */
  int runQueued() {
    int done = 0;
    for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
      task.run();
      done++;
    }
    changes.expireDue();
    return done;
  }

  /** The book; only for whoever is the desk's thread. */
  TicketBook book() {
    return book;
  }

  /** Takes no more requests, waits for those under way, and stops. */
  @Override
  public void close() {
    closing = true;
    inbox.add(() -> changes.dismissWaiting(RejectionCode.BUSY, "The server stops: ask again."));
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.closeMillis());
    try {
      while (thread.isAlive() && unanswered.get() > 0 && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(CLOSE_POLL_MILLIS);
      }
      running = false;
      inbox.add(() -> {});
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
