package org.lesbillets.cli.client.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;

/**
 * Many jobs over one connection, several at a time: bounded read-ahead, per-key serialization (jobs
 * about one ticket run in their order), retry of what is transient under one operation id (the
 * idempotency key) until the settings' timeout has passed for that request, and results in the
 * order of the jobs.
 *
 * <pre>
 *   JobReader --BoundedBudget--> PerTicketScheduler --> InFlightRequests --> unreported --> JobSink
 *   (its own thread)                   |    ^ NOT_FOUND, while creates are pending |
 *                                      +--> PendingCreates <-----------------------+
 * </pre>
 *
 * <p>Runs on the caller's thread. At most 1,024 jobs, or about 16 MiB of them, are read and not
 * reported yet (back-pressure on the source). Used once.
 */
public final class Pipeline<J extends Job>
    implements JobReader.Listener<J>, InFlightRequests.Listener<J> {
  private static final int TASKS_PER_TURN = 256;
  private static final long TICK_MILLIS = 20;
  private static final long IDLE_MILLIS = 1_000;

  /** How long a source that gives nothing is waited for, once no job is begun any more. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** The same for a source that gives more and more. */
  private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int jobs;
  private final JobSink<J> sink;
  private final JobReader<J> reader;
  private final InFlightRequests<J> requests;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Deque<InFlightRequest<J>> unreported = new ArrayDeque<>();
  private final PerTicketScheduler<InFlightRequest<J>> scheduler = new PerTicketScheduler<>();
  private final PendingCreates<InFlightRequest<J>> pendingCreates = new PendingCreates<>();

  /** At most {@code jobs}, each with its slot. */
  private final Map<InFlightRequest<J>, PerTicketScheduler.Slot<InFlightRequest<J>>> inFlight =
      new HashMap<>();

  private long read;
  private long readNanos = System.nanoTime();
  private long reportedNanos = readNanos;
  private long notBegun;

  /** Jobs of a higher sequence are not begun. */
  private long lastSequence = Long.MAX_VALUE;

  private boolean sourceEnded;
  private Throwable sourceFailure;
  private ConnectionException unreachable;

  /**
   * @param jobs how many may be in flight at a time, 1 to 256
   */
  public Pipeline(ClientSettings settings, int jobs, JobSource<J> source, JobSink<J> sink) {
    this.jobs = jobs;
    this.sink = sink;
    this.reader = new JobReader<>(source, tasks::add);
    this.requests = new InFlightRequests<>(settings, tasks::add, this);
  }

  /**
   * Runs all jobs. Ends early, with the failure in its result, when no server could be reached for
   * as long as the timeout, or it does not admit this client.
   *
   * @throws RuntimeException what the sink throws
   */
  public PipelineResult run() {
    reader.start(this);
    try (requests) {
      advance();
      while (!isOver()) {
        work();
        advance();
      }
    }
    return new PipelineResult(notBegun, sourceEnded && sourceFailure == null, failure());
  }

  private void advance() {
    beginReady();
    requests.sendDue();
    report();
  }

  private RuntimeException failure() {
    if (unreachable != null || sourceFailure == null) {
      return unreachable;
    }
    if (sourceFailure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) sourceFailure;
  }

  private boolean isOver() {
    long now = System.nanoTime();
    if (!unreported.isEmpty()) {
      reportedNanos = now;
      return false;
    }
    long quiet = now - Math.max(readNanos, reportedNanos);
    return sourceEnded && tasks.isEmpty()
        || endsEarly() && (quiet >= QUIET_NANOS || now - reportedNanos >= COUNT_NANOS);
  }

  private boolean endsEarly() {
    return lastSequence < Long.MAX_VALUE;
  }

  private void work() {
    try {
      Runnable task = tasks.poll();
      if (task == null) {
        sink.pause();
        boolean idle = inFlight.isEmpty() && !endsEarly();
        task = tasks.poll(idle ? IDLE_MILLIS : TICK_MILLIS, TimeUnit.MILLISECONDS);
      }
      for (int i = 0; task != null && i < TASKS_PER_TURN; i++) {
        task.run();
        task = i + 1 < TASKS_PER_TURN ? tasks.poll() : null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionException(
          ConnectionException.Kind.LOST, "interrupted before all was done: look, then try again");
    }
    requests.checkDeadlines();
  }

  @Override
  public void read(J job) {
    readNanos = System.nanoTime();
    InFlightRequest<J> item = new InFlightRequest<>(job, read++);
    if (item.sequence() > lastSequence) {
      skip(item);
      return;
    }
    unreported.add(item);
    if (item.first() == null) {
      over(item);
    } else {
      pendingCreates.add(item.sequence(), item.first());
      scheduler.add(item, TicketKey.of(item.first()));
    }
  }

  @Override
  public void ended(Throwable failure) {
    sourceEnded = true;
    sourceFailure = failure;
  }

  private void skip(InFlightRequest<J> item) {
    notBegun++;
    reader.giveBack(item.job());
  }

  private void beginReady() {
    pendingCreates.over().forEach(item -> begin(item, item.request()));
    skipRest();
    while (inFlight.size() < jobs && requests.isReady()) {
      PerTicketScheduler.Slot<InFlightRequest<J>> slot = scheduler.next();
      if (slot == null) {
        return;
      }
      inFlight.put(slot.item(), slot);
      begin(slot.item(), slot.item().first());
      skipRest();
    }
  }

  private void begin(InFlightRequest<J> item, ClientMessage request) {
    pendingCreates.begun(item, item.sequence());
    requests.begin(item, request);
  }

  /** Ends jobs that are not to be begun; they are counted in their turn, as not begun. */
  private void skipRest() {
    for (PerTicketScheduler.Slot<InFlightRequest<J>> slot = scheduler.peek();
        slot != null && slot.item().sequence() > lastSequence;
        slot = scheduler.peek()) {
      scheduler.done(scheduler.next());
      pendingCreates.done(slot.item(), slot.item().sequence());
      slot.item().over();
    }
  }

  @Override
  public void answered(InFlightRequest<J> item, Answer answer) {
    if (PendingCreates.isMissing(answer, item.request()) && pendingCreates.keeps(item)) {
      return;
    }
    ClientMessage next = item.job().next(answer);
    if (next == null) {
      over(item);
    } else {
      begin(item, next);
    }
  }

  /** Without a server each of the jobs that follow would only wait for the timeout again. */
  @Override
  public void failed(InFlightRequest<J> item, ConnectionException failure, boolean connected) {
    item.job().failed(failure);
    over(item);
    if (!connected && unreachable == null) {
      unreachable = failure;
      lastSequence = -1;
    }
  }

  private void over(InFlightRequest<J> item) {
    PerTicketScheduler.Slot<InFlightRequest<J>> slot = inFlight.remove(item);
    if (slot != null) {
      scheduler.done(slot);
    }
    pendingCreates.done(item, item.sequence());
    item.over();
    if (!sink.goesOnAfter(item.job())) {
      lastSequence = Math.min(lastSequence, item.sequence());
    }
  }

  private void report() {
    while (!unreported.isEmpty() && unreported.element().isOver()) {
      InFlightRequest<J> item = unreported.remove();
      if (item.request() != null || item.first() == null) {
        sink.take(item.job());
        reader.giveBack(item.job());
      } else {
        skip(item);
      }
    }
  }
}
