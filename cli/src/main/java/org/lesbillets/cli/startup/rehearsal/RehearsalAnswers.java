package org.lesbillets.cli.startup.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Role;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;

/** Canned answers of a server with one ticket. Stateless; any thread. */
final class RehearsalAnswers {
  private static final AgentName AGENT = new AgentName("rehearsal");
  private static final Instant AT = Instant.EPOCH;
  private static final Duration TTL = WireLimits.DEFAULT_TTL;
  private static final String JOURNAL = "rehearsal";
  private static final int TICKETS = 20;

  static final ServerMessage WELCOME =
      new ServerMessage.Welcome(
          WireLimits.PROTOCOL_VERSION, "rehearsal", JOURNAL, 1, AGENT, Role.AGENT, true);

  private static final TicketLock LOCK =
      new TicketLock(AGENT, 1, AT, TTL, TTL, "calling", "cli", 0);

  private static final Ticket FREE =
      new Ticket(
          new TicketId(new UUID(1, 1)),
          17,
          TicketContent.titled("Printer on fire")
              .with(TicketField.DESCRIPTION, "Third floor.")
              .with(TicketField.PRIORITY, Priority.URGENT)
              .with(TicketField.ASSIGNEE, AGENT)
              .with(TicketField.REQUESTER, "Bob")
              .with(TicketField.REFERENCE, "mail")
              .with(TicketField.TAGS, List.of("hardware")),
          new Stamp(AT, AGENT),
          new Stamp(AT, AGENT),
          1,
          1,
          1,
          null);

  private static final Ticket LOCKED = FREE.withLock(LOCK);

  private RehearsalAnswers() {}

  /** The answers to a request in JSON, parsed only as far as needed. */
  static List<ServerMessage> to(String request) {
    String id = field(request, "requestId");
    return switch (field(request, "type")) {
      case "GetTickets" -> tickets(id, request);
      case "GetTicket" -> List.of(details(id));
      default -> {
        SequencedEvent event = new SequencedEvent(1, 0, event(request));
        yield List.of(ServerMessage.EventMessage.answer(event, id));
      }
    };
  }

  private static List<ServerMessage> tickets(String id, String request) {
    ServerMessage.AllTickets whole =
        new ServerMessage.AllTickets(
            id, Collections.nCopies(TICKETS, LOCKED), 1, JOURNAL, false, false, TICKETS);
    boolean watched = request.contains("\"watch\":true");
    ServerMessage all =
        request.contains("\"fields\":")
            ? MessageCodec.projected(whole, Projection.of(List.of("title", "lock")))
            : whole;
    SequencedEvent next = new SequencedEvent(2, 1, event("\"type\":\"UpdateTicket\""));
    return watched ? List.of(all, ServerMessage.EventMessage.pushed(next)) : List.of(all);
  }

  private static String field(String json, String name) {
    String before = "\"" + name + "\":\"";
    int start = json.indexOf(before) + before.length();
    return json.substring(start, json.indexOf('"', start));
  }

  private static ServerMessage details(String id) {
    Comment comment = new Comment(1, AT, AGENT, "The fire is out.");
    return new ServerMessage.TicketDetails(id, LOCKED, List.of(comment), null, false);
  }

  private static WireEvent event(String request) {
    return switch (field(request, "type")) {
      case "CreateTicket" -> new WireEvent.TicketCreated(AT, AGENT, FREE, false);
      case "LockTicket", "ClaimTicket" ->
          new WireEvent.TicketLocked(AT, AGENT, LOCKED, false, false);
      case "UnlockTicket" ->
          new WireEvent.TicketUnlocked(AT, AGENT, FREE, UnlockReason.RELEASED, null, LOCK);
      case "CommentTicket" ->
          new WireEvent.TicketCommented(AT, AGENT, LOCKED, new Comment(1, AT, AGENT, "Out."));
      default -> new WireEvent.TicketUpdated(AT, AGENT, LOCKED, List.of(), false);
    };
  }
}
