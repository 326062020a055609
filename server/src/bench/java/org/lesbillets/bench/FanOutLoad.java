package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Writers and watchers of one server, on one thread, and what each watcher receives. Between rounds
 * {@link #tend} answers pings.
 *
 * <p>A closed loop keeps one event under way in each lane; an open loop sends events when they are
 * due, whatever became of those before, and measures from that instant.
 */
final class FanOutLoad implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long LONGEST_ROUND_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long TEND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SPIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final FanOutTarget target;
  private final Selector selector = Selector.open();
  private final DeliveryCheck check = new DeliveryCheck();
  private final int[] sent;
  private final int[] answered;

  /** When the last event of each lane was sent, or was due. */
  private final long[] sentNanos;

  private final List<BenchConnection> writers = new ArrayList<>();
  private final List<Client> watchers = new ArrayList<>();
  private final List<FanOutLoad> others;

  private int ready;
  private int lost;
  private long sentEvents;
  private long answeredEvents;
  private long bytes;
  private boolean closedLoop;
  private long lastEvent = Long.MAX_VALUE;
  private long tendedNanos;

  // Of the open loop, whose events go to the lanes in turn: when which was due.
  private Histogram latencies;
  private Histogram answers = new Histogram(LONGEST_NANOS, 3);
  private long firstEvent;
  private int[] firstOfLane;
  private long firstNanos;
  private long intervalNanos = 1;

  private Client current;
  private long nowNanos;
  private boolean stamped;

  /** What a connection of this load has received. */
  private static final class Client {
    private final BenchConnection connection;

    /** What a watcher expects in each lane; null of a writer. */
    private final int[] next;

    private final int writer;
    private final BenchConnection.OnText onText;
    private boolean ready;
    private int hint = -1;

    Client(BenchConnection connection, int[] next, int writer, BenchConnection.OnText onText) {
      this.connection = connection;
      this.onText = onText;
      this.next = next;
      this.writer = writer;
    }
  }

  /** How many of what. */
  record Size(int watchers, int writers, int lanes) {}

  /**
   * What happened in one round.
   *
   * @param threads processor seconds of the server's threads, by their names
   * @param answers from when an event was sent, or due in an open loop, to its answer, nanoseconds
   * @param latencies from when an event was due to each delivery, in nanoseconds; null of a closed
   *     loop
   */
  record Round(
      double seconds,
      long deliveries,
      long bytes,
      long events,
      double serverSeconds,
      double generatorSeconds,
      Map<String, Double> threads,
      Histogram answers,
      Histogram latencies) {}

  /**
   * @param others which are tended while this one runs; this one is added to them
   */
  FanOutLoad(FanOutTarget target, Size size, List<FanOutLoad> others) throws IOException {
    this.target = target;
    this.others = others;
    sent = new int[size.lanes];
    answered = new int[size.lanes];
    sentNanos = new long[size.lanes];
    for (int i = 0; i < size.writers; i++) {
      BenchConnection connection = target.writer(i);
      connection.register(selector, new Client(connection, null, i, this::take));
      writers.add(connection);
    }
    for (int i = 0; i < size.watchers; i++) {
      BenchConnection connection = target.watcher();
      Client watcher = new Client(connection, new int[size.lanes], -1, this::take);
      watcher.ready = target.readyAtOnce();
      ready += watcher.ready ? 1 : 0;
      connection.register(selector, watcher);
      watchers.add(watcher);
      poll(0);
      tendOthers();
    }
    others.add(this);
    await("watchers that are ready", () -> ready + lost >= size.watchers);
  }

  /** Reads another connection, too, which is none of its watchers. */
  void attach(BenchConnection connection, BenchConnection.OnText onText) throws IOException {
    connection.register(selector, new Client(connection, null, -1, onText));
  }

  /** Closes such a connection. */
  void detach(BenchConnection connection) throws IOException {
    connection.close();
    // Its key is gone only then.
    selector.selectNow();
    selector.selectedKeys().clear();
  }

  DeliveryCheck check() {
    return check;
  }

  /** Connections that the server has closed. */
  int lost() {
    return lost;
  }

  FanOutTarget target() {
    return target;
  }

  /** One round in which each lane sends its next event when the one before is answered. */
  Round closed(long warmNanos, long nanos) throws IOException {
    closedLoop = true;
    latencies = null;
    for (int lane = 0; lane < sent.length; lane++) {
      send(lane, System.nanoTime());
    }
    run(warmNanos);
    Round round = measured(() -> run(nanos));
    closedLoop = false;
    settle();
    return round;
  }

  /** Sends so many events, with one under way in each lane. */
  void closedFor(int events) throws IOException {
    closedLoop = true;
    latencies = null;
    lastEvent = sentEvents + events;
    for (int lane = 0; lane < Math.min(events, sent.length); lane++) {
      send(lane, System.nanoTime());
    }
    while (sentEvents < lastEvent) {
      poll(10);
    }
    lastEvent = Long.MAX_VALUE;
    closedLoop = false;
    settle();
  }

  /** One round in which nothing is sent. */
  Round idle(long nanos) throws IOException {
    return measured(() -> run(nanos));
  }

  /** One round in which events are sent at a rate. */
  Round open(double perSecond, long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    return openWhile(perSecond, () -> System.nanoTime() < end);
  }

  /** One round in which events are sent at a rate while something holds, a minute at most. */
  Round openWhile(double perSecond, BooleanSupplier holds) throws IOException {
    intervalNanos = (long) (1e9 / perSecond);
    firstEvent = sentEvents;
    firstOfLane = sent.clone();
    firstNanos = System.nanoTime();
    latencies = new Histogram(LONGEST_NANOS, 3);
    Round round = measured(() -> runOpen(holds));
    settle();
    return round;
  }

  private interface Step {
    void run() throws IOException;
  }

  private Round measured(Step step) throws IOException {
    final double server = target.time().seconds();
    final double generator = ProcessorTime.own().seconds();
    final Map<String, Double> threads = target.time().byThread();
    final long deliveries = check.delivered();
    final long bytesBefore = bytes;
    final long events = answeredEvents;
    answers = new Histogram(LONGEST_NANOS, 3);
    long begin = System.nanoTime();
    step.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Map<String, Double> spent = target.time().byThread();
    threads.forEach((name, before) -> spent.computeIfPresent(name, (n, now) -> now - before));
    return new Round(
        seconds,
        check.delivered() - deliveries,
        bytes - bytesBefore,
        answeredEvents - events,
        target.time().seconds() - server,
        ProcessorTime.own().seconds() - generator,
        spent,
        answers,
        latencies);
  }

  private void run(long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      poll(10);
      tendOthers();
    }
  }

  private void runOpen(BooleanSupplier holds) throws IOException {
    long end = firstNanos + LONGEST_ROUND_NANOS;
    for (long now = firstNanos; holds.getAsBoolean(); now = System.nanoTime()) {
      if (now > end) {
        throw new IOException(target.name() + ": not done within a minute");
      }
      long due = firstNanos + (sentEvents - firstEvent) * intervalNanos;
      if (due <= now) {
        send((int) ((sentEvents - firstEvent) % sent.length), due);
      } else {
        poll(due - now > 2 * SPIN_NANOS ? 1 : 0);
        tendOthers();
      }
    }
  }

  /**
   * @param since when it is sent, or was due
   */
  private void send(int lane, long since) throws IOException {
    sentEvents++;
    sentNanos[lane] = since;
    try {
      writers.get(lane % writers.size()).send(target.request(lane, sent[lane]++));
    } catch (IOException e) {
      throw new IOException(target.name() + " closed a writer's connection", e);
    }
  }

  /** Waits until everything sent has been answered and received by all, or says what is missing. */
  private void settle() throws IOException {
    await("answers", () -> answeredEvents >= sentEvents);
    long all = sentEvents * (watchers.size() - lost);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (lost == 0 && check.settled() < all && System.nanoTime() < end) {
      poll(10);
      tendOthers();
    }
    if (lost == 0) {
      check.missing(Math.max(0, all - check.settled()));
    }
  }

  private void await(String what, BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IOException(target.name() + ": no " + what + " within 30 s");
      }
      poll(10);
      tendOthers();
    }
  }

  private void tendOthers() throws IOException {
    if (System.nanoTime() - tendedNanos > TEND_NANOS) {
      tendedNanos = System.nanoTime();
      for (FanOutLoad other : others) {
        if (other != this) {
          other.poll(0);
        }
      }
    }
  }

  /**
   * Reads what is there.
   *
   * @param millis how long it waits for something; 0 for not at all
   */
  private void poll(long millis) throws IOException {
    if (millis == 0) {
      selector.selectNow();
    } else {
      selector.select(millis);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      current = (Client) key.attachment();
      if (key.isWritable()) {
        current.connection.flush();
      }
      stamped = false;
      if (!current.connection.read(current.onText)) {
        key.cancel();
        current.connection.close();
        lost++;
      }
    }
    selector.selectedKeys().clear();
  }

  private void take(BenchConnection from, ByteBuffer payload) throws IOException {
    Client client = current;
    if (client.next == null) {
      long event = target.answer(client.writer, payload);
      if (event >= 0) {
        answered((int) (event >> 32), (int) event);
      }
      return;
    }
    int at = client.ready ? EventText.find(payload, client.hint) : -1;
    if (at < 0) {
      if (!client.ready && target.ready(payload)) {
        client.ready = true;
        ready++;
      }
      return;
    }
    client.hint = at;
    int lane = EventText.lane(payload, at);
    int number = EventText.number(payload, at);
    bytes += payload.remaining();
    check.take(client.next, lane, number);
    if (latencies != null) {
      record((long) (number - firstOfLane[lane]) * sent.length + lane);
    }
  }

  private void answered(int lane, int number) throws IOException {
    // Those of all lanes of a writer arrive here; of NATS, too.
    if (number != answered[lane]) {
      throw new IOException(target.name() + ": answer " + number + " instead of " + answered[lane]);
    }
    answered[lane]++;
    answeredEvents++;
    long now = System.nanoTime();
    if (number == sent[lane] - 1) {
      answers.recordValue(Math.max(0, now - sentNanos[lane]));
    }
    if (closedLoop && sentEvents < lastEvent) {
      send(lane, now);
    }
  }

  /**
   * @param event in the order in which they were due, negative of one before
   */
  private void record(long event) {
    if (event < 0) {
      return;
    }
    if (!stamped) {
      nowNanos = System.nanoTime();
      stamped = true;
    }
    latencies.recordValue(Math.max(0, nowNanos - firstNanos - event * intervalNanos));
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      ((Client) key.attachment()).connection.close();
    }
    selector.close();
    target.close();
  }
}
