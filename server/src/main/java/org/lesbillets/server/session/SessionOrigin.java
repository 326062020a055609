package org.lesbillets.server.session;

import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.KnownBy;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.ClientConnection;
import org.lesbillets.model.message.HandshakeHeaders;
import org.lesbillets.server.desk.index.Standing;

/**
 * The identity behind a session. Immutable.
 *
 * @param stillValid whether its token has not been revoked; any thread
 * @param login the user at the other end of the server's socket; null for a connection by TCP, and
 *     for one of a delegate, whose processes are not those of the agent
 * @param client which connection of the client it is; null if the client has no name
 * @param membership whether the groups of the login still let it change tickets
 * @param administers whether it is admitted while the server is drained, too
 */
public record SessionOrigin(
    AgentName agent,
    Role role,
    BooleanSupplier stillValid,
    KnownBy knownBy,
    UserPrincipal login,
    ClientConnection client,
    Standing membership,
    boolean administers) {

  /** The owner of a token. */
  public SessionOrigin(AgentName agent, Role role, BooleanSupplier stillValid) {
    this(agent, role, stillValid, KnownBy.TOKEN, null, null, Standing.LASTING, false);
  }

  /** The same identity over the server's socket. */
  public SessionOrigin from(UserPrincipal login) {
    return new SessionOrigin(
        agent, role, stillValid, knownBy, login, client, membership, administers);
  }

  /** The same identity for a session that is admitted while the server is drained, too. */
  public SessionOrigin administering() {
    return new SessionOrigin(agent, role, stillValid, knownBy, login, client, membership, true);
  }

  /** The same identity for this connection of its client. */
  public SessionOrigin of(ClientConnection client) {
    return new SessionOrigin(
        agent, role, stillValid, knownBy, login, client, membership, administers);
  }

  /** Whether its agent may still change tickets. */
  CompletableFuture<Boolean> stands() {
    return stillValid.getAsBoolean()
        ? membership.holds()
        : CompletableFuture.completedFuture(false);
  }

  /** What the response to the handshake says of it. */
  public Map<String, String> headers() {
    return Map.of(
        HandshakeHeaders.AGENT,
        agent.value(),
        HandshakeHeaders.ROLE,
        role.wireName(),
        HandshakeHeaders.KNOWN_BY,
        knownBy.wireName());
  }
}
