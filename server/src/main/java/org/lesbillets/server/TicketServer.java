package org.lesbillets.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.journal.EventPages;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Obstacle;
import org.lesbillets.server.measure.Tally;
import org.lesbillets.server.pubsub.EventChannel;
import org.lesbillets.server.pubsub.Subscription;
import org.lesbillets.server.session.AnswerMemory;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.ClientSession;
import org.lesbillets.server.session.DrainState;
import org.lesbillets.server.session.Drainer;
import org.lesbillets.server.session.FrameLog;
import org.lesbillets.server.session.JournalDamage;
import org.lesbillets.server.session.SessionMeasures;
import org.lesbillets.server.session.SessionOrigin;
import org.lesbillets.server.session.SessionRegistry;
import org.lesbillets.server.session.SessionServices;
import org.lesbillets.server.session.SessionTransport;
import org.lesbillets.server.update.ClientUpdater;
import org.lesbillets.server.websocket.Listener;
import org.lesbillets.server.websocket.WebSocketServer;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Workers;
import org.lesbillets.server.world.World;

/**
 * Composition root of the server: builds its parts and the queues between their threads, starts and
 * closes them. For one thread; docs/architecture.md has the picture of threads and queues.
 */
public final class TicketServer implements AutoCloseable {
  private static final int ANNOUNCEMENTS = 16_384;

  /** Names of the stages whose queues are probed. */
  static final String JOURNAL_WRITER = "journal-writer";

  static final String READS = "reads";
  static final String REPLAYS = "replays";
  static final String QUERIES = "queries";
  private static final Duration SESSIONS_GONE = Duration.ofSeconds(1);

  private final Journal journal;
  private final ServerHealth health = new ServerHealth();
  private final World world;
  private final WorkerLanes lanes;
  private final Workers workers;
  private final TicketDesk desk;
  private final SessionRegistry registry = new SessionRegistry();
  private final DrainState drain;
  private final Drainer drainer;
  private final ClientUpdater updater;
  private final SessionServices services;
  private final StallDetector stalls;
  private final Listener web;

  /**
   * Builds the server and loads the journal's state.
   *
   * @param world its time, randomness and threads
   * @param journal stays open when the server is closed
   */
  public TicketServer(
      World world, Journal journal, ServerConfig config, Authenticator authenticator) {
    this(
        world,
        journal,
        config,
        (Listener.Factory)
            dependencies -> new WebSocketServer(listenConfig(config, authenticator), dependencies));
  }

  /** A server on another network than the machine's, for simulations. */
  public static TicketServer on(
      Listener.Factory network, World world, Journal journal, ServerConfig config) {
    return new TicketServer(world, journal, config, network);
  }

  private TicketServer(
      World world, Journal journal, ServerConfig config, Listener.Factory network) {
    ServerLimits limits = config.limits();
    this.world = world;
    this.journal = journal;
    this.lanes = new WorkerLanes(world, health);
    this.workers = lanes.workers();
    this.drain = new DrainState(world.time());
    this.drainer = new Drainer(world);
    EventChannel<Announcement> channel = new EventChannel<>();
    Subscription<Announcement> announcements = channel.subscribe(ANNOUNCEMENTS);
    this.desk = newDesk(channel, config);
    long loadedFrom = world.time().nanos();
    desk.load();
    final long replayNanos = world.time().nanos() - loadedFrom;
    FrameLog log = new FrameLog(limits.ringBytes(), desk.revision());
    this.updater =
        new ClientUpdater(
            announcements,
            new ClientUpdater.Dependencies(
                log, drainer, world, workers.queries(), limits.session().positionEvery()));
    this.services =
        new SessionServices(
            log,
            drainer,
            workers,
            journal,
            new EventPages(journal.reads()),
            desk,
            world.time(),
            limits.session(),
            new AnswerMemory(limits.session().answers()),
            new JournalDamage(),
            new SessionMeasures(),
            drain,
            updater,
            new SessionCleanup(registry, workers, desk));
    this.stalls = new StallDetector(world, stages(channel));
    health.watch(stalls::trouble);
    Tally<String> refusals = WebSocketServer.refusalTally();
    ServerMetrics.Sources sources =
        new ServerMetrics.Sources(
            world,
            journal,
            desk,
            updater,
            registry,
            services.measures(),
            services.memory(),
            stalls,
            refusals,
            replayNanos);
    this.web =
        network.listener(
            new WebSocketServer.ServerDependencies(
                ServerVersion.nameAndVersion(),
                desk,
                this::open,
                registry::size,
                registry::sizeOf,
                world.time(),
                health::trouble,
                () -> health.trouble().or(drain::reason).or(this::notWriting),
                ServerMetrics.page(sources),
                refusals,
                drain::reason));
  }

  private TicketDesk newDesk(EventChannel<Announcement> channel, ServerConfig config) {
    return Administration.desk(
        new DeskDependencies(journal, channel, world, workers),
        TicketDesk.Limits.of(config.limits().requests(), config.lockPolicy()),
        registry,
        drain);
  }

  /** The threads that all clients depend on, in the order of the way of an event. */
  private List<StallDetector.Stage> stages(EventChannel<Announcement> channel) {
    StallDetector.Progress checking =
        new StallDetector.Progress(() -> journal.measures().checkSteps());
    return List.of(
        new StallDetector.Stage("desk", probe -> desk.probe(probe.queue()), () -> false),
        new StallDetector.Stage(
            JOURNAL_WRITER,
            probe -> journal.probe(probe.queue()),
            // The first round may check indexes for long; a disk that hangs is no mistake of ours.
            () -> checking.advances() || notWriting().isPresent()),
        new StallDetector.Stage(
            "updater",
            probe -> desk.probe(() -> channel.publish(new Announcement.Passed(probe.queue()))),
            () -> false),
        new StallDetector.Stage("drainer", probe -> drainer.probe(probe.queue()), () -> false),
        lane(READS, workers.reads()),
        lane(REPLAYS, workers.replays()),
        lane(QUERIES, workers.queries()));
  }

  /** Measured only: a lane that is late delays the clients that use it. */
  private static StallDetector.Stage lane(String name, FairLane lane) {
    Object owner = new Object();
    return new StallDetector.Stage(name, probe -> lane.execute(owner, probe.queue()), () -> true);
  }

  private static WebSocketServer.ListenConfig listenConfig(
      ServerConfig config, Authenticator authenticator) {
    return new WebSocketServer.ListenConfig(
        config.address(),
        config.allowedOrigins(),
        config.allowedHosts(),
        config.limits().sessions(),
        config.limits().sessionsPerToken(),
        config.limits().edge(),
        authenticator,
        config.tls(),
        config.socket());
  }

  private ClientSession open(SessionOrigin origin, SessionTransport transport) {
    return registry.open(
        origin,
        transport,
        services,
        new ServerMessage.Welcome(
            WireLimits.PROTOCOL_VERSION,
            ServerVersion.nameAndVersion(),
            journal.journalId(),
            desk.revision(),
            origin.agent(),
            origin.role(),
            journal.ephemeral()));
  }

  private Optional<String> notWriting() {
    return Optional.ofNullable(journal.failure())
        .map(reason -> "The journal failed, and changes are refused: " + reason)
        .or(() -> Optional.ofNullable(journal.obstacle()).map(Obstacle::reason));
  }

  /**
   * Starts to serve.
   *
   * @throws IOException if it cannot listen
   */
  public void start() throws IOException {
    lanes.start();
    drainer.expect(() -> desk.isBusy() || updater.queued() > 0).start(health);
    updater.start(health);
    desk.start(health);
    stalls.start(health);
    web.start();
  }

  /** The port of the listener; -1 for none. */
  public int port() {
    return web.port();
  }

  /** The revision of the last event that was applied. Any thread before the start. */
  long revision() {
    return desk.revision();
  }

  /** A sentence while a thread of the server is not well. Any thread. */
  Optional<String> trouble() {
    return health.trouble();
  }

  int sessions() {
    return registry.size();
  }

  long unreadBytes() {
    return services.memory().bytes();
  }

  /** Asks the sessions whose token was revoked to close. Any thread. */
  public void closeRevokedSessions() {
    registry.closeRevoked();
  }

  /**
   * Stops: refuses new requests, finishes those accepted, and asks all clients to reconnect later.
   * Takes less than 5 s.
   */
  @Override
  public void close() {
    stalls.close();
    web.stopAccepting();
    desk.close();
    updater.close();
    registry.closeAll(SessionRegistry.SERVICE_RESTART, "the server stops");
    world.await(() -> registry.size() == 0, SESSIONS_GONE);
    registry.cutAll();
    drainer.close();
    web.close();
    lanes.close();
  }
}
