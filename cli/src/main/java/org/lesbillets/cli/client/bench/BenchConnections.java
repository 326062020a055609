package org.lesbillets.cli.client.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lesbillets.cli.client.AnswerFailures;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.ChangeSender;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * The connections of a run: one for each writer and each watcher. They are opened at most 16 at a
 * time, each on one of as many daemon threads; watchers that lose theirs get another there, after a
 * backoff.
 */
final class BenchConnections implements AutoCloseable {
  private static final int AT_A_TIME = 16;
  private static final long LOOK_MILLIS = 50;

  private final ClientSettings settings;
  private final BenchFigures figures;
  private final List<ReconnectingConnection> writers = new ArrayList<>();
  private final List<BenchWatcher> watchers = new ArrayList<>();
  private final ScheduledThreadPoolExecutor openers =
      new ScheduledThreadPoolExecutor(AT_A_TIME, BenchConnections::thread);
  private final AtomicInteger opened = new AtomicInteger();
  private volatile boolean closed;

  BenchConnections(ClientSettings settings, BenchFigures figures) {
    this.settings = settings;
    this.figures = figures;
    BenchPlan plan = figures.plan();
    SharedDecoder decoder = new SharedDecoder();
    for (int i = 0; i < plan.writers(); i++) {
      writers.add(new ReconnectingConnection(settings));
    }
    for (int i = 0; i < plan.watchers(); i++) {
      ReconnectingConnection connection = new ReconnectingConnection(settings);
      watchers.add(new BenchWatcher(figures, decoder, connection, this::lost));
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "billets-bench-opener");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Opens all of them, the watchers first.
   *
   * @param goesOn whether to go on, asked twenty times a second
   * @return false if it did not go on
   * @throws RuntimeException the failure of the first one that cannot be opened
   */
  boolean open(BooleanSupplier goesOn) throws InterruptedException {
    Stream<Callable<Void>> tasks =
        Stream.concat(
            watchers.stream().map(watcher -> () -> watching(watcher)),
            writers.stream().map(writer -> () -> writing(writer)));
    List<Future<Void>> all = tasks.map(openers::submit).toList();
    for (Future<Void> one : all) {
      while (!one.isDone()) {
        if (!goesOn.getAsBoolean()) {
          return false;
        }
        awaitOne(one);
      }
      check(one, all.size());
    }
    return true;
  }

  private static void awaitOne(Future<Void> one) throws InterruptedException {
    try {
      one.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // It is looked at again, or checked, by the caller.
    }
  }

  private void check(Future<Void> one, int all) throws InterruptedException {
    try {
      one.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionException failure && opened.get() > 0) {
        throw new ConnectionException(
            failure.kind(),
            "only "
                + opened.get()
                + " of "
                + all
                + " connections could be opened, so that nothing was measured (take fewer"
                + " --watchers or --writers): "
                + failure.getMessage(),
            failure);
      }
      throw failure(e.getCause());
    }
  }

  private static RuntimeException failure(Throwable cause) {
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }

  private Void watching(BenchWatcher watcher) throws InterruptedException {
    CompletableFuture<Void> live = watcher.open();
    try {
      live.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      throw AnswerFailures.noAnswer(watcher.connection().server(), settings.timeout());
    }
    opened.incrementAndGet();
    return null;
  }

  private Void writing(ReconnectingConnection writer) {
    writer.open(settings.timeout(), PushListener.NONE).welcome();
    opened.incrementAndGet();
    return null;
  }

  private void lost(BenchWatcher watcher) {
    if (!closed) {
      long pause = watcher.connection().nextPause().toNanos();
      openers.schedule(() -> reopen(watcher), pause, TimeUnit.NANOSECONDS);
    }
  }

  private void reopen(BenchWatcher watcher) {
    try {
      watcher.open();
      watcher.connection().works();
      figures.reconnected();
    } catch (ConnectionException e) {
      if (e.kind().isTransient()) {
        lost(watcher);
      } else {
        figures.end(e);
      }
    }
  }

  /** The threads of the writers, started. */
  List<Thread> startWriters() {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers.size(); i++) {
      ReconnectingConnection connection = writers.get(i);
      ChangeSender sender = new ChangeSender(connection, figures::attemptFailed);
      BenchWriter writer =
          new BenchWriter(
              i, figures, change -> change(connection, sender, change), new PreciseSleeper());
      Thread thread = new Thread(writer, "billets-bench-writer-" + (i + 1));
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    return threads;
  }

  private EventMessage change(
      ReconnectingConnection connection, ChangeSender sender, Change change) {
    TicketClient before = connection.client();
    try {
      return sender.change(change);
    } catch (ConnectionException e) {
      if (!connection.isOpen()) {
        // No server for as long as the timeout, or one that does not admit this client.
        figures.end(e);
      }
      throw e;
    } finally {
      TicketClient after = connection.client();
      if (after != null && after != before) {
        figures.reconnected();
      }
    }
  }

  /** The server of the first writer. */
  String server() {
    return writers.get(0).server().toString();
  }

  /**
   * Waits until all watchers have received all changes that were acknowledged.
   *
   * @param patience asked again and again: how long it may take from the beginning
   * @return how many deliveries are missing
   */
  long awaitDeliveries(Supplier<Duration> patience) throws InterruptedException {
    long start = System.nanoTime();
    long last = figures.lastRevision();
    while (behind(last).findAny().isPresent()
        && System.nanoTime() - start < patience.get().toNanos()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    long answers = figures.answers();
    return behind(last).mapToLong(watcher -> Math.max(1, answers - watcher.delivered())).sum();
  }

  private Stream<BenchWatcher> behind(long revision) {
    return watchers.stream().filter(watcher -> !watcher.reached(revision));
  }

  /** Ends all of them; nothing is measured any more. */
  @Override
  public void close() {
    closed = true;
    openers.shutdownNow();
    watchers.forEach(BenchWatcher::close);
    writers.forEach(ReconnectingConnection::close);
  }
}
