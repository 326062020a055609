package org.lesbillets.model.message;

import java.time.Instant;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;

/** The answer to a request about the server itself. Immutable. */
public sealed interface AdminAnswer extends ServerMessage.Answer {

  void accept(AdminVisitor visitor);

  @Override
  default void accept(ServerMessage.Visitor visitor) {
    visitor.onAdmin(this);
  }

  /**
   * The sessions at one moment.
   *
   * @param sessions in the order of their arrival
   */
  record Sessions(String requestId, List<Session> sessions) implements AdminAnswer {
    public Sessions {
      sessions = List.copyOf(sessions);
    }

    @Override
    public void accept(AdminVisitor visitor) {
      visitor.onSessions(this);
    }
  }

  /**
   * One connected client.
   *
   * @param client where it connects from, for people
   * @param since when it connected
   * @param behindBytes what it has yet to read, at most some 250 ms ago
   */
  record Session(
      String id, AgentName agent, Role role, String client, Instant since, long behindBytes) {}

  /** One method for each kind of answer. */
  interface AdminVisitor {
    void onSessions(Sessions message);
  }
}
