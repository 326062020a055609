package org.lesbillets.model.wire;

import java.time.Duration;
import java.util.List;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ListedFields;
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
      case "Position" -> new ServerMessage.Position(o.count("revision"), o.timeOrNull("at"));
      case "TicketMatch" -> ticketMatch();
      case "Draining" -> draining();
      case "Pong" -> new ServerMessage.Pong(o.text("requestId"), o.count("revision"));
      case "Sessions" -> sessions();
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

  private ServerMessage ticketMatch() throws WireFormatException {
    return new ServerMessage.TicketMatch(
        o.time("at"),
        TicketReader.ticket(o.object("ticket", "ticket.")),
        o.choice("match", Match.values()),
        o.count("revision"));
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
    ListedFields rows = o.has("fields") ? rows(o.texts("fields")) : null;
    return new ServerMessage.AllTickets(
        o.text("requestId"),
        rows == null ? o.objects("tickets", TicketReader::ticket) : List.of(),
        rows,
        o.count("revision"),
        o.text("journalId"),
        o.flag("more"),
        o.flag("reset"),
        (int) o.integer("total", 0, Integer.MAX_VALUE));
  }

  private ListedFields rows(List<String> fields) throws WireFormatException {
    return new ListedFields(fields, o.objects("tickets", row -> TicketReader.row(row, fields)));
  }

  private ServerMessage ticketDetails() throws WireFormatException {
    return new ServerMessage.TicketDetails(
        o.text("requestId"),
        TicketReader.ticket(o.object("ticket", "ticket.")),
        o.objects("comments", TicketReader::comment),
        o.has("history") ? o.objects("history", EventReader::placed) : null,
        o.flag("more"));
  }

  private ServerMessage draining() throws WireFormatException {
    Duration after = o.millisOrNull("afterMillis", Duration.ZERO, LONGEST);
    return new ServerMessage.Draining(after == null ? Duration.ZERO : after, o.flag("cancelled"));
  }

  private ServerMessage sessions() throws WireFormatException {
    return new AdminAnswer.Sessions(
        o.text("requestId"), o.objects("sessions", ServerReader::session));
  }

  private static AdminAnswer.Session session(WireObject o) throws WireFormatException {
    return new AdminAnswer.Session(
        o.text("id"),
        o.agent("agent"),
        o.choice("role", Role.values()),
        o.text("client"),
        o.time("since"),
        o.count("behindBytes"));
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
        field,
        limit,
        details.has("candidates") ? details.objects("candidates", ServerReader::candidate) : null,
        lock,
        details.millisOrNull("retryAfterMillis", Duration.ZERO, LONGEST));
  }

  private static RejectionDetails.Candidate candidate(WireObject o) throws WireFormatException {
    return new RejectionDetails.Candidate(TicketReader.id(o), o.count("number"), o.text("title"));
  }
}
