package org.lesbillets.model.wire;

import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** Encoder of one message of the server. For one thread. */
final class ServerWriter implements ServerMessage.Visitor, AdminAnswer.AdminVisitor {
  private final WireWriter w = new WireWriter();

  /** The message, encoded. */
  static WireWriter write(ServerMessage message) {
    ServerWriter writer = new ServerWriter();
    message.accept(writer);
    return writer.w;
  }

  private WireWriter head(ServerMessage message) {
    return w.beginObject().text("type", message.type());
  }

  private WireWriter answerHead(ServerMessage.Answer message) {
    return head(message).text("requestId", message.requestId());
  }

  @Override
  public void onWelcome(ServerMessage.Welcome message) {
    head(message)
        .number("protocol", message.protocol())
        .text("server", message.server())
        .text("journalId", message.journalId())
        .number("revision", message.revision())
        .shown("agent", message.agent())
        .text("role", message.role().wireName())
        .flag("ephemeral", message.ephemeral())
        .endObject();
  }

  @Override
  public void onAllTickets(ServerMessage.AllTickets message) {
    answerHead(message);
    if (message.rows() == null) {
      TicketWriter tickets = new TicketWriter(w, LockForm.COUNTED);
      w.array("tickets", message.tickets(), tickets::element);
    } else {
      w.texts("fields", message.rows().fields());
      w.array("tickets", message.rows().rows(), row -> w.plain(row.values()));
    }
    tail(w, message, message.more());
  }

  /** What stands behind the tickets of one part of a list. */
  static WireWriter tail(WireWriter w, ServerMessage.AllTickets message, boolean more) {
    return w.number("revision", message.revision())
        .text("journalId", message.journalId())
        .flag("more", more)
        .flag("reset", message.reset())
        .number("total", message.total())
        .endObject();
  }

  @Override
  public void onResumed(ServerMessage.Resumed message) {
    answerHead(message)
        .text("journalId", message.journalId())
        .number("revision", message.revision())
        .endObject();
  }

  @Override
  public void onTicketDetails(ServerMessage.TicketDetails message) {
    answerHead(message);
    TicketWriter tickets = new TicketWriter(w, LockForm.COUNTED);
    tickets.whole("ticket", message.ticket());
    tickets.comments("comments", message.comments());
    if (message.history() != null) {
      EventWriter events = new EventWriter(w, LockForm.REMAINING);
      w.array("history", message.history(), event -> past(events, event));
    }
    w.flag("more", message.more()).endObject();
  }

  private void past(EventWriter events, SequencedEvent event) {
    w.beginObject().text("type", event.event().type());
    events.placed(event).endObject();
  }

  @Override
  public void onEvent(ServerMessage.EventMessage message) {
    head(message);
    personal(w, message.requestId(), message.repeated(), message.match());
    new EventWriter(w, LockForm.REMAINING).placed(message.event()).endObject();
  }

  /** What an event says to one reader only; it stands right behind the type. */
  static void personal(WireWriter w, String requestId, boolean repeated, Match match) {
    w.textIfAny("requestId", requestId)
        .flagIfTrue("repeated", repeated)
        .textIfAny("match", match == null ? null : match.wireName());
  }

  @Override
  public void onPosition(ServerMessage.Position message) {
    head(message).number("revision", message.revision());
    if (message.at() != null) {
      w.time("at", message.at());
    }
    w.endObject();
  }

  @Override
  public void onMatch(ServerMessage.TicketMatch message) {
    head(message)
        .text("match", message.match().wireName())
        .number("revision", message.revision())
        .time("at", message.at())
        .text("ticketId", message.ticket().id().toString());
    new TicketWriter(w, LockForm.REMAINING).whole("ticket", message.ticket()).endObject();
  }

  @Override
  public void onDraining(ServerMessage.Draining message) {
    head(message)
        .millis("afterMillis", message.after())
        .flagIfTrue("cancelled", message.cancelled())
        .endObject();
  }

  @Override
  public void onPong(ServerMessage.Pong message) {
    answerHead(message).number("revision", message.revision()).endObject();
  }

  @Override
  public void onAdmin(AdminAnswer message) {
    message.accept((AdminAnswer.AdminVisitor) this);
  }

  @Override
  public void onSessions(AdminAnswer.Sessions message) {
    answerHead(message).array("sessions", message.sessions(), this::session).endObject();
  }

  private void session(AdminAnswer.Session session) {
    w.beginObject()
        .text("id", session.id())
        .shown("agent", session.agent())
        .text("role", session.role().wireName())
        .text("client", session.client())
        .time("since", session.since())
        .number("behindBytes", session.behindBytes())
        .endObject();
  }

  @Override
  public void onRejected(ServerMessage.Rejected message) {
    answerHead(message).text("code", message.code().name()).text("message", message.message());
    if (!message.details().equals(RejectionDetails.NONE)) {
      details(message.details());
    }
    w.endObject();
  }

  private void details(RejectionDetails details) {
    w.beginObject("details")
        .textIfAny("field", details.field())
        .numberIfAny("limit", details.limit());
    if (details.candidates() != null) {
      w.array("candidates", details.candidates(), this::candidate);
    }
    if (details.lock() != null) {
      new TicketWriter(w, LockForm.COUNTED).lock("lock", details.lock());
    }
    if (details.retryAfter() != null) {
      w.number("retryAfterMillis", details.retryAfter().toMillis());
    }
    w.endObject();
  }

  private void candidate(RejectionDetails.Candidate candidate) {
    w.beginObject()
        .shown("id", candidate.id())
        .number("number", candidate.number())
        .text("title", candidate.title())
        .endObject();
  }

  @Override
  public void onUnknown(ServerMessage.UnknownMessage message) {
    head(message).endObject();
  }
}
