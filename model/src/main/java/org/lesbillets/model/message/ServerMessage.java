package org.lesbillets.model.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.event.SequencedEvent;

/**
 * A message of the server: an answer, with the {@code requestId} of its request, or a push,
 * without. Optional fields are null when left out. Immutable.
 */
public sealed interface ServerMessage {

  void accept(Visitor visitor);

  /** The name of this kind of message on the wire. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** An answer to one request. */
  sealed interface Answer extends ServerMessage
      permits AllTickets, Resumed, TicketDetails, EventMessage, Pong, Rejected, AdminAnswer {
    /** Of the request; null only in a pushed event, and in the refusal of a message without id. */
    String requestId();
  }

  /** A message that answers no request: to a watch, or to all. */
  sealed interface Push extends ServerMessage {
    void accept(PushVisitor visitor);

    @Override
    default void accept(Visitor visitor) {
      accept((PushVisitor) visitor);
    }
  }

  /**
   * The first message of a connection.
   *
   * @param protocol the version of the protocol, 1
   * @param server name and version, for people
   * @param journalId of the history that revisions refer to
   * @param revision of the last event
   * @param agent the token's owner
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
    public void accept(Visitor visitor) {
      visitor.onWelcome(this);
    }
  }

  /**
   * One part of a snapshot of tickets.
   *
   * @param tickets whole; empty beside rows
   * @param rows some fields of the tickets, for a request that named them; else null
   * @param revision of the snapshot, the same in all its parts
   * @param more whether another part follows
   * @param reset whether a view must discard its state first
   * @param total how many tickets match, also those beyond the limit
   */
  record AllTickets(
      String requestId,
      List<Ticket> tickets,
      ListedFields rows,
      long revision,
      String journalId,
      boolean more,
      boolean reset,
      int total)
      implements Answer {
    public AllTickets {
      tickets = List.copyOf(tickets);
    }

    /** Whole tickets. */
    public AllTickets(
        String requestId,
        List<Ticket> tickets,
        long revision,
        String journalId,
        boolean more,
        boolean reset,
        int total) {
      this(requestId, tickets, null, revision, journalId, more, reset, total);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onAllTickets(this);
    }
  }

  /**
   * A watch resumes: the events after {@code since} follow.
   *
   * @param revision of the {@code since} of the request: the chain of revisions starts there
   */
  record Resumed(String requestId, String journalId, long revision) implements Answer {
    @Override
    public void accept(Visitor visitor) {
      visitor.onResumed(this);
    }
  }

  /**
   * One page of a ticket's comments and history.
   *
   * @param comments newest first
   * @param history newest first; null when the request left it out
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
    public void accept(Visitor visitor) {
      visitor.onTicketDetails(this);
    }
  }

  /**
   * An event: pushed to every watch, and the answer to the request that caused it.
   *
   * @param requestId of the request that caused it, in its answer; null in the pushed copy
   * @param repeated whether the answer is to a retry under the same operation id
   * @param match for a watch with a query; null otherwise
   */
  record EventMessage(SequencedEvent event, String requestId, boolean repeated, Match match)
      implements Answer, Push {
    public EventMessage {
      Objects.requireNonNull(event, "event");
    }

    /** The copy for watches without a query. */
    public static EventMessage pushed(SequencedEvent event) {
      return new EventMessage(event, null, false, null);
    }

    /** The copy for the requester. */
    public static EventMessage answer(SequencedEvent event, String requestId) {
      return new EventMessage(event, requestId, false, null);
    }

    @Override
    public String type() {
      return event.event().type();
    }

    @Override
    public void accept(PushVisitor visitor) {
      visitor.onEvent(this);
    }
  }

  /**
   * The revision up to which a watch with a query has received all its events.
   *
   * @param at up to when it has received what time alone has changed; null where its query does not
   *     mention time
   */
  record Position(long revision, Instant at) implements Push {
    public Position(long revision) {
      this(revision, null);
    }

    @Override
    public void accept(PushVisitor visitor) {
      visitor.onPosition(this);
    }
  }

  /**
   * Time alone had a ticket enter what a watch's query matches, or leave it. It is no event, and
   * has no place in the journal.
   *
   * @param at when, on the server's wall clock
   * @param match {@link Match#ENTERED} or {@link Match#LEFT}
   * @param revision up to which the watch has received all its events
   */
  record TicketMatch(Instant at, Ticket ticket, Match match, long revision) implements Push {
    /** Where the watch stands behind it. */
    public TimeMark mark() {
      return new TimeMark(at, ticket.number());
    }

    @Override
    public void accept(PushVisitor visitor) {
      visitor.onMatch(this);
    }
  }

  /**
   * The server admits no new session, and closes those there are; clients should move to another
   * one, or wait.
   *
   * @param after the time until the sessions are closed
   * @param cancelled whether the drain is over, and nothing is closed
   */
  record Draining(Duration after, boolean cancelled) implements Push {
    @Override
    public void accept(PushVisitor visitor) {
      visitor.onDraining(this);
    }
  }

  record Pong(String requestId, long revision) implements Answer {
    @Override
    public void accept(Visitor visitor) {
      visitor.onPong(this);
    }
  }

  /**
   * @param requestId null when the refused message had none
   * @param message one sentence: what happened, and what to do next
   */
  record Rejected(String requestId, RejectionCode code, String message, RejectionDetails details)
      implements Answer {
    public Rejected {
      Objects.requireNonNull(details, "details");
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onRejected(this);
    }
  }

  /** A message of a type this version does not know; it is ignored. */
  record UnknownMessage(String type) implements ServerMessage {
    @Override
    public void accept(Visitor visitor) {
      visitor.onUnknown(this);
    }
  }

  /** One method for each kind of push. */
  interface PushVisitor {
    void onEvent(EventMessage message);

    void onPosition(Position message);

    void onMatch(TicketMatch message);

    void onDraining(Draining message);
  }

  /** One method for each kind of message. */
  interface Visitor extends PushVisitor {
    void onWelcome(Welcome message);

    void onAllTickets(AllTickets message);

    void onResumed(Resumed message);

    void onTicketDetails(TicketDetails message);

    void onPong(Pong message);

    void onAdmin(AdminAnswer message);

    void onRejected(Rejected message);

    void onUnknown(UnknownMessage message);
  }
}
