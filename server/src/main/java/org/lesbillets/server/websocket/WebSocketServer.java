package org.lesbillets.server.websocket;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.BindException;
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
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerContainer;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerFilter;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.spi.ServerContainer;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.ClientSession;
import org.lesbillets.server.session.SessionOrigin;
import org.lesbillets.server.session.SessionTransport;
import org.lesbillets.server.tls.TlsIdentity;
import org.lesbillets.server.world.TimeSource;

/**
 * The server's one port: WebSocket at /tickets, health checks over HTTP. Started and closed by one
 * thread; requests run on Grizzly's I/O threads, the sweep of idle connections on the thread
 * "door".
 */
public final class WebSocketServer implements Listener {
  private static final long SWEEP_MILLIS = 250;
  private static final int NO_KEEP_ALIVE_TIMEOUT = -1;

  private final HttpServer http = new HttpServer();
  private final NetworkListener listener;
  private final AdmissionFilter filter;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(WebSocketServer::sweeperThread);

  /**
   * Where to listen, and whom to admit.
   *
   * @param address port 0 for a free one
   * @param tls null for plain connections
   */
  public record ListenConfig(
      InetSocketAddress address,
      Set<String> allowedOrigins,
      Set<String> allowedHosts,
      int maxSessions,
      int maxSessionsPerToken,
      EdgeLimits limits,
      Authenticator authenticator,
      TlsIdentity tls) {}

  /**
   * The services behind the port.
   *
   * @param program name and version of the server
   * @param opener begins a session on a transport
   * @param sessions the number of sessions
   * @param sessionsOf the number of sessions of one token
   * @param alive a sentence when the server must be restarted
   * @param ready a sentence when it refuses changes
   */
  public record ServerDependencies(
      String program,
      TicketDesk desk,
      BiFunction<SessionOrigin, SessionTransport, ClientSession> opener,
      IntSupplier sessions,
      ToIntFunction<AgentName> sessionsOf,
      TimeSource time,
      Supplier<Optional<String>> alive,
      Supplier<Optional<String>> ready) {}

  public WebSocketServer(ListenConfig listen, ServerDependencies dependencies) {
    this.filter =
        new AdmissionFilter(authorizer(listen, dependencies), dependencies.time(), listen.limits());
    this.listener =
        new NetworkListener(
            "tickets", listen.address().getAddress().getHostAddress(), listen.address().getPort());
    listener.getKeepAlive().setIdleTimeoutInSeconds(NO_KEEP_ALIVE_TIMEOUT);
    listener.registerAddOn(new WebSocketAddOn(container(dependencies), ""));
    listener.registerAddOn(admission());
    listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
    if (listen.tls() != null) {
      listener.setSecure(true);
      listener.setSSLEngineConfig(engines(listen.tls()));
    }
    http.addListener(listener);
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
        new RequestAuthorizer.AllowLists(
            new HostPolicy(listen.address(), listen.allowedHosts()), listen.allowedOrigins()),
        new RequestAuthorizer.Capacity(
            () -> dependencies.sessions().getAsInt() + filter.leaving(),
            listen.maxSessions(),
            dependencies.sessionsOf(),
            listen.maxSessionsPerToken()),
        new RequestAuthorizer.Responses(
            frontPage(listen.authenticator(), dependencies),
            new FailureLimiter(dependencies.time(), limits.failures(), limits.failuresInAll())));
  }

  private static FrontPage frontPage(Authenticator authenticator, ServerDependencies dependencies) {
    return new FrontPage(
        dependencies.program(),
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
                        new GrizzlyTransport<>(admitted.connection(), filter::leaves)),
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

  /** Inserts our filter before the WebSocket filter, which the previous add-on has added. */
  private AddOn admission() {
    return (networkListener, builder) ->
        builder.add(builder.indexOfType(GrizzlyServerFilter.class), filter);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if it cannot; a {@link BindException} when the address is taken
   */
  @Override
  public void start() throws IOException {
    http.start();
    sweeper.scheduleWithFixedDelay(
        filter::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public int port() {
    return listener.getPort();
  }

  @Override
  public void stopAccepting() {
    listener.getTransport().unbindAll();
  }

  @Override
  public void close() {
    sweeper.shutdown();
    http.shutdownNow();
  }
}
