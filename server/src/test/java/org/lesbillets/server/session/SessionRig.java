package org.lesbillets.server.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.journal.EventPages;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Workers;
import org.lesbillets.server.world.RunningClock;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/** Sessions with all that is around them, a clock to be set, and the test for an updater. */
final class SessionRig implements AutoCloseable {
  static final SessionLimits LIMITS = SessionLimits.DEFAULT;

  private final AtomicInteger encoded = new AtomicInteger();

  private final LockTimes noLocks =
      new LockTimes() {
        @Override
        public SequencedEvent withRemaining(SequencedEvent event) {
          encoded.incrementAndGet();
          return LockTimes.super.withRemaining(event);
        }

        @Override
        public Duration remaining(TicketId ticket, long token) {
          return Duration.ZERO;
        }

        @Override
        public int waiting(TicketId ticket) {
          return 0;
        }
      };

  private static final long STEP_NANOS = 300_000_000;

  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

  /** How often the clock was read. */
  private final AtomicLong looks = new AtomicLong();

  private volatile SessionRegistry registry;
  private volatile SessionServices.FilteredWatches watches;
  private volatile Consumer<Thread> beforeLook = thread -> {};
  private final AtomicReference<Throwable> died = new AtomicReference<>();
  private final Map<Requester, SessionEnd> over = new ConcurrentHashMap<>();
  private final Set<Requester> closing = ConcurrentHashMap.newKeySet();
  private final Queue<FilteredWatch> registered = new ConcurrentLinkedQueue<>();
  private final ExecutorService workers = Executors.newSingleThreadExecutor();
  private final EventList journal = new EventList();
  private final AnswerMemory memory = new AnswerMemory(LIMITS.answers());
  private final FrameLog log;
  private final Drainer drainer;
  private final SessionServices services;
  private final RunningClock running = new RunningClock(nanos::get, () -> 0);
  private final TimeSource time =
      new TimeSource() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public long nanos() {
          looks.incrementAndGet();
          beforeLook.accept(Thread.currentThread());
          return running.nanos();
        }
      };

  /** Every lock is over, and nobody waits. */
  SessionRig(long ringBytes) {
    log = new FrameLog(ringBytes, 0);
    drainer = new Drainer(World.system(time));
    services =
        new SessionServices(
            log,
            drainer,
            new Workers(
                new FairLane(workers, 1, 100),
                new FairLane(workers, 1, 100),
                new FairLane(workers, 1, 100)),
            journal,
            new EventPages(journal),
            new IdleDesk(),
            time,
            LIMITS,
            memory,
            new JournalDamage(),
            new SessionMeasures(),
            new DrainState(time),
            this::register,
            new Ends());
    drainer.start((thread, cause) -> died.set(cause));
  }

  private void register(FilteredWatch watch, long revision) {
    SessionServices.FilteredWatches to = watches;
    if (to == null) {
      registered.add(watch);
    } else {
      to.register(watch, revision);
    }
  }

  /** From now on watches that have caught up are taken over there. */
  void registerAt(SessionServices.FilteredWatches to) {
    watches = to;
  }

  /** What becomes of sessions. */
  private final class Ends implements SessionServices.OnOver {
    @Override
    public void over(Requester session, SessionEnd reason) {
      over.put(session, reason);
      if (registry != null) {
        registry.over(session, reason);
      }
    }

    @Override
    public void closing(Requester session) {
      closing.add(session);
    }
  }

  /** Whether what the session waits for was dropped before its end. */
  boolean isClosing(ClientSession session) {
    return closing.contains(session);
  }

  /** A desk without tickets and locks. */
  private final class IdleDesk implements Snapshot.Source {
    @Override
    public LockTimes lockTimes() {
      return noLocks;
    }

    @Override
    public void snapshot(Requester requester, Consumer<Snapshot> to) {
      to.accept(new Snapshot(List.of(), 0, time.now()));
    }
  }

  /** How many events of the journal were encoded. */
  int eventsEncoded() {
    return encoded.get();
  }

  EventList journal() {
    return journal;
  }

  FrameLog log() {
    return log;
  }

  ClientSession open(SessionTransport transport) {
    SessionOrigin origin = new SessionOrigin(new AgentName("alice"), Role.AGENT, () -> true);
    ClientSession session = new ClientSession("s", origin, transport, services);
    drainer.post(session::begin);
    return session;
  }

  /** Begins a session as the edge does. */
  ClientSession open(SessionRegistry registry, SessionOrigin origin, SessionTransport transport) {
    this.registry = registry;
    return registry.open(
        origin,
        transport,
        services,
        new ServerMessage.Welcome(1, "test", "journal", 0, origin.agent(), origin.role(), false));
  }

  /** From now on this thread looks at the clock when the drainer has done all it was asked. */
  void settleBeforeEachLook() {
    Thread here = Thread.currentThread();
    beforeLook =
        thread -> {
          if (thread == here) {
            settle();
          }
        };
  }

  /** The number of sessions that the drainer drives. */
  int driven() {
    AtomicInteger driven = new AtomicInteger();
    onDrainer(() -> driven.set(drainer.clients()));
    return driven.get();
  }

  /** Whether the server of the sessions is drained. */
  DrainState drain() {
    return services.drain();
  }

  /** An event happens, and is in the log. */
  SequencedEvent happens() {
    SequencedEvent event = journal.next();
    log.append(EventJson.of(event).pushed(), event.revision());
    return event;
  }

  /** So many events happen, and are in the log. */
  void happen(int events) {
    for (int i = 0; i < events; i++) {
      happens();
    }
  }

  /**
   * So many events happen and are pushed that the ring of two segments has room for none of them.
   */
  void fillRing() {
    for (int i = 0; i < 1_000; i++) {
      happensAndIsTold();
      if (i % 50 == 0) {
        settle();
      }
    }
  }

  SequencedEvent happensAndIsTold() {
    SequencedEvent event = happens();
    drainer.logGrew();
    return event;
  }

  void watchAll(ClientSession session) {
    watch(session, null, null);
  }

  void watch(ClientSession session, TicketQuery query, Long since) {
    ask(session, request(query, since, true));
  }

  void endWatch(ClientSession session) {
    ask(session, request(null, null, false));
  }

  private void ask(ClientSession session, GetTickets request) {
    session.gate().admit(request.requestId(), 0);
    session.watch(request, snapshot());
  }

  private GetTickets request(TicketQuery query, Long since, boolean watch) {
    ResumePoint point = since == null ? null : new ResumePoint("list", since);
    return new GetTickets("w", query, null, null, watch, point);
  }

  private Snapshot snapshot() {
    return new Snapshot(List.of(), log.headRevision(), Instant.EPOCH);
  }

  /** Waits until the workers and the drainer have done all that was asked of them so far. */
  void settle() {
    for (int round = 0; round < 8; round++) {
      onDrainer(() -> {});
      await(CompletableFuture.runAsync(() -> {}, workers));
    }
    onDrainer(() -> {});
    if (died.get() != null) {
      throw new AssertionError("the drainer died", died.get());
    }
  }

  void onDrainer(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    drainer.post(
        () -> {
          task.run();
          done.complete(null);
        });
    await(done);
  }

  private static void await(CompletableFuture<Void> done) {
    done.orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Lets time pass, and all sessions look at it. */
  void pass(ClientSession session, Duration duration) {
    // In steps, since a leap is a pause of the process.
    long left = duration.toNanos();
    while (left > 0) {
      long step = Math.min(left, STEP_NANOS);
      nanos.addAndGet(step);
      left -= step;
      onDrainer(() -> session.tick(time.nanos()));
      awaitLook();
    }
    settle();
  }

  /** Waits until the drainer looked at the clock after its tasks: it would add up missed steps. */
  private void awaitLook() {
    long before = looks.get();
    onDrainer(() -> {});
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (looks.get() == before) {
      assertTrue(System.nanoTime() < deadline, "the drainer does not look at the clock");
      Thread.onSpinWait();
    }
  }

  /** The process does not run for so long, and then looks at the clock. */
  void stop(Duration duration) {
    onDrainer(() -> nanos.addAndGet(duration.toNanos()));
    settle();
  }

  /** Why the session is over, or null. */
  SessionEnd reason(ClientSession session) {
    return over.get(session);
  }

  /** Has a watch go live where everything up to this event is matched, and always is. */
  static void goLive(FilteredWatch watch, long index) {
    FilteredWatch.Place end =
        new FilteredWatch.Place() {
          @Override
          public long newest() {
            return index;
          }

          @Override
          public long matched() {
            return index;
          }

          @Override
          public void notifyNext(FilteredWatch waiting) {}
        };
    assertTrue(watch.goLive(end, () -> true, index));
  }

  /** What the sessions hold for their peers. */
  long unreadBytes() {
    return memory.bytes();
  }

  Queue<FilteredWatch> registered() {
    return registered;
  }

  @Override
  public void close() {
    drainer.close();
    workers.shutdownNow();
    if (died.get() != null) {
      throw new AssertionError("the drainer died", died.get());
    }
  }
}
