package org.lesbillets.model.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** Lenient decoder of one message of a server, also of a newer one. For one thread. */
final class ServerReader {
  private static final Duration LONGEST = Duration.ofMillis(WireLimits.MAX_INTEGER);

  private final WireObject o;

  ServerReader(WireObject o) {
    this.o = o;
  }

  ServerMessage read(String type) throws WireFormatException {
    return switch (type) {
      case "Welcome" -> welcome();
      case "AllTickets" -> allTickets();
      case "Resumed" ->
          new ServerMessage.Resumed(o.text("requestId"), o.text("journalId"), o.count("revision"));
      case "TicketDetails" -> ticketDetails();
      case "Position" -> new ServerMessage.Position(o.count("revision"));
      case "Draining" -> draining();
      case "Pong" -> new ServerMessage.Pong(o.text("requestId"), o.count("revision"));
      case "Rejected" -> rejected();
      default -> event(type);
    };
  }

  private ServerMessage event(String type) throws WireFormatException {
    boolean applicable = o.has("revision") && o.has("ticket");
    return applicable || EventReader.TYPES.contains(type)
        ? new ServerMessage.EventMessage(
            EventReader.placed(o),
            o.textOrNull("requestId"),
            o.flag("repeated"),
            o.choiceOrNull("match", Match.values()))
        : new ServerMessage.UnknownMessage(type);
  }

  private ServerMessage welcome() throws WireFormatException {
    return new ServerMessage.Welcome(
        (int) o.integer("protocol", 1, Integer.MAX_VALUE),
        o.text("server"),
        o.text("journalId"),
        o.count("revision"),
        o.agent("agent"),
        o.choice("role", Role.values()),
        o.flag("ephemeral"));
  }

  private ServerMessage allTickets() throws WireFormatException {
    List<Ticket> tickets = new ArrayList<>();
    for (WireObject ticket : o.objects("tickets")) {
      tickets.add(TicketReader.ticket(ticket));
    }
    return new ServerMessage.AllTickets(
        o.text("requestId"),
        tickets,
        o.count("revision"),
        o.text("journalId"),
        o.flag("more"),
        o.flag("reset"),
        (int) o.integer("total", 0, Integer.MAX_VALUE));
  }

  private ServerMessage ticketDetails() throws WireFormatException {
    return new ServerMessage.TicketDetails(
        o.text("requestId"),
        TicketReader.ticket(o.object("ticket", "ticket.")),
        TicketReader.comments(o.objects("comments")),
        o.has("history") ? history() : null,
        o.flag("more"));
  }

  private List<SequencedEvent> history() throws WireFormatException {
    List<SequencedEvent> history = new ArrayList<>();
    for (WireObject event : o.objects("history")) {
      history.add(EventReader.placed(event));
    }
    return history;
  }

  private ServerMessage draining() throws WireFormatException {
    Duration after = o.millisOrNull("afterMillis", Duration.ZERO, LONGEST);
    return new ServerMessage.Draining(after == null ? Duration.ZERO : after);
  }

  private ServerMessage rejected() throws WireFormatException {
    WireObject details = o.objectOrNull("details", "details.");
    return new ServerMessage.Rejected(
        o.textOrNull("requestId"),
        o.choice("code", RejectionCode.values()),
        o.text("message"),
        details == null ? RejectionDetails.NONE : details(details));
  }

  private static RejectionDetails details(WireObject details) throws WireFormatException {
    String field = details.textOrNull("field");
    Long limit = details.integerOrNull("limit", -WireLimits.MAX_INTEGER, WireLimits.MAX_INTEGER);
    TicketLock lock = TicketReader.lockOrNull(details, "lock");
    return new RejectionDetails(
        field, limit, details.has("candidates") ? candidates(details) : null, lock);
  }

  private static List<RejectionDetails.Candidate> candidates(WireObject details)
      throws WireFormatException {
    List<RejectionDetails.Candidate> candidates = new ArrayList<>();
    for (WireObject o : details.objects("candidates")) {
      candidates.add(
          new RejectionDetails.Candidate(TicketReader.id(o), o.count("number"), o.text("title")));
    }
    return candidates;
  }
}
