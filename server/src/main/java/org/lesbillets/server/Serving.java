package org.lesbillets.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.place.NoHomeException;
import org.lesbillets.model.place.UserDirectories;
import org.lesbillets.server.auth.FileTokenStore;
import org.lesbillets.server.auth.Identity;
import org.lesbillets.server.auth.LocalToken;
import org.lesbillets.server.auth.TokenBook;
import org.lesbillets.server.auth.TokenStore;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.journal.etcd.EtcdJournal;
import org.lesbillets.server.journal.sqlite.SqliteJournal;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.SessionOrigin;
import org.lesbillets.server.unix.UnixServerSocket;
import org.lesbillets.server.unix.UnixSettings;
import org.lesbillets.server.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * The server as a process: holds the lock of its data directory, the tokens, the journal and the
 * server, and closes them in reverse order. Opened by the main thread, closed by the shutdown hook;
 * the thread "tokens" polls the tokens, "memory" gives back what the start did not need.
 */
final class Serving implements AutoCloseable {
  /** Set by the launcher when standard error is a terminal. */
  private static final String TERMINAL_PROPERTY = "billets.terminal";

  /** Set by the launcher when a collection that was asked for runs beside the program. */
  private static final String TRIM_PROPERTY = "billets.trim";

  private static final long TOKENS_MILLIS = 500;

  private final ServerConfig config;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private volatile Journal journal;
  private TicketServer server;

  private Serving(ServerConfig config) {
    this.config = config;
  }

  /** Serves until SIGTERM or SIGINT; its exit code is that of {@link Shutdown}. */
  static int run(ServeOptions options, CommandLine command) throws InterruptedException {
    options.configureLog();
    ServerConfig config = options.config();
    Serving serving = start(config);
    if (config.limits().sessions() < options.sessions()) {
      log()
          .warn(
              "The limit of open files allows {} clients: raise it (ulimit -n) for more",
              config.limits().sessions());
    }
    ServiceNotifier notifier = ServiceNotifier.of(System.getenv());
    Runtime.getRuntime().addShutdownHook(new Thread(new Shutdown(serving, notifier), "stop"));
    PrintWriter out = command.getOut();
    String ready = "ready on " + url(config, serving.port());
    // At a terminal, SIGHUP says that it is gone.
    if (config.tls() != null || !Boolean.getBoolean(TERMINAL_PROPERTY)) {
      ReloadSignal.handle(new Reload(command, config.tls(), notifier, ready));
    }
    log().info("It is {}", ready);
    out.println("billets-server " + ready);
    out.flush();
    notifier.ready(ready);
    notifier.watch(serving.server::trouble);
    giveBackMemory();
    if (Boolean.getBoolean(TERMINAL_PROPERTY)) {
      firstSteps(config, serving.port()).forEach(command.getErr()::println);
    }
    new CountDownLatch(1).await();
    return 0;
  }

  /** The heap has room for any start; what this one did not need is given back behind it. */
  private static void giveBackMemory() {
    if (Boolean.getBoolean(TRIM_PROPERTY)) {
      daemon(System::gc, "memory").start();
    }
  }

  private static List<String> firstSteps(ServerConfig config, int port) {
    return config.address() == null
        ? FirstSteps.atSocket(config.socket().orElseThrow().path())
        : new FirstSteps(config.scheme(), host(config), port, config.data(), usualData()).lines();
  }

  private static String url(ServerConfig config, int port) {
    return config.address() == null
        ? "unix:" + config.socket().orElseThrow().path()
        : "%s://%s:%d/tickets".formatted(config.scheme(), host(config), port);
  }

  /** Null for a user without a home directory. */
  private static Path usualData() {
    try {
      return UserDirectories.ofProcess().serverData();
    } catch (NoHomeException e) {
      return null;
    }
  }

  /** The host of a URL, where an IPv6 address stands in brackets. */
  private static String host(ServerConfig config) {
    String host = config.address().getAddress().getHostAddress();
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** The changes whose outcome is unknown. Any thread. */
  Journal.Uncertain uncertain() {
    Journal opened = journal;
    return opened == null ? Journal.Uncertain.NONE : opened.uncertain();
  }

  /**
   * Starts to serve.
   *
   * @throws CannotServeException if it cannot listen
   * @throws org.lesbillets.server.unix.UnixSocketException if it cannot listen on its socket
   * @throws org.lesbillets.server.journal.JournalException if it cannot open its data
   * @throws org.lesbillets.server.auth.TokenException if it cannot read or write its tokens
   */
  static Serving start(ServerConfig config) {
    Serving serving = new Serving(config);
    try {
      serving.open();
      return serving;
    } catch (RuntimeException e) {
      serving.close();
      throw e;
    }
  }

  private void open() {
    DataDirectory data = opened(DataDirectory.open(config.data()));
    TokenStore store = new FileTokenStore(data.path());
    LocalToken.ensure(store, data.path(), System.getProperty("user.name"));
    TokenBook tokens = TokenBook.open(store);
    World world = World.system();
    journal = opened(journal(data, world));
    server = opened(new TicketServer(world, journal, config, authenticator(tokens)));
    listen();
    watch(tokens);
    log()
        .info(
            "{} has {} of journal {} at revision {} from {}",
            ServerVersion.nameAndVersion(),
            config.tickets(),
            journal.journalId(),
            server.revision(),
            data.path());
    config.socket().ifPresent(Serving::describe);
    if (config.tls() != null) {
      log().info("The certificate is valid until {}", config.tls().expiry());
      Reload.warnIfExpired(config.tls());
    }
  }

  /** The directory of a journal that is elsewhere is locked as a journal's is. */
  private Journal journal(DataDirectory data, World world) {
    if (config.etcd().isPresent()) {
      data.serve(0);
      return EtcdJournal.open(config.etcd().get(), world);
    }
    if (config.ephemeral()) {
      data.serve(0);
      return new MemoryJournal(world);
    }
    return SqliteJournal.open(data, config.acceptLoss(), world);
  }

  private static void describe(UnixSettings socket) {
    log()
        .info(
            "Logins of this machine connect to {}: {}",
            socket.path(),
            socket.groups().isEmpty() ? "only root and the server's own" : "by their groups");
    if (!socket.groups().isEmpty() && !UnixServerSocket.isReachable(socket.path())) {
      log()
          .warn(
              "No other login reaches {}: let them pass its directory (chmod 711 {})",
              socket.path(),
              socket.path().getParent());
    }
    UnixServerSocket.exposed(socket.path())
        .ifPresent(
            directory ->
                log()
                    .warn(
                        "Others could move the directory of {} away, and put one of their own in"
                            + " its place, since {} is not only root's or this user's to write to:"
                            + " give a --socket elsewhere, or see to the mode of that directory",
                        socket.path(),
                        directory));
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private static Authenticator authenticator(TokenBook tokens) {
    return new Authenticator() {
      @Override
      public Optional<SessionOrigin> identify(String token) {
        return tokens.identify(token).map(this::origin);
      }

      @Override
      public Optional<SessionOrigin> identifyFresh(String token) {
        return tokens.identifyFresh(token).map(this::origin);
      }

      private SessionOrigin origin(Identity identity) {
        return new SessionOrigin(
            identity.name(), identity.role(), () -> tokens.stillValid(identity));
      }

      @Override
      public Optional<String> trouble() {
        return tokens.trouble();
      }
    };
  }

  private void listen() {
    try {
      server.start();
    } catch (IOException e) {
      throw new CannotServeException(
          "It cannot listen on %s (%s): stop what listens there, or give another --port."
              .formatted(
                  config.address() == null
                      ? config.socket().orElseThrow().path()
                      : host(config) + " port " + config.address().getPort(),
                  Optional.ofNullable(e.getMessage()).orElse(e.toString())),
          e);
    }
  }

  /** A revoked token ends its sessions within a second. */
  private void watch(TokenBook tokens) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "tokens"));
    opened((AutoCloseable) timer::shutdown);
    timer.scheduleWithFixedDelay(
        () -> {
          if (tokens.refresh()) {
            server.closeRevokedSessions();
          }
        },
        TOKENS_MILLIS,
        TOKENS_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The port of the listener; -1 for none. */
  int port() {
    return server.port();
  }

  /** Closes everything, in reverse order of opening. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        log().error("Could not close {}: {}", part.getClass().getSimpleName(), e.getMessage());
      }
    }
  }

  /** Created lazily: logback reads the log's format when the first logger is made. */
  static Logger log() {
    return LoggerFactory.getLogger(Serving.class);
  }
}
