package org.lesbillets.server.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/**
 * The one thread that writes to clients, and sole owner of every session's send state; other
 * threads post tasks to it. When the frame log has grown, each session that follows it and whose
 * transport is free sends everything between its cursor and the head in one write: a lone event
 * leaves at once, a burst leaves joined. A session that does not follow the log costs nothing then.
 * While more events are on their way, a rest follows on the writes to all watches, for as long as
 * these took and 6 ms at most, so that what comes leaves joined.
 *
 * <p>Every 250 ms it checks the sessions for stalls, lag and silence.
 *
 * <p>The task queue is unbounded, but the sessions that post to it are not: each has bounds of its
 * own on requests, bytes and chunks.
 */
public final class Drainer implements AutoCloseable {
  /** Interval of the checks. */
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long JOIN_MILLIS = 1_000;
  private static final int TASKS_PER_ROUND = 4_096;

  /** Writes to watches, and then tasks, in turn while the log is written: under 1 ms each. */
  private static final int CLIENTS_PER_TURN = 32;

  private static final int TASKS_PER_TURN = 64;

  /** Rest for each watch that was written to: about what a write takes. */
  private static final long REST_NANOS = 3_000;

  private static final long MOST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

  private final TimeSource time;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Set<Client> clients = new LinkedHashSet<>();

  /** The clients with a cursor in the log, and those that closed theirs since it last grew. */
  private final Set<Client> followers = new LinkedHashSet<>();

  /** A copy of the followers, since pumping one may change them; null after a change. */
  private List<Client> followersCopy;

  /** Index of the first to be written to when the log has grown. */
  private int first;

  private final Loop loop;
  private volatile boolean grown;
  private volatile boolean running = true;
  private long nextTickNanos;
  private BooleanSupplier moreComes = () -> false;

  /** Until when the next writes to all watches may wait. */
  private long restEndNanos;

  /** A session, as the drainer drives it; called on the drainer's thread. */
  interface Client {
    /** Writes what there is to write. */
    void pump();

    /** Whether it has a cursor in the log; if not, it is not pumped when the log has grown. */
    boolean follows();

    /** Checks the session's bounds. */
    void tick(long now);
  }

  public Drainer(World world) {
    this.time = world.time();
    this.restEndNanos = time.nanos();
    this.nextTickNanos = restEndNanos + TICK_NANOS;
    this.loop = world.loop("drainer", this::round);
  }

  /**
   * Sets what tells whether events are on their way to the log. Before the start.
   *
   * @param moreComes cheap; may be wrong at times, which costs a write more, or a rest in vain
   */
  public Drainer expect(BooleanSupplier moreComes) {
    this.moreComes = moreComes;
    return this;
  }

  /**
   * Starts the thread.
   *
   * @param onDeath handler for its death, after which no client is written to
   */
  public void start(Thread.UncaughtExceptionHandler onDeath) {
    loop.start(onDeath);
  }

  /** Wakes the thread for new frames in the log. Any thread. */
  public void logGrew() {
    grown = true;
    loop.wake();
  }

  /** Runs {@code task} on the drainer's thread, FIFO. Any thread. */
  void post(Runnable task) {
    tasks.add(task);
    loop.wake();
  }

  /** Runs {@code probe} on the drainer's thread, behind the tasks that are queued. Any thread. */
  public void probe(Runnable probe) {
    post(probe);
  }

  boolean isOwnThread() {
    return loop.isCurrent();
  }

  /** The drainer's thread. */
  void add(Client client) {
    clients.add(client);
  }

  /** Has the client pumped when the log has grown, while it follows. The drainer's thread. */
  void follow(Client client) {
    if (followers.add(client)) {
      followersCopy = null;
    }
  }

  /** The drainer's thread. */
  void remove(Client client) {
    clients.remove(client);
    unfollow(client);
  }

  private void unfollow(Client client) {
    if (followers.remove(client)) {
      followersCopy = null;
    }
  }

  /** The number of sessions that are driven. The drainer's thread. */
  int clients() {
    return clients.size();
  }

  private long round() {
    if (!running) {
      runTasks(Integer.MAX_VALUE);
      return Loop.END;
    }
    boolean worked = runTasks(TASKS_PER_ROUND);
    long restNanos = grown ? restNanos() : 0;
    if (grown && restNanos == 0) {
      grown = false;
      pumpFollowers();
      worked = true;
    }
    tickIfDue();
    if (worked) {
      return 0;
    }
    long tickNanos = Math.max(1, nextTickNanos - time.nanos());
    return restNanos > 0 ? Math.min(restNanos, tickNanos) : tickNanos;
  }

  /** What is left of the rest; 0 if there is none, or nothing on its way that it could wait for. */
  private long restNanos() {
    long left = restEndNanos - time.nanos();
    return left > 0 && moreComes.getAsBoolean() ? left : 0;
  }

  /**
   * Answers wait for the writes to a few watches, however many there are. The first is that which
   * was written to longest ago; where all had everything, another than last time.
   */
  private void pumpFollowers() {
    if (followersCopy == null) {
      followersCopy = List.copyOf(followers);
    }
    List<Client> all = followersCopy;
    int pumped = 0;
    while (pumped < all.size()) {
      Client client = all.get((first + pumped) % all.size());
      if (client.follows()) {
        client.pump();
      } else {
        unfollow(client);
      }
      if (++pumped % CLIENTS_PER_TURN == 0) {
        runTasks(TASKS_PER_TURN);
      }
    }
    if (!grown) {
      first = (first + CLIENTS_PER_TURN) % Math.max(1, pumped);
    }
    restEndNanos = time.nanos() + Math.min(MOST_REST_NANOS, pumped * REST_NANOS);
  }

  /**
   * Runs tasks in their order.
   *
   * @param most bound on them, so that a flood of tasks cannot starve the log and the ticks
   */
  private boolean runTasks(int most) {
    int run = 0;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      if (++run == most) {
        break;
      }
    }
    return run > 0;
  }

  private void tickIfDue() {
    long now = time.nanos();
    if (now - nextTickNanos >= 0) {
      nextTickNanos = now + TICK_NANOS;
      // A copy: a session that is cut removes itself during the iteration.
      List.copyOf(clients).forEach(client -> client.tick(now));
    }
  }

  /** Stops the thread after what was posted. */
  @Override
  public void close() {
    running = false;
    loop.wake();
    loop.join(JOIN_MILLIS);
  }
}
