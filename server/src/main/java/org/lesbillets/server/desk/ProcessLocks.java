package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.desk.index.Standing;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.Processes;
import org.lesbillets.server.world.World;

/**
 * Locks that last as long as a process of the server's machine. The thread "processes" looks at
 * each process every 2 s, renews the lock while it runs and its holder may still change tickets, by
 * the request that a client would send, and expires it when it has ended; of a process that is not
 * shown it does nothing, so that the lease runs out. The thread is started by the first such lock;
 * at most one entry per locked ticket.
 *
 * <pre>
 *   request --- find: runs ---> granted: HELD --- runs, half of the ttl is over,
 *      |                                     |    its holder may: renewed ---> HELD
 *      |                                     \--- ended: expired
 *      +--- ended, another user's: refused    \-- lock gone otherwise: forgotten
 * </pre>
 *
 * <p>Entries are not in the journal: after a restart of the server such a lock lasts for its ttl.
 */
final class ProcessLocks {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Two looks, and time for the renewal. */
  static final Duration LEAST_TTL = Duration.ofSeconds(5);

  private final World world;
  private final Processes processes;
  private final LockTimes times;
  private final BiPredicate<Requester, ClientMessage> submit;
  private final Consumer<Held> expire;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Map<TicketId, Held> held = new HashMap<>();
  private final Loop loop;
  private Thread.UncaughtExceptionHandler onDeath;
  private boolean started;
  private long nextLookNanos;
  private volatile boolean running = true;

  /** A lock whose process is looked at. The thread "processes"; final fields any thread. */
  static final class Held {
    final TicketId ticket;
    final long token;
    private final AgentName holder;
    private final Duration ttl;
    private final Processes.Identity process;
    private final Standing standing;
    private Renewal renewal;
    private boolean asked;

    Held(Ticket ticket, ChangeRequest request) {
      TicketLock lock = ticket.lock();
      this.ticket = ticket.id();
      this.token = lock.token();
      this.holder = lock.holder();
      this.ttl = lock.ttl();
      this.process = request.process();
      this.standing = request.requester().standing();
    }

    boolean isBeingRenewed() {
      return renewal != null && !renewal.answered;
    }
  }

  /**
   * @param submit queues a request at the desk; any thread
   * @param expire ends a lease that a lock still has; any thread
   */
  ProcessLocks(
      World world,
      LockTimes times,
      BiPredicate<Requester, ClientMessage> submit,
      Consumer<Held> expire) {
    this.world = world;
    this.processes = world.processes();
    this.times = times;
    this.submit = submit;
    this.expire = expire;
    this.loop = world.loop("processes", this::round);
  }

  /** Allows the thread to start, with the first such lock. */
  void start(Thread.UncaughtExceptionHandler whenItDies) {
    onDeath = whenItDies;
  }

  /** Why a request that names a process is refused before that is looked for, or null. */
  static Decision.Rejected refusal(ClientMessage.LockTicket lock, Requester requester) {
    if (requester.login() == null) {
      return DeskMessages.PROCESS_OF_STRANGER;
    }
    if (lock.token() != null) {
      return DeskMessages.PROCESS_OF_RENEWAL;
    }
    Duration ttl = lock.terms().ttl();
    return ttl != null && ttl.compareTo(LEAST_TTL) < 0 ? DeskMessages.PROCESS_TTL : null;
  }

  /**
   * Looks for the process of a request. The desk's thread.
   *
   * @param then takes what was found; on another thread than the desk's
   */
  void find(ChangeRequest request, long pid, Consumer<Processes.Found> then) {
    if (!started) {
      started = true;
      loop.start(onDeath);
    }
    add(() -> processes.find(pid, request.requester().login()).thenAccept(then));
  }

  /** A request was granted: looks at its process from now on. The desk's thread. */
  void granted(ChangeRequest request, SequencedEvent event) {
    if (request.process() != null && event.event() instanceof WireEvent.TicketLocked locked) {
      Held lock = new Held(locked.ticket(), request);
      // A repeated request is answered with its event of then, whose lock may be gone.
      if (!times.remaining(lock.ticket, lock.token).isZero()) {
        add(() -> held.put(lock.ticket, lock));
      }
    }
  }

  private void add(Runnable task) {
    tasks.add(task);
    loop.wake();
  }

  /** One round of the loop; for tests, too. */
  long round() {
    if (!running) {
      return Loop.END;
    }
    runTasks();
    long now = world.time().nanos();
    if (held.isEmpty()) {
      nextLookNanos = now + LOOK_NANOS;
      return IDLE_NANOS;
    }
    if (now - nextLookNanos >= 0) {
      nextLookNanos = now + LOOK_NANOS;
      held.values().removeIf(this::isGone);
      held.values().forEach(this::look);
      runTasks();
    }
    return nextLookNanos - now;
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** The lock ended by itself, or by its holder. */
  private boolean isGone(Held lock) {
    return !lock.isBeingRenewed() && times.remaining(lock.ticket, lock.token).isZero();
  }

  private void look(Held lock) {
    if (lock.isBeingRenewed()) {
      return;
    }
    switch (processes.state(lock.process)) {
      case RUNNING -> renewIfDue(lock);
      case ENDED, ANOTHERS -> expire.accept(lock);
      case UNKNOWN -> {}
    }
  }

  private void renewIfDue(Held lock) {
    Duration remaining = times.remaining(lock.ticket, lock.token);
    Duration half = lock.ttl.dividedBy(2);
    Duration due = half.compareTo(LEAST_TTL) > 0 ? half : LEAST_TTL;
    if (remaining.compareTo(due) <= 0 && !lock.asked) {
      lock.asked = true;
      lock.standing.holds().thenAccept(holds -> add(() -> renew(lock, holds)));
    }
  }

  /**
   * Whose token was revoked, or who is in no group any more, keeps the lock until its time ends.
   */
  private void renew(Held lock, boolean holds) {
    lock.asked = false;
    if (holds && held.get(lock.ticket) == lock) {
      Renewal renewal = new Renewal(lock.holder);
      ClientMessage request =
          new ClientMessage.LockTicket(TicketRef.of(lock.ticket), LockTerms.DEFAULT)
              .renewing(lock.token);
      lock.renewal = submit.test(renewal, request) ? renewal : null;
    }
  }

  /** Stops looking. */
  void close() {
    running = false;
    loop.wake();
  }

  /** The requester of one renewal, in the name of the holder. Any thread. */
  private static final class Renewal implements Requester {
    private final AgentName holder;
    private volatile boolean answered;

    Renewal(AgentName holder) {
      this.holder = holder;
    }

    @Override
    public AgentName agent() {
      return holder;
    }

    @Override
    public Role role() {
      return Role.AGENT;
    }

    @Override
    public boolean isGone() {
      return false;
    }

    @Override
    public boolean isReplaced() {
      return false;
    }

    @Override
    public Peer peer() {
      throw new IllegalStateException("a renewal does not wait");
    }

    @Override
    public void answer(ServerMessage.Answer answer) {
      answered = true;
    }

    @Override
    public void answer(String requestId, byte[] message) {
      answered = true;
    }

    @Override
    public void list(GetTickets request, Snapshot snapshot) {
      throw new IllegalStateException("a renewal reads nothing");
    }

    @Override
    public void details(GetTicket request, Ticket ticket) {
      throw new IllegalStateException("a renewal reads nothing");
    }

    @Override
    public void watch(GetTickets request, Snapshot snapshot) {
      throw new IllegalStateException("a renewal reads nothing");
    }
  }
}
