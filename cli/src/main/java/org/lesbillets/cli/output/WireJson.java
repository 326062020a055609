package org.lesbillets.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;

/**
 * The JSON of tickets, comments, events and refusals exactly as the wire has it: each is cut out of
 * a message the codec wrote, so that there is one place that knows field names.
 */
final class WireJson {
  private static final Gson LINE =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final Gson PAGE =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();

  private WireJson() {}

  /** Without a description where the ticket was told without one: that is not the same as none. */
  static JsonObject ticket(Ticket ticket) {
    JsonObject json =
        message(new ServerMessage.AllTickets("", List.of(ticket), 0, "", false, false, 1))
            .getAsJsonArray("tickets")
            .get(0)
            .getAsJsonObject();
    if (ticket.content().description() == null) {
      json.remove("description");
    }
    return json;
  }

  static JsonElement comment(Ticket ticket, Comment comment) {
    return message(new ServerMessage.TicketDetails("", ticket, List.of(comment), null, false))
        .getAsJsonArray("comments")
        .get(0);
  }

  static JsonObject event(SequencedEvent event) {
    return event(ServerMessage.EventMessage.pushed(event));
  }

  static JsonObject event(ServerMessage.EventMessage event) {
    return message(
        new ServerMessage.EventMessage(event.event(), null, event.repeated(), event.match()));
  }

  /** An answer as the wire has it, but for the id of the request, which is of no use any more. */
  static String answer(ServerMessage.Answer answer) {
    if (answer instanceof ServerMessage.EventMessage event) {
      return MessageCodec.encode(
          new ServerMessage.EventMessage(event.event(), null, event.repeated(), event.match()));
    }
    JsonObject json = message(answer);
    json.remove("requestId");
    return line(json);
  }

  /** Null when there is nothing to add to the sentence. */
  static JsonElement details(ServerMessage.Rejected rejected) {
    return message(rejected).get("details");
  }

  private static JsonObject message(ServerMessage message) {
    return JsonParser.parseString(MessageCodec.encode(message)).getAsJsonObject();
  }

  /** On one line. */
  static String line(JsonElement json) {
    return LINE.toJson(json);
  }

  /** A line of JSON, indented. */
  static String page(String line) {
    return page(JsonParser.parseString(line));
  }

  /** Indented, for people who look. */
  static String page(JsonElement json) {
    return PAGE.toJson(json);
  }
}
