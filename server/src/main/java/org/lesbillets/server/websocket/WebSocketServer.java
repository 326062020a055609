package org.lesbillets.server.websocket;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerFilter;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.spi.ServerContainer;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.measure.Tally;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.ClientSession;
import org.lesbillets.server.session.SessionOrigin;
import org.lesbillets.server.session.SessionTransport;
import org.lesbillets.server.tls.TlsIdentity;
import org.lesbillets.server.unix.UnixSettings;
import org.lesbillets.server.world.TimeSource;

/**
 * The server's port and its socket: WebSocket at /tickets, health checks over HTTP. Started and
 * closed by one thread; requests run on Grizzly's I/O threads, the sweep of idle connections on the
 * thread "door".
 */
public final class WebSocketServer implements Listener {
  private static final long SWEEP_MILLIS = 250;
  private static final int NO_KEEP_ALIVE_TIMEOUT = -1;
  private static final int NO_PORT = -1;
  private static final int THREADS = 2 * Runtime.getRuntime().availableProcessors();

  private final ListenConfig listen;
  private final TCPNIOTransport transport = transport();
  private final AdmissionFilter filter;
  private final GrizzlyServerFilter ticketFilter;
  private volatile int port = NO_PORT;
  private UnixAcceptor acceptor;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(WebSocketServer::sweeperThread);

  /**
   * Where to listen, and whom to admit.
   *
   * @param address port 0 for a free one; null for no port
   * @param tls null for plain connections
   * @param socket a socket of this machine, beside the port or without one
   */
  public record ListenConfig(
      InetSocketAddress address,
      Set<String> allowedOrigins,
      Set<String> allowedHosts,
      int maxSessions,
      int maxSessionsPerToken,
      EdgeLimits limits,
      Authenticator authenticator,
      TlsIdentity tls,
      Optional<UnixSettings> socket) {

    private HostPolicy hosts() {
      return new HostPolicy(
          address == null ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0) : address,
          allowedHosts);
    }
  }

  /**
   * The services behind the port.
   *
   * @param program name and version of the server
   * @param opener begins a session on a transport
   * @param sessions the number of sessions
   * @param sessionsOf the number of sessions of one token
   * @param alive a sentence when the server must be restarted
   * @param ready a sentence when it refuses changes
   * @param metrics makes the page of metrics
   * @param refusals counters of what the edge refuses
   * @param drained a sentence when it admits no new session
   */
  public record ServerDependencies(
      String program,
      TicketDesk desk,
      BiFunction<SessionOrigin, SessionTransport, ClientSession> opener,
      IntSupplier sessions,
      ToIntFunction<AgentName> sessionsOf,
      TimeSource time,
      Supplier<Optional<String>> alive,
      Supplier<Optional<String>> ready,
      MetricsSource metrics,
      Tally<String> refusals,
      Supplier<Optional<String>> drained) {}

  /** Counters of what the edge refuses, by reason. */
  public static Tally<String> refusalTally() {
    return Refusal.tally();
  }

  public WebSocketServer(ListenConfig listen, ServerDependencies dependencies) {
    this.filter =
        new AdmissionFilter(
            authorizer(listen, dependencies),
            dependencies.time(),
            listen.limits(),
            dependencies.refusals());
    this.listen = listen;
    this.ticketFilter = new GrizzlyServerFilter(container(dependencies), "");
    transport.setProcessor(chain(listen.tls()));
  }

  private static TCPNIOTransport transport() {
    return TCPNIOTransportBuilder.newInstance()
        .setIOStrategy(new SessionIoStrategy(AdmissionFilter::isBrief))
        .setWorkerThreadPoolConfig(
            ThreadPoolConfig.defaultConfig()
                .setPoolName("Grizzly-worker")
                .setCorePoolSize(THREADS)
                .setMaxPoolSize(THREADS))
        .build();
  }

  /**
   * The layers of a connection: bytes, TLS, HTTP, admission, WebSocket. Every request is answered
   * by the last two.
   *
   * @param tls null for plain connections
   */
  private FilterChain chain(TlsIdentity tls) {
    FilterChainBuilder layers = FilterChainBuilder.stateless().add(new TransportFilter());
    if (tls != null) {
      layers.add(new SSLBaseFilter(engines(tls)));
    }
    return layers.add(http()).add(filter).add(ticketFilter).build();
  }

  @SuppressWarnings("deprecation") // there is no other constructor with a limit of the header
  private static HttpServerFilter http() {
    KeepAlive keepAlive = new KeepAlive();
    keepAlive.setIdleTimeoutInSeconds(NO_KEEP_ALIVE_TIMEOUT);
    return new HttpServerFilter(
        true, HttpServerFilter.DEFAULT_MAX_HTTP_PACKET_HEADER_SIZE, keepAlive, null);
  }

  private static SSLEngineConfigurator engines(TlsIdentity tls) {
    boolean clientMode = false;
    return new SSLEngineConfigurator(tls.context(), clientMode, false, false)
        .setEnabledProtocols(TlsIdentity.protocols().toArray(String[]::new));
  }

  private RequestAuthorizer authorizer(ListenConfig listen, ServerDependencies dependencies) {
    EdgeLimits limits = listen.limits();
    return new RequestAuthorizer(
        listen.authenticator(),
        new RequestAuthorizer.AllowLists(listen.hosts(), listen.allowedOrigins()),
        new Capacity(
            () -> dependencies.sessions().getAsInt() + filter.leaving(),
            listen.maxSessions(),
            dependencies.sessionsOf(),
            listen.maxSessionsPerToken(),
            dependencies.drained()),
        new RequestAuthorizer.Responses(
            frontPage(listen.authenticator(), dependencies),
            new FailureLimiter(dependencies.time(), limits.failures(), limits.failuresInAll())));
  }

  private static FrontPage frontPage(Authenticator authenticator, ServerDependencies dependencies) {
    return new FrontPage(
        dependencies.program(),
        dependencies.metrics(),
        Map.of(
            "/healthz",
            new FrontPage.Check(dependencies.alive(), "not well"),
            "/readyz",
            new FrontPage.Check(
                () -> dependencies.ready().get().or(authenticator::trouble), "not ready")));
  }

  private static Thread sweeperThread(Runnable task) {
    Thread thread = new Thread(task, "door");
    thread.setDaemon(true);
    return thread;
  }

  private ServerContainer container(ServerDependencies dependencies) {
    TicketEndpoint endpoint =
        new TicketEndpoint(
            dependencies.desk(),
            admitted ->
                dependencies
                    .opener()
                    .apply(
                        admitted.origin(),
                        new GrizzlyTransport(admitted.connection(), filter::leaves)),
            filter);
    Map<String, Object> properties = new HashMap<>();
    properties.put(TyrusWebSocketEngine.INCOMING_BUFFER_SIZE, TicketEndpoint.MAX_FRAME_BYTES);
    ServerContainer container = new GrizzlyServerContainer().createContainer(properties);
    TyrusWebSocketEngine engine = (TyrusWebSocketEngine) container.getWebSocketEngine();
    try {
      engine.register(config(endpoint), "/");
    } catch (DeploymentException e) {
      throw new IllegalStateException("the endpoint does not fit", e);
    }
    return container;
  }

  private static ServerEndpointConfig config(TicketEndpoint endpoint) {
    return ServerEndpointConfig.Builder.create(TicketEndpoint.class, FrontPage.TICKETS)
        .configurator(
            new ServerEndpointConfig.Configurator() {
              @Override
              public <T> T getEndpointInstance(Class<T> type) {
                return type.cast(endpoint);
              }
            })
        .build();
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if it cannot; a {@link BindException} when the address is taken
   * @throws org.lesbillets.server.unix.UnixSocketException if it cannot listen on the socket
   */
  @Override
  public void start() throws IOException {
    if (listen.address() != null) {
      port = bind(listen.address());
    }
    transport.start();
    acceptor =
        listen
            .socket()
            .map(settings -> UnixAcceptor.start(settings, transport, chain(null)))
            .orElse(null);
    sweeper.scheduleWithFixedDelay(
        filter::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private int bind(InetSocketAddress address) throws IOException {
    Object bound =
        transport.bind(address.getAddress().getHostAddress(), address.getPort()).getLocalAddress();
    return ((InetSocketAddress) bound).getPort();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void stopAccepting() {
    if (acceptor != null) {
      acceptor.close();
    }
    transport.unbindAll();
  }

  @Override
  public void close() {
    sweeper.shutdown();
    try {
      transport.shutdownNow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
