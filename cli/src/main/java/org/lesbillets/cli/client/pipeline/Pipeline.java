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
 * Has many jobs done over one connection, several at a time. Jobs about one ticket are done in
 * their order, each after the one before; what became of them is told in the order they came. BUSY,
 * UNCERTAIN, lost answers and lost connections are tried again, a change under its one operation
 * id, until the settings' timeout has passed for that request.
 *
 * <p>Runs on the caller's thread; jobs are read on one of its own. At most 1,024 jobs, or about 16
 * MiB of them, are read and not told yet. Used once.
 */
public final class Pipeline<J extends Job>
    implements JobReader.Listener<J>, InFlightRequests.Listener<J> {
  private static final int TASKS_PER_TURN = 256;
  private static final long TICK_MILLIS = 20;
  private static final long IDLE_MILLIS = 1_000;

  /** How long, when no job is begun any more, to wait for a source that gives nothing. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** And for one that gives more and more. */
  private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int jobs;
  private final JobSink<J> sink;
  private final JobReader<J> reader;
  private final InFlightRequests<J> flights;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Deque<InFlightRequest<J>> untold = new ArrayDeque<>();
  private final PerTicketScheduler<InFlightRequest<J>> lanes = new PerTicketScheduler<>();
  private final PendingCreates<InFlightRequest<J>> expected = new PendingCreates<>();

  /** Those under way, each in its lane. */
  private final Map<InFlightRequest<J>, PerTicketScheduler.Place<InFlightRequest<J>>> begun =
      new HashMap<>();

  private long read;
  private long readNanos = System.nanoTime();
  private long toldNanos = readNanos;
  private long notBegun;

  /** Jobs of a higher sequence are not begun. */
  private long lastSequence = Long.MAX_VALUE;

  private boolean sourceEnded;
  private Throwable sourceFailure;
  private ConnectionException unreachable;

  /**
   * @param jobs how many may be under way at a time, 1 to 256
   */
  public Pipeline(ClientSettings settings, int jobs, JobSource<J> source, JobSink<J> sink) {
    this.jobs = jobs;
    this.sink = sink;
    this.reader = new JobReader<>(source, tasks::add);
    this.flights = new InFlightRequests<>(settings, tasks::add, this);
  }

  /**
   * Has all jobs done. Ends early when there was no server to ask for as long as the timeout, or it
   * does not let this client in: the failure is then in what it gives.
   *
   * @throws RuntimeException what the sink throws
   */
  public PipelineResult run() {
    reader.start(this);
    try (flights) {
      goOn();
      while (!isOver()) {
        work();
        goOn();
      }
    }
    return new PipelineResult(notBegun, sourceEnded && sourceFailure == null, failure());
  }

  private void goOn() {
    beginWhatMay();
    flights.sendDue();
    tell();
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
    if (!untold.isEmpty()) {
      toldNanos = now;
      return false;
    }
    long quiet = now - Math.max(readNanos, toldNanos);
    return sourceEnded && tasks.isEmpty()
        || endsEarly() && (quiet >= QUIET_NANOS || now - toldNanos >= COUNT_NANOS);
  }

  private boolean endsEarly() {
    return lastSequence < Long.MAX_VALUE;
  }

  private void work() {
    try {
      Runnable task = tasks.poll();
      if (task == null) {
        sink.pause();
        boolean idle = begun.isEmpty() && !endsEarly();
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
    flights.lookAtTheClock();
  }

  @Override
  public void read(J job) {
    readNanos = System.nanoTime();
    InFlightRequest<J> flight = new InFlightRequest<>(job, read++);
    if (flight.sequence() > lastSequence) {
      leave(flight);
      return;
    }
    untold.add(flight);
    if (flight.first() == null) {
      over(flight);
    } else {
      expected.add(flight.sequence(), flight.first());
      lanes.add(flight, TicketKey.of(flight.first()));
    }
  }

  @Override
  public void ended(Throwable failure) {
    sourceEnded = true;
    sourceFailure = failure;
  }

  private void leave(InFlightRequest<J> flight) {
    notBegun++;
    reader.giveBack(flight.job());
  }

  private void beginWhatMay() {
    expected.over().forEach(flight -> begin(flight, flight.request()));
    leaveWhatMayNot();
    while (begun.size() < jobs && flights.isReady()) {
      PerTicketScheduler.Place<InFlightRequest<J>> place = lanes.next();
      if (place == null) {
        return;
      }
      begun.put(place.item(), place);
      begin(place.item(), place.item().first());
      leaveWhatMayNot();
    }
  }

  private void begin(InFlightRequest<J> flight, ClientMessage request) {
    expected.begun(flight, flight.sequence());
    flights.begin(flight, request);
  }

  /** Those stay untold until all before them were told, and are counted then. */
  private void leaveWhatMayNot() {
    for (PerTicketScheduler.Place<InFlightRequest<J>> place = lanes.peek();
        place != null && place.item().sequence() > lastSequence;
        place = lanes.peek()) {
      lanes.done(lanes.next());
      expected.done(place.item(), place.item().sequence());
      place.item().over();
    }
  }

  @Override
  public void answered(InFlightRequest<J> flight, Answer answer) {
    if (PendingCreates.isMissing(answer, flight.request()) && expected.keeps(flight)) {
      return;
    }
    ClientMessage next = flight.job().next(answer);
    if (next == null) {
      over(flight);
    } else {
      begin(flight, next);
    }
  }

  /** Where there is no server, each of those that follow would only wait for the timeout again. */
  @Override
  public void failed(InFlightRequest<J> flight, ConnectionException failure, boolean connected) {
    flight.job().failed(failure);
    over(flight);
    if (!connected && unreachable == null) {
      unreachable = failure;
      lastSequence = -1;
    }
  }

  private void over(InFlightRequest<J> flight) {
    PerTicketScheduler.Place<InFlightRequest<J>> place = begun.remove(flight);
    if (place != null) {
      lanes.done(place);
    }
    expected.done(flight, flight.sequence());
    flight.over();
    if (!sink.goesOnAfter(flight.job())) {
      lastSequence = Math.min(lastSequence, flight.sequence());
    }
  }

  private void tell() {
    while (!untold.isEmpty() && untold.element().isOver()) {
      InFlightRequest<J> flight = untold.remove();
      if (flight.request() != null || flight.first() == null) {
        sink.take(flight.job());
        reader.giveBack(flight.job());
      } else {
        leave(flight);
      }
    }
  }
}
