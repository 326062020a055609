package org.lesbillets.cli.tui.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.retry.ChangeSender;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * The FIFO queue of changes, sent one at a time over one connection. The timeout of each runs from
 * when it was queued, so that those behind an unanswered one fail with it; but each has at least a
 * second once it is sent.
 *
 * <p>Any thread may call; one daemon thread sends. Bounded by {@value #LIMIT} changes; more are
 * refused at once.
 */
final class ChangeQueue {
  private static final int LIMIT = 256;
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final ChangeSender sender;
  private final ThreadPoolExecutor worker;

  /** Owned by the worker's thread. */
  private final UncertainChanges uncertain = new UncertainChanges();

  /** How many changes are queued or in flight. */
  private final AtomicInteger pending = new AtomicInteger();

  ChangeQueue(ClientSettings settings) {
    this.settings = settings;
    this.sender = new ChangeSender(settings.keepingAlive());
    this.worker =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(() -> workAndClose(work), "billets-changes");
    thread.setDaemon(true);
    return thread;
  }

  private void workAndClose(Runnable work) {
    try {
      work.run();
    } finally {
      sender.close();
    }
  }

  /** As {@link AsyncTicketService#change}. */
  CompletableFuture<EventMessage> change(ClientMessage.Change change) {
    Pending queued = new Pending(change);
    if (pending.incrementAndGet() > LIMIT) {
      queued.fail(
          refusal(LIMIT + " changes wait for the server: try again when it has answered some"));
    } else if (!then(queued)) {
      queued.fail(ending());
    }
    return queued.promise;
  }

  private static ConnectionException ending() {
    return refusal("this program is ending, so nothing is changed any more");
  }

  private static ConnectionException refusal(String sentence) {
    return new ConnectionException(Kind.UNREACHABLE, sentence);
  }

  /**
   * Runs a task in FIFO order with the changes.
   *
   * @return false when the queue is closed, and the task not run
   */
  boolean then(Runnable task) {
    try {
      worker.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Connects ahead of the queued change, if there is no connection. */
  void warmUp() {
    then(this::connect);
  }

  /** Sends a ping to find out whether its connection is alive; any thread. */
  void probe() {
    sender.probe();
  }

  private void connect() {
    try {
      sender.client();
    } catch (ConnectionException e) {
      // The queued change retries, and reports.
    }
  }

  /** Closes the queue, waits for the changes in it, and fails those that are not sent in time. */
  void finish(Duration patience) {
    worker.shutdown();
    awaitEnd(patience);
    for (Runnable left : worker.shutdownNow()) {
      if (left instanceof Pending change) {
        change.fail(ending());
      }
    }
  }

  /** Waits for the end of its thread, up to a timeout. */
  void awaitEnd(Duration patience) {
    try {
      worker.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One change in the queue. */
  private final class Pending implements Runnable {
    private final ClientMessage.Change change;
    private final long askedAt = System.nanoTime();
    private final CompletableFuture<EventMessage> promise = new CompletableFuture<>();

    Pending(ClientMessage.Change change) {
      this.change = change;
    }

    @Override
    public void run() {
      EventMessage event;
      ClientMessage.Change sent = uncertain.identified(change);
      try {
        event = sender.change(sent, patience());
        uncertain.done(change);
      } catch (RuntimeException e) {
        uncertain.failed(change, sent, e);
        fail(e);
        return;
      }
      pending.decrementAndGet();
      promise.complete(event);
    }

    private void fail(RuntimeException failure) {
      pending.decrementAndGet();
      promise.completeExceptionally(failure);
    }

    private Duration patience() {
      Duration left = settings.timeout().minusNanos(System.nanoTime() - askedAt);
      return left.compareTo(LEAST) > 0 ? left : LEAST;
    }
  }
}
