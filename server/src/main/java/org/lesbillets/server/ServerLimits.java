package org.lesbillets.server;

import org.lesbillets.server.session.SessionLimits;
import org.lesbillets.server.websocket.EdgeLimits;

/**
 * The bounds of a server. Immutable. A test holds the table in docs/operations/limits.md to the
 * defaults.
 *
 * @param sessions bound of the sessions
 * @param sessionsPerToken bound of the sessions of one token
 * @param requests bound of the unanswered requests of all sessions
 * @param ringBytes bound of the frame log, at least 128 KiB
 */
public record ServerLimits(
    int sessions,
    int sessionsPerToken,
    int requests,
    long ringBytes,
    SessionLimits session,
    EdgeLimits edge) {

  /** The values of docs/operations/limits.md. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(
          10_000, 1_000, 16_384, 32L * 1024 * 1024, SessionLimits.DEFAULT, EdgeLimits.DEFAULT);

  /** With other bounds of the sessions. */
  public ServerLimits withSessions(int all, int perToken) {
    return new ServerLimits(all, perToken, requests, ringBytes, session, edge);
  }

  /** With another bound of the frame log. */
  public ServerLimits withRing(long bytes) {
    return new ServerLimits(sessions, sessionsPerToken, requests, bytes, session, edge);
  }

  /** With other bounds of a session. */
  public ServerLimits withSession(SessionLimits other) {
    return new ServerLimits(sessions, sessionsPerToken, requests, ringBytes, other, edge);
  }

  /** With other bounds of connections. */
  public ServerLimits withEdge(EdgeLimits other) {
    return new ServerLimits(sessions, sessionsPerToken, requests, ringBytes, session, other);
  }
}
