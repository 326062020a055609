package org.lesbillets.server.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.lesbillets.model.message.ServerMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connected clients. Any thread; bounded by what the edge lets in. */
public final class SessionRegistry implements SessionServices.OnOver {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRegistry.class);

  /** RFC 6455: the server goes away and comes back. */
  public static final int SERVICE_RESTART = 1012;

  /** RFC 6455: what the client is allowed has changed. */
  public static final int POLICY_VIOLATION = 1008;

  private final Map<String, ClientSession> sessions = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  /**
   * Begins a session; it is sent {@code welcome} first.
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
    sessions.put(session.id(), session);
    session.refuse(welcome);
    services.drainer().post(session::begin);
    LOG.debug("{} is {} from {}", session.id(), origin.agent(), transport.remote());
    return session;
  }

  @Override
  public void over(ClientSession session, String reason) {
    sessions.remove(session.id());
    LOG.debug("{} is over: {}", session.id(), reason);
  }

  /** How many there are. */
  public int size() {
    return sessions.size();
  }

  /** Asks the sessions whose token was revoked to close. */
  public void closeRevoked() {
    for (ClientSession session : sessions.values()) {
      if (!session.origin().stillValid().getAsBoolean()) {
        session.close(POLICY_VIOLATION, "the token was revoked");
      }
    }
  }

  /** Asks all sessions to close. */
  public void closeAll(int code, String reason) {
    sessions.values().forEach(session -> session.close(code, reason));
  }

  /** Cuts the sessions that are still there. */
  public void cutAll() {
    sessions.values().forEach(session -> session.end("the server stops"));
  }
}
