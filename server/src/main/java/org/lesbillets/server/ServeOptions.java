package org.lesbillets.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.model.ByteCount;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.command.DataOption;
import org.lesbillets.server.log.ServerLog;
import org.lesbillets.server.session.SessionLimits;
import org.lesbillets.server.tls.TlsIdentity;
import org.lesbillets.server.unix.UnixSettings;
import org.lesbillets.server.websocket.EdgeLimits;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of {@code billets-server serve}. */
final class ServeOptions {
  /** Descriptors for the journal, tokens, libraries and log. */
  private static final int RESERVED_DESCRIPTORS = 192;

  private static final int LEAST_DESCRIPTORS = 256;
  private static final String LOOPBACK = "127.0.0.1";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private DataOption data;
  @Mixin private SocketOptions socket;
  @Mixin private EtcdOptions etcd;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description = "The address to listen on. Default: 127.0.0.1.",
      converter = ServeConverters.ToAddress.class)
  private String bind = LOOPBACK;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen on, 0 for a free one. Default: 7420; with --socket none.",
      fallbackValue = "7420", // for 'config print' only: the default depends on --socket
      converter = ServeConverters.ToPort.class)
  private Integer port;

  @Option(
      names = "--journal",
      paramLabel = "URL",
      description =
          "Where events are kept: sqlite: (the default), memory:, or etcd://HOST:PORT[,…]/PREFIX,"
              + " which servers share.",
      converter = ServeConverters.ToJournal.class)
  private String journal = "sqlite:";

  @Option(
      names = "--ephemeral",
      description = "Keep tickets in memory only; all are gone when the server stops.")
  private boolean ephemeral;

  @Option(
      names = "--accept-loss",
      description =
          "Start once although the journal has lost its last changes or its witness; clients"
              + " reload.")
  private boolean acceptLoss;

  @Option(
      names = "--tls-cert",
      paramLabel = "F",
      description =
          "Serve TLS with this certificate, a PEM file with its chain; SIGHUP reads it again.")
  private Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "F",
      description = "The private key of --tls-cert, a PEM file that only its owner may read.")
  private Path tlsKey;

  @Option(
      names = "--allow-origin",
      paramLabel = "O",
      description = "Let pages of this origin connect; may be given again.")
  private Set<String> allowedOrigins = new LinkedHashSet<>();

  @Option(
      names = "--allow-host",
      paramLabel = "H",
      description = "Answer requests to this name of the server, too; may be given again.",
      converter = ServeConverters.ToHost.class)
  private Set<String> allowedHosts = new LinkedHashSet<>();

  @Option(
      names = "--steal",
      paramLabel = "agents|admins",
      description = "Who may break another's lock. Default: agents.")
  private Breakers steal = Breakers.agents;

  @Option(
      names = "--sessions-per-token",
      paramLabel = "N",
      description = "How many clients may connect with one token at a time. Default: 1000.",
      converter = ServeConverters.ToCount.class)
  private int sessionsPerToken = ServerLimits.DEFAULT.sessionsPerToken();

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description =
          "How many clients may connect at a time; fewer where the limit of open files says so."
              + " Default: 10000.",
      converter = ServeConverters.ToCount.class)
  private int sessions = ServerLimits.DEFAULT.sessions();

  @Option(
      names = "--messages-per-second",
      paramLabel = "N",
      description = "How many messages a second one client may send. Default: 20000.",
      converter = ServeConverters.ToCount.class)
  private int messagesPerSecond = SessionLimits.DEFAULT.messagesPerSecond();

  @Option(
      names = "--ring-bytes",
      paramLabel = "SIZE",
      description =
          "How much of the last events is kept for slow readers; whoever falls behind it is cut and"
              + " comes back. Default: 32MiB.",
      converter = ServeConverters.ToRing.class)
  private ByteCount ring = new ByteCount(ServerLimits.DEFAULT.ringBytes());

  @Option(
      names = "--log",
      paramLabel = "text|json",
      description = "How to write the log, which goes to stderr. Default: text.")
  private ServerLog.Format log = ServerLog.Format.text;

  @Option(
      names = "--log-level",
      paramLabel = "error|warn|info|debug",
      description = "What to log: this and what is worse; SIGHUP reads it again. Default: info.")
  private ServerLog.Level logLevel = ServerLog.Level.info;

  /** The roles that may break another agent's lock. */
  enum Breakers {
    agents(LockPolicy.AGENTS_BREAK),
    admins(LockPolicy.ADMINS_BREAK);

    private final LockPolicy policy;

    Breakers(LockPolicy policy) {
      this.policy = policy;
    }
  }

  /** Configures the log; to be called before anything is logged. */
  void configureLog() {
    ServerLog.configure(log, logLevel);
  }

  /** The clients that may connect if the limit of open files allows them. */
  int sessions() {
    return sessions;
  }

  /**
   * The configuration that the options describe.
   *
   * @throws ParameterException if they are invalid; the message says why
   */
  ServerConfig config() {
    Optional<UnixSettings> local = socket.settings();
    TlsIdentity tls = tls();
    return new ServerConfig(
        local.isPresent() && port == null ? noAddress() : address(),
        data.directory(),
        ephemeral || inMemory(),
        acceptLoss,
        allowedOrigins,
        hosts(tls),
        steal.policy,
        limits(),
        tls,
        local,
        etcd.access(journal));
  }

  private ServerLimits limits() {
    long connections = descriptors() - RESERVED_DESCRIPTORS;
    EdgeLimits edge = EdgeLimits.DEFAULT.within(connections);
    long most = Math.min(sessions, connections - edge.anonymousInAll());
    return ServerLimits.DEFAULT
        .withSessions((int) most, sessionsPerToken)
        .withRing(ring.bytes())
        .withSession(
            SessionLimits.DEFAULT
                .withMessagesPerSecond(messagesPerSecond)
                .within(Runtime.getRuntime().maxMemory()))
        .withEdge(edge);
  }

  /** A server out of descriptors could neither accept a client nor read its tokens. */
  private long descriptors() {
    if (!(ManagementFactory.getOperatingSystemMXBean()
        instanceof UnixOperatingSystemMXBean system)) {
      return Integer.MAX_VALUE;
    }
    long limit = system.getMaxFileDescriptorCount();
    if (limit < LEAST_DESCRIPTORS) {
      throw wrong(
          "This process may open %d files, and the server needs %d: raise the limit (ulimit -n)."
              .formatted(limit, LEAST_DESCRIPTORS));
    }
    return limit;
  }

  /** The names in a certificate are the server's own. */
  private Set<String> hosts(TlsIdentity tls) {
    Set<String> hosts = new LinkedHashSet<>(allowedHosts);
    if (tls != null) {
      hosts.addAll(tls.names());
    }
    return hosts;
  }

  private TlsIdentity tls() {
    if ((tlsCertificate == null) != (tlsKey == null)) {
      throw wrong("TLS needs a certificate and its key: give both --tls-cert and --tls-key.");
    }
    return tlsKey == null ? null : TlsIdentity.load(tlsCertificate, tlsKey);
  }

  private boolean inMemory() {
    return journal.equals("memory:");
  }

  private InetSocketAddress noAddress() {
    if (!bind.equals(LOOPBACK) || tlsCertificate != null) {
      throw wrong(
          "With --socket alone no port is opened, so --bind and --tls-cert mean nothing: give"
              + " --port, too.");
    }
    return null;
  }

  private InetSocketAddress address() {
    InetSocketAddress address =
        new InetSocketAddress(resolved(), port == null ? ServerConfig.DEFAULT_PORT : port);
    if (!address.getAddress().isLoopbackAddress() && tlsCertificate == null) {
      throw wrong(
          "Tokens would cross the network in the clear on %s: give --tls-cert and --tls-key, or"
                  .formatted(bind)
              + " bind to 127.0.0.1 and reach the server through an SSH tunnel.");
    }
    return address;
  }

  private InetAddress resolved() {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw wrong("There is no address '%s': give one of this machine's.".formatted(bind));
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
