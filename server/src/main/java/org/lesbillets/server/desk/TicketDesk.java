package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.Replies;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.measure.DeskMeasures;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.World;

/**
 * The single writer: the thread "desk" owns the book, decides on requests, and applies what the
 * journal delivers. The requests of one requester are decided in their order, and requesters are
 * served in turn (round robin): a pipeline of 256 requests delays another's by one of them. What
 * the journal delivers, and ends of connections, overtake requests.
 *
 * <p>{@link #submit} may be called from any thread. Bounded by the number of unanswered requests,
 * beyond which {@code submit} refuses (back-pressure); the events the journal delivers are bounded
 * by those.
 */
public final class TicketDesk implements Snapshot.Source, AutoCloseable {
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration SETTLED = Duration.ofMillis(300);
  private static final int BATCH = 1_024;
  private static final long JOIN_MILLIS = 500;

  private final Journal journal;
  private final Limits limits;
  private final DeskState state;
  private final ChangePipeline changes;
  private final DeskDispatch dispatch;
  private final DeskReads reads;
  private final ProcessLocks processes;
  private final Replies replies;
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final FairLane requests;
  private final AtomicInteger unanswered = new AtomicInteger();
  private final World world;
  private final Loop loop;
  private final List<Runnable> batch = new ArrayList<>();
  private volatile long revision;
  private volatile boolean closing;
  private volatile boolean running = true;

  /**
   * @param unanswered bound on the unanswered requests, 1 or more
   * @param closeMillis timeout for those when closing
   * @param policy who may break another's lock
   */
  public record Limits(int unanswered, long closeMillis, LockPolicy policy) {
    public static final Limits DEFAULT = new Limits(16_384, 1_500, LockPolicy.AGENTS_BREAK);

    /** Bound on the requests that wait for locks: half, so that others get through. */
    int waiting() {
      return Math.max(1, unanswered / 2);
    }

    /** With the default timeout. */
    public static Limits of(int unanswered, LockPolicy policy) {
      return new Limits(unanswered, DEFAULT.closeMillis, policy);
    }
  }

  /** The part of the server that serves requests about the server itself. */
  public interface AdminRequests {
    /** Answers a request, soon or later, exactly once. The desk's thread; does not block. */
    void take(Requester requester, AdminMessage message);
  }

  /** A desk without a server around it: it refuses requests about the server. */
  public TicketDesk(DeskDependencies with, Limits limits) {
    this(
        with,
        limits,
        (requester, message) ->
            requester.answer(DeskMessages.NO_SERVER.answer(message.requestId())));
  }

  /**
   * @param admin serves requests about the server
   */
  public TicketDesk(DeskDependencies with, Limits limits, AdminRequests admin) {
    this.journal = with.journal();
    this.limits = limits;
    this.requests = new FairLane(this::post, 1, limits.unanswered());
    this.state = new DeskState(with.time(), limits.policy(), limits.waiting());
    this.world = with.world();
    this.processes =
        new ProcessLocks(
            world,
            state,
            this::submit,
            lock -> post(() -> state.leases().expire(lock.ticket, lock.token)));
    this.replies = new Replies(with, state, unanswered::decrementAndGet, processes::granted);
    this.changes = new ChangePipeline(with, state, this::post, replies);
    this.reads = new DeskReads(with, state, this::post);
    this.dispatch =
        new DeskDispatch(
            reads,
            changes,
            unanswered::decrementAndGet,
            new DeskDispatch.Elsewhere(admin, new ProcessSearches(processes, changes, this::post)));
    this.loop = world.loop("desk", this::round);
  }

  /**
   * Starts the thread; {@link #load} comes first.
   *
   * @param onDeath callback if the thread dies: nothing is decided any more
   */
  public void start(Thread.UncaughtExceptionHandler onDeath) {
    processes.start(onDeath);
    loop.start(onDeath);
  }

  /** Runs {@code task} on the desk's thread, FIFO. Any thread. */
  private void post(Runnable task) {
    inbox.add(task);
    loop.wake();
  }

  /** Loads the journal's snapshot on the caller's thread; later events are queued. */
  public void load() {
    journal.tail(
        new Journal.Listener() {
          @Override
          public void onSnapshot(Iterable<Ticket> tickets, long revision) {
            state.load(tickets, revision);
            TicketDesk.this.revision = revision;
          }

          @Override
          public void onEvent(SequencedEvent event) {
            post(() -> deliver(event));
          }

          @Override
          public void onFailure(String reason) {
            post(() -> changes.dismissWaiting(DeskMessages.readOnly(reason)));
          }
        });
  }

  private void deliver(SequencedEvent event) {
    changes.deliver(event);
    revision = event.revision();
    reads.delivered(event);
  }

  /**
   * Queues a request, which is answered later, exactly once. Never blocks.
   *
   * @return whether it was queued; if not, the caller answers BUSY
   */
  public boolean submit(Requester requester, ClientMessage message) {
    boolean full = unanswered.incrementAndGet() > limits.unanswered();
    if (full || closing) {
      unanswered.decrementAndGet();
      return false;
    }
    requests.execute(requester, dispatch.task(requester, message));
    return true;
  }

  /**
   * Runs {@code probe} on the desk's thread, in turn with the requests, as the only one of a
   * requester of its own. Any thread.
   */
  public void probe(Runnable probe) {
    requests.execute(this, probe);
  }

  @Override
  public void snapshot(Requester requester, Consumer<Snapshot> to) {
    requests.execute(requester, () -> reads.snapshot(to));
  }

  /**
   * Drains the desk, or ends that: while it is drained no lease ends, and no request waits for a
   * lock; those that do are answered BUSY. Any thread.
   */
  public void drain(boolean drained) {
    post(
        () -> {
          state.leases().hold(drained);
          if (journal.failure() == null && !closing) {
            changes.dismissWaiting(drained ? DeskMessages.DRAINED : null);
          }
        });
  }

  /** The requester is gone: drops what it waits for. May be called again. Any thread. */
  public void disconnected(Requester requester) {
    post(() -> changes.disconnected(requester));
  }

  /** Revision of the last event applied. Any thread. */
  public long revision() {
    return revision;
  }

  @Override
  public LockTimes lockTimes() {
    return state;
  }

  /** What it has done, in numbers. */
  public DeskMeasures measures() {
    return state.measures();
  }

  /** The number of unanswered requests. Any thread. */
  public int unanswered() {
    return unanswered.get();
  }

  /** Whether there are requests to decide, or appends under way: events may follow. Any thread. */
  public boolean isBusy() {
    return changes.isAppending() || !inbox.isEmpty();
  }

  private long round() {
    if (!running) {
      return Loop.END;
    }
    inbox.drainTo(batch, BATCH);
    batch.forEach(Runnable::run);
    batch.clear();
    runDue();
    return inbox.isEmpty() ? reads.nanosToNext(changes.nanosToNext(IDLE_NANOS)) : 0;
  }

  /**
   * Runs the queued tasks on the caller's thread, for tests that stand in for the desk's.
   *
   * @return how many were run or are queued now
   */
  int runQueued() {
    int done = 0;
    for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
      task.run();
      done++;
    }
    runDue();
    return done + inbox.size();
  }

  private void runDue() {
    changes.runDue();
    reads.runDue();
  }

  /** The book; the desk's thread only. */
  TicketBook book() {
    return state.book();
  }

  /** Refuses new requests, waits for the unanswered ones, and stops. */
  @Override
  public void close() {
    closing = true;
    post(
        () -> {
          changes.dismissWaiting(DeskMessages.SERVER_STOPS);
          reads.close();
        });
    world.await(
        () -> unanswered.get() == 0 || !loop.isRunning(), Duration.ofMillis(limits.closeMillis()));
    if (unanswered.get() > 0) {
      journal.settle();
      world.await(() -> unanswered.get() == 0 || !loop.isRunning(), SETTLED);
    }
    running = false;
    processes.close();
    loop.wake();
    loop.join(JOIN_MILLIS);
  }
}
