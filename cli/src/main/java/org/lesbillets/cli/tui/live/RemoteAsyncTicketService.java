package org.lesbillets.cli.tui.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.client.lock.LockWaiter;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * The asynchronous service over connections to a server. One thread and connection each for the
 * watch ("billets-watch"), for the changes ("billets-changes"), for every lease ("billets-lease")
 * and every wait for a lock ("billets-turn"); the number is bounded by what one user does. All
 * threads are daemons.
 */
public final class RemoteAsyncTicketService implements AsyncTicketService {
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final Duration farewell;
  private final ChangeQueue changes;
  private final Set<RemoteLease> leases = ConcurrentHashMap.newKeySet();
  private final Map<LockWaiter, Thread> waits = new ConcurrentHashMap<>();
  private final AtomicReference<LiveWatch> watch = new AtomicReference<>();
  private final long madeAtNanos = System.nanoTime();

  public RemoteAsyncTicketService(ClientSettings settings) {
    this(settings, CLOSE);
  }

  /**
   * @param farewell the timeout of {@link #close}, about
   */
  public RemoteAsyncTicketService(ClientSettings settings, Duration farewell) {
    this.settings = settings;
    this.farewell = farewell;
    this.changes = new ChangeQueue(settings);
  }

  @Override
  public void watch(Consumer<WatchEvent> listener) {
    LiveWatch one = new LiveWatch(settings, event -> pass(event, listener));
    if (!watch.compareAndSet(null, one)) {
      throw new IllegalStateException("this desk is watched already");
    }
    one.start();
  }

  private void pass(WatchEvent event, Consumer<WatchEvent> listener) {
    if (event instanceof WatchEvent.ConnectionChanged connection
        && connection.state() instanceof ConnectionState.Live) {
      changes.warmUp();
    }
    listener.accept(event);
  }

  @Override
  public void reconnect() {
    LiveWatch one = watch.get();
    if (one != null) {
      one.reconnect();
    }
    changes.probe();
  }

  @Override
  public long lastReceivedNanos() {
    LiveWatch one = watch.get();
    return one == null ? madeAtNanos : one.watcher().lastReceivedNanos();
  }

  @Override
  public CompletableFuture<EventMessage> change(ClientMessage.Change change) {
    return changes.change(change);
  }

  @Override
  public CompletableFuture<TicketDetails> details(
      TicketRef ticket, boolean history, DetailsCursor cursor) {
    LiveWatch one = watch.get();
    return one == null
        ? CompletableFuture.failedFuture(
            new ConnectionException(
                Kind.UNREACHABLE, "nobody watches yet, so there is no connection: watch first"))
        : one.watcher().details(ticket, history, cursor);
  }

  @Override
  public CompletableFuture<HeldLease> hold(
      TicketRef ticket, String note, LeaseKeeper.Listener lost) {
    return changes
        .change(new LockTicket(ticket, AsyncTicketService.leased(note)))
        .thenApply(granted -> keep(granted, lost));
  }

  @Override
  public HeldLease keep(EventMessage granted, LeaseKeeper.Listener lost) {
    RemoteLease lease =
        new RemoteLease(
            granted, lost, new RemoteLease.Dependencies(settings, changes, leases::remove));
    leases.add(lease);
    if (lease.isOver()) {
      leases.remove(lease);
    }
    return lease;
  }

  @Override
  public Runnable waitForLock(LockTicket lock, LockWaitListener listener) {
    LockWaiter waiter = new LockWaiter(settings, lock, listener);
    waits.values().removeIf(thread -> !thread.isAlive());
    waits.put(waiter, waiter.start(this::giveBack));
    return waiter::cancel;
  }

  private void giveBack(EventMessage granted) {
    var ticket = granted.event().event().ticket();
    changes.change(new UnlockTicket(TicketRef.of(ticket.number()), ticket.lock().token()));
  }

  @Override
  public void close() {
    long deadline = System.nanoTime() + farewell.toNanos();
    List<Thread> ending = new ArrayList<>();
    LiveWatch one = watch.get();
    if (one != null) {
      one.stop();
      ending.add(one.thread());
    }
    ending.addAll(leavingQueues(deadline));
    changes.finish(left(deadline).dividedBy(2));
    ending.addAll(releasing(left(deadline).dividedBy(2)));
    ending.forEach(thread -> await(thread, deadline, 1));
    changes.awaitEnd(left(deadline));
  }

  /** Leaves all wait queues; a lock that is granted at that moment is given back. */
  private List<Thread> leavingQueues(long deadline) {
    waits.keySet().forEach(LockWaiter::cancel);
    List<Thread> leaving = List.copyOf(waits.values());
    leaving.forEach(thread -> await(thread, deadline, 4));
    leaving.forEach(Thread::interrupt);
    return leaving;
  }

  /** Releases the leases in parallel, each on a thread. */
  private List<Thread> releasing(Duration patience) {
    List<Thread> releasing = new ArrayList<>();
    for (RemoteLease lease : leases) {
      Thread thread = new Thread(() -> lease.giveBack(patience), "billets-release");
      thread.setDaemon(true);
      thread.start();
      releasing.add(thread);
    }
    return releasing;
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  /** Joins a thread, for at most this share of the time left. */
  private static void await(Thread thread, long deadline, int share) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, left(deadline).toNanos() / share));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
