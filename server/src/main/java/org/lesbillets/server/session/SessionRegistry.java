package org.lesbillets.server.session;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The connected clients. Any thread; bounded by the number of sessions the edge admits. */
public final class SessionRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRegistry.class);

  /** RFC 6455: the server restarts. */
  public static final int SERVICE_RESTART = 1012;

  /** A session that an administrator has ended; its client does not reconnect by itself. */
  private static final int KICKED = 4003;

  /** RFC 6455: a policy of the server was violated. */
  public static final int POLICY_VIOLATION = 1008;

  /** In the order of their arrival, so that a simulation can be replayed. */
  private final Map<Requester, ClientSession> sessions =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private final Map<AgentName, Integer> counts = new ConcurrentHashMap<>();
  private final AtomicIntegerArray roles = new AtomicIntegerArray(Role.values().length);
  private final Map<ClientKey, ClientSession> clients = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  /** A client of an agent; another agent cannot end its sessions. */
  private record ClientKey(AgentName agent, UUID client) {
    static ClientKey of(ClientSession session) {
      return new ClientKey(session.agent(), session.origin().client().client());
    }
  }

  /**
   * Begins a session, which takes the place of an earlier one of the same client, or ends at once
   * where a later one is there already; it is sent {@code welcome} first.
   *
   * @param services shared by all sessions
   */
  public ClientSession open(
      SessionOrigin origin,
      SessionTransport transport,
      SessionServices services,
      ServerMessage.Welcome welcome) {
    ClientSession session =
        new ClientSession("s" + ids.incrementAndGet(), origin, transport, services);
    // It may end as soon as the welcome is queued, and no message to all comes before that.
    synchronized (sessions) {
      sessions.put(session, session);
      counts.merge(session.agent(), 1, Integer::sum);
      roles.incrementAndGet(session.role().ordinal());
      session.refuse(welcome);
    }
    if (!origin.administers()) {
      tellDrain(session, services.drain());
    }
    services.drainer().post(session::begin);
    if (origin.client() != null) {
      // Last: a third session of the client may end this one at once.
      replaceEarlier(session);
      if (session.isOver()) {
        // It may have ended before it was put there.
        clients.remove(ClientKey.of(session), session);
      }
    }
    LOG.debug("{} is {} from {}", session.id(), origin.agent(), transport.remote());
    return session;
  }

  /** The message of a drain that began during the handshake went to earlier sessions only. */
  private static void tellDrain(ClientSession session, DrainState drain) {
    drain
        .left()
        .ifPresent(
            left -> {
              session.refuse(new ServerMessage.Draining(left, false));
              if (drain.left().isEmpty()) {
                session.refuse(new ServerMessage.Draining(Duration.ZERO, true));
              }
            });
  }

  /** A handshake that was read late is of a connection that its client has given up. */
  private void replaceEarlier(ClientSession session) {
    ClientSession present = clients.putIfAbsent(ClientKey.of(session), session);
    while (present != null && !session.isEarlierThan(present)) {
      if (clients.replace(ClientKey.of(session), present, session)) {
        present.replace();
        return;
      }
      present = clients.putIfAbsent(ClientKey.of(session), session);
    }
    if (present != null) {
      session.replace();
    }
  }

  /** Forgets a session that has ended. */
  public void over(Requester session, SessionEnd why) {
    ClientSession removed = sessions.remove(session);
    if (removed != null) {
      roles.decrementAndGet(removed.role().ordinal());
      if (removed.origin().client() != null) {
        clients.remove(ClientKey.of(removed), removed);
      }
      counts.computeIfPresent(removed.agent(), (agent, n) -> n == 1 ? null : n - 1);
      Level level = why.isOrdinary() ? Level.DEBUG : Level.INFO;
      LOG.atLevel(level).log("{} of {} is over: {}", removed.id(), removed.agent(), why);
    }
  }

  private List<ClientSession> all() {
    synchronized (sessions) {
      return List.copyOf(sessions.values());
    }
  }

  /** The sessions as an administrator sees them, in the order of their arrival. */
  public List<AdminAnswer.Session> reports() {
    return all().stream().map(ClientSession::report).toList();
  }

  /**
   * Asks one session to close.
   *
   * @param id its name
   * @param reason for its client's user
   * @return whether there was one of this name
   */
  public boolean kick(String id, String reason) {
    Optional<ClientSession> kicked =
        all().stream().filter(session -> session.id().equals(id)).findFirst();
    kicked.ifPresent(session -> session.kick(KICKED, reason));
    return kicked.isPresent();
  }

  /** Sends all sessions a message that answers no request. */
  public void broadcast(ServerMessage.Push message) {
    all().forEach(session -> session.refuse(message));
  }

  /** The number of sessions. */
  public int size() {
    return sessions.size();
  }

  /** The number of sessions of one agent, which has one token. */
  public int sizeOf(AgentName agent) {
    return counts.getOrDefault(agent, 0);
  }

  /** The number of sessions with one role. */
  public int sizeOf(Role role) {
    return roles.get(role.ordinal());
  }

  /** Asks the sessions to close whose token was revoked or cannot be checked. */
  public void closeRevoked() {
    for (ClientSession session : all()) {
      if (!session.origin().stillValid().getAsBoolean()) {
        LOG.info("Closing {} of {}: its token is no longer good", session.id(), session.agent());
        session.close(POLICY_VIOLATION, "the token was revoked, or cannot be checked now");
      }
    }
  }

  /** Asks all sessions to close. */
  public void closeAll(int code, String reason) {
    all().forEach(session -> session.close(code, reason));
  }

  /** Cuts the sessions that have not closed. */
  public void cutAll() {
    all().forEach(session -> session.end(SessionEnd.SHUTDOWN));
  }
}
