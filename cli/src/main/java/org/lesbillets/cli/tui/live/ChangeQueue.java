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
 * Makes changes one after another, in the order they are asked for, over one connection. Each has
 * the settings' timeout from when it is asked for, so that those behind one that nobody answers
 * fail with it; at its turn each has at least a second.
 *
 * <p>Any thread may ask; one daemon thread works. At most 256 changes are under way; what is asked
 * beyond that fails at once.
 */
final class ChangeQueue {
  private static final int LIMIT = 256;
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final ChangeSender sender;
  private final ThreadPoolExecutor worker;

  /** Owned by the worker's thread. */
  private final UncertainChanges uncertain = new UncertainChanges();

  /** How many changes are under way. */
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
    Pending next = new Pending(change);
    if (pending.incrementAndGet() > LIMIT) {
      next.fail(
          refusal(LIMIT + " changes wait for the server: try again when it has answered some"));
    } else if (!then(next)) {
      next.fail(ending());
    }
    return next.promise;
  }

  private static ConnectionException ending() {
    return refusal("this program is ending, so nothing is changed any more");
  }

  private static ConnectionException refusal(String sentence) {
    return new ConnectionException(Kind.UNREACHABLE, sentence);
  }

  /**
   * Does something behind the changes that were asked for before.
   *
   * @return false at the end, when it is not done any more
   */
  boolean then(Runnable task) {
    try {
      worker.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Connects, if it is not connected, so that the next change need not wait for that. */
  void warmUp() {
    then(this::connect);
  }

  /** Finds out soon whether its connection still works; from any thread. */
  void probe() {
    sender.probe();
  }

  private void connect() {
    try {
      sender.client();
    } catch (ConnectionException e) {
      // The next change tries again, and tells.
    }
  }

  /** Takes nothing more, waits until what was asked for is done, and gives up what is not. */
  void finish(Duration patience) {
    worker.shutdown();
    awaitEnd(patience);
    for (Runnable left : worker.shutdownNow()) {
      if (left instanceof Pending change) {
        change.fail(ending());
      }
    }
  }

  /** Waits until the thread has ended, or this long. */
  void awaitEnd(Duration patience) {
    try {
      worker.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One change, in its place. */
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
