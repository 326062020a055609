package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.SessionLimits;
import org.lesbillets.server.session.SessionOrigin;
import org.lesbillets.server.unix.UnixSettings;
import org.lesbillets.server.websocket.EdgeLimits;
import org.lesbillets.server.world.World;

/** A server in this process, on a free port, where the token "alice" is the agent alice. */
public final class TestServer implements AutoCloseable {
  private final Journal journal;
  private final TicketServer server;

  public TestServer(Journal journal, ServerConfig config) throws IOException {
    this(journal, config, TestServer::identify);
  }

  /** With tokens of its own. */
  TestServer(Journal journal, ServerConfig config, Authenticator authenticator) throws IOException {
    this(World.system(), journal, config, authenticator);
  }

  private TestServer(World world, Journal journal, ServerConfig config, Authenticator authenticator)
      throws IOException {
    this.journal = journal;
    this.server = new TicketServer(world, journal, config, authenticator);
    server.start();
  }

  /** A server in a world of its own. */
  static TestServer in(World world) throws IOException {
    return new TestServer(world, new MemoryJournal(), config(), TestServer::identify);
  }

  public static TestServer inMemory() throws IOException {
    return new TestServer(new MemoryJournal(), config());
  }

  public static ServerConfig config() {
    return config(ServerLimits.DEFAULT);
  }

  /** With bounds of its own. */
  public static ServerConfig config(ServerLimits limits) {
    return config(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, Optional.empty());
  }

  /** A server at a socket, and at no port. */
  static TestServer at(UnixSettings socket, EdgeLimits edge) throws IOException {
    return new TestServer(
        new MemoryJournal(),
        config(null, ServerLimits.DEFAULT.withEdge(edge), Optional.of(socket)));
  }

  private static ServerConfig config(
      InetSocketAddress address, ServerLimits limits, Optional<UnixSettings> socket) {
    return new ServerConfig(
        address,
        Path.of("unused"),
        true,
        false,
        Set.of("https://desk.example"),
        Set.of("jumpbox.example"),
        LockPolicy.AGENTS_BREAK,
        limits.withSessions(100, Math.min(100, limits.sessionsPerToken())),
        null,
        socket,
        Optional.empty());
  }

  /** A server with a ring and limits of its own. */
  public static TestServer with(Journal journal, long ringBytes, SessionLimits limits)
      throws IOException {
    return with(journal, ServerLimits.DEFAULT.withRing(ringBytes).withSession(limits));
  }

  /** The usual bounds of the edge, but for the time to the session. */
  static EdgeLimits edge(Duration handshake) {
    return edge(512, handshake);
  }

  /** The same, with another bound of the connections without a session. */
  static EdgeLimits edge(int anonymousInAll, Duration handshake) {
    return new EdgeLimits(
        64,
        anonymousInAll,
        handshake,
        10,
        50,
        4 * 1024 * 1024,
        64 * 1024 * 1024,
        Duration.ofSeconds(30));
  }

  /** A server with bounds of its own. */
  static TestServer with(Journal journal, ServerLimits limits) throws IOException {
    return new TestServer(journal, config(limits));
  }

  /** A server with bounds of its edge. */
  static TestServer with(EdgeLimits edge) throws IOException {
    return with(new MemoryJournal(), ServerLimits.DEFAULT.withEdge(edge));
  }

  private static Optional<SessionOrigin> identify(String token) {
    if (!AgentName.isValid(token)) {
      return Optional.empty();
    }
    Role role =
        token.startsWith("reader")
            ? Role.READER
            : token.startsWith("admin") ? Role.ADMIN : Role.AGENT;
    return Optional.of(new SessionOrigin(new AgentName(token), role, () -> true));
  }

  public int port() {
    return server.port();
  }

  /** The server itself. */
  TicketServer server() {
    return server;
  }

  public WireClient connect(String token) {
    return WireClient.connect(port(), token);
  }

  /** Connects, and takes the welcome. */
  WireClient join(String token) {
    WireClient client = connect(token);
    client.next(ServerMessage.Welcome.class);
    return client;
  }

  /** Connects, takes the welcome, and watches everything from an empty list on. */
  WireClient watching(String token) {
    WireClient client = join(token);
    client.send(Samples.watch("w", null));
    assertEquals(0, client.next(ServerMessage.AllTickets.class).tickets().size());
    return client;
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
    journal.close();
  }
}
