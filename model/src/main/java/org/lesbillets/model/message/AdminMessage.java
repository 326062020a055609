package org.lesbillets.model.message;

import java.time.Duration;
import org.lesbillets.model.Role;

/**
 * A request about the server itself, for the role admin. It changes no ticket. Optional fields are
 * null when left out. Immutable.
 */
public sealed interface AdminMessage extends ClientMessage {

  <R> R accept(AdminVisitor<R> visitor);

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.onAdmin(this);
  }

  @Override
  default Role requiredRole() {
    return Role.ADMIN;
  }

  /** Asks who is connected. */
  record ListSessions(String requestId) implements AdminMessage {
    @Override
    public <R> R accept(AdminVisitor<R> visitor) {
      return visitor.onListSessions(this);
    }
  }

  /**
   * Ends a session with a reason; its client does not reconnect by itself.
   *
   * @param session its id, as in the list of sessions
   * @param reason for the client's user, or null
   */
  record KickSession(String requestId, String session, String reason) implements AdminMessage {
    @Override
    public <R> R accept(AdminVisitor<R> visitor) {
      return visitor.onKickSession(this);
    }
  }

  /**
   * Has the server admit no new session, and close those there are, until it ends or the drain is
   * cancelled.
   *
   * @param after the time the sessions have until they are closed; null for the server's default
   * @param cancel whether to end a drain instead
   */
  record Drain(String requestId, Duration after, boolean cancel) implements AdminMessage {
    @Override
    public <R> R accept(AdminVisitor<R> visitor) {
      return visitor.onDrain(this);
    }
  }

  /** One method for each request about the server. */
  interface AdminVisitor<R> {
    R onListSessions(ListSessions message);

    R onKickSession(KickSession message);

    R onDrain(Drain message);
  }
}
