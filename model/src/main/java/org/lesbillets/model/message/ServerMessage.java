package org.lesbillets.model.message;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;

/**
 * What the server says: answers bear the {@code requestId} of their request, pushes bear none.
 * Fields that may be left out are null then.
 */
public sealed interface ServerMessage {

  <R> R accept(Handler<R> handler);

  /** The name of this kind of message on the wire. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** An answer to one request. */
  sealed interface Answer extends ServerMessage {
    /** Which request; null only in an Event that is pushed, or a refusal of what had no id. */
    String requestId();
  }

  /**
   * The first message of a connection.
   *
   * @param protocol the version of the protocol, 1
   * @param server name and version, for people
   * @param journalId which history revisions speak of
   * @param revision of the last event
   * @param agent who the token says this is
   * @param ephemeral whether tickets are kept in memory only
   */
  record Welcome(
      int protocol,
      String server,
      String journalId,
      long revision,
      AgentName agent,
      Role role,
      boolean ephemeral)
      implements ServerMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onWelcome(this);
    }
  }

  /**
   * Tickets, or a part of them.
   *
   * @param revision the journal's position all parts are true at
   * @param more whether another part follows
   * @param reset whether a view must forget what it knew
   * @param total how many tickets match, also those beyond the limit
   */
  record AllTickets(
      String requestId,
      List<Ticket> tickets,
      long revision,
      String journalId,
      boolean more,
      boolean reset,
      int total)
      implements Answer {
    public AllTickets {
      tickets = List.copyOf(tickets);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onAllTickets(this);
    }
  }

  /**
   * The server knows what came after {@code since}; it follows.
   *
   * @param revision of the {@code since} that was asked for: the chain starts there
   */
  record Resumed(String requestId, String journalId, long revision) implements Answer {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onResumed(this);
    }
  }

  /**
   * @param comments newest first
   * @param history newest first; null when it was not asked for
   * @param more whether there are older ones
   */
  record TicketDetails(
      String requestId,
      Ticket ticket,
      List<Comment> comments,
      List<SequencedEvent> history,
      boolean more)
      implements Answer {
    public TicketDetails {
      comments = List.copyOf(comments);
      history = history == null ? null : List.copyOf(history);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onTicketDetails(this);
    }
  }

  /**
   * An event: pushed to those who watch, and given to the one who asked as their answer.
   *
   * @param requestId of the request that made it, in its answer; null in the pushed copy
   * @param repeated whether the request had been answered before
   * @param match for a watch with a query; null otherwise
   */
  record EventMessage(SequencedEvent event, String requestId, boolean repeated, Match match)
      implements Answer {
    public EventMessage {
      Objects.requireNonNull(event, "event");
    }

    /** The copy everybody who watches everything gets. */
    public static EventMessage pushed(SequencedEvent event) {
      return new EventMessage(event, null, false, null);
    }

    /** The copy of the one who asked. */
    public static EventMessage answer(SequencedEvent event, String requestId) {
      return new EventMessage(event, requestId, false, null);
    }

    @Override
    public String type() {
      return event.event().type();
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onEvent(this);
    }
  }

  /** A watch with a query has been told everything up to here. */
  record Position(long revision) implements ServerMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onPosition(this);
    }
  }

  /** The server goes away soon; clients should move. */
  record Draining(Duration after) implements ServerMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onDraining(this);
    }
  }

  record Pong(String requestId, long revision) implements Answer {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onPong(this);
    }
  }

  record Sessions(String requestId, List<SessionInfo> sessions) implements Answer {
    public Sessions {
      sessions = List.copyOf(sessions);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onSessions(this);
    }
  }

  /**
   * @param requestId null when what came had none
   * @param message one sentence: what happened, and what to do next
   */
  record Rejected(String requestId, RejectionCode code, String message, RejectionDetails details)
      implements Answer {
    public Rejected {
      Objects.requireNonNull(details, "details");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onRejected(this);
    }
  }

  /** A kind of message this program is too old to know; it is ignored. */
  record UnknownMessage(String type) implements ServerMessage {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onUnknown(this);
    }
  }

  /** One method for each kind of message. */
  interface Handler<R> {
    R onWelcome(Welcome message);

    R onAllTickets(AllTickets message);

    R onResumed(Resumed message);

    R onTicketDetails(TicketDetails message);

    R onEvent(EventMessage message);

    R onPosition(Position message);

    R onDraining(Draining message);

    R onPong(Pong message);

    R onSessions(Sessions message);

    R onRejected(Rejected message);

    R onUnknown(UnknownMessage message);
  }
}
