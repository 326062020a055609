package org.lesbillets.cli.output;

import com.google.gson.JsonObject;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/** Serialization of what a watch delivers to one line of JSON. Stateless; any thread. */
public final class WatchLine {
  private WatchLine() {}

  /** An event, as the wire has it. */
  public static String of(EventMessage event) {
    return WireJson.line(WireJson.event(event));
  }

  /** Time alone has changed the match of a ticket; as the wire has it. */
  public static String of(TicketMatch match) {
    return WireJson.line(WireJson.match(match));
  }

  /** A ticket that matches at the beginning. */
  public static String of(Ticket ticket) {
    return WireJson.line(present(ticket));
  }

  /** That the tickets before it were read at this position, and events follow. */
  public static String current(ResumePoint at) {
    return WireJson.line(place("Current", at));
  }

  /** That events may be missing before what follows. */
  public static String resync(ResumePoint at) {
    return WireJson.line(place("resync", at));
  }

  static JsonObject present(Ticket ticket) {
    JsonObject line = new JsonObject();
    line.addProperty("type", "Ticket");
    line.addProperty("ticketId", ticket.id().toString());
    line.add("ticket", WireJson.ticket(ticket));
    return line;
  }

  static JsonObject place(String type, ResumePoint at) {
    JsonObject line = new JsonObject();
    line.addProperty("type", type);
    line.addProperty("journalId", at.journalId());
    line.addProperty("revision", at.revision());
    return line;
  }
}
