package org.lesbillets.cli.output;

import com.google.gson.FormattingStyle;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;

/**
 * The JSON of tickets, comments, events and refusals exactly as on the wire: each is cut out of a
 * message that the codec encoded, the only place that knows field names. Stateless.
 */
public final class WireJson {
  private WireJson() {}

  /** Without a description where the ticket was sent without one: that is not the same as none. */
  public static JsonObject ticket(Ticket ticket) {
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

  /** The line of {@link #ticket}, encoded without a detour where it is as on the wire. */
  static String line(Ticket ticket) {
    return ticket.content().description() == null
        ? line(ticket(ticket))
        : MessageCodec.encode(ticket);
  }

  /** Some fields of a ticket. */
  public static JsonObject row(ListedFields.Row row) {
    return element(row.values()).getAsJsonObject();
  }

  /** An object with these values; a dot in a name leads into an object. */
  static JsonObject nested(Map<String, Object> values) {
    JsonObject json = new JsonObject();
    values.forEach(
        (name, value) -> {
          JsonObject inside = json;
          String[] path = name.split("\\.");
          for (int i = 0; i < path.length - 1; i++) {
            if (!inside.has(path[i])) {
              inside.add(path[i], new JsonObject());
            }
            inside = inside.getAsJsonObject(path[i]);
          }
          inside.add(path[path.length - 1], element(value));
        });
    return json;
  }

  private static JsonElement element(Object value) {
    if (value instanceof Map<?, ?> fields) {
      JsonObject object = new JsonObject();
      fields.forEach((name, inner) -> object.add((String) name, element(inner)));
      return object;
    }
    if (value instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(inner -> array.add(element(inner)));
      return array;
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    return value == null ? JsonNull.INSTANCE : new JsonPrimitive((String) value);
  }

  /** The ticket of an event. */
  static JsonObject ticket(ServerMessage.EventMessage event) {
    return ticket(event.event().event().ticket());
  }

  static JsonElement comment(Ticket ticket, Comment comment) {
    return message(new ServerMessage.TicketDetails("", ticket, List.of(comment), null, false))
        .getAsJsonArray("comments")
        .get(0);
  }

  /** The sessions of a server, one by one. */
  static Stream<JsonElement> sessions(List<AdminAnswer.Session> sessions) {
    return message(new AdminAnswer.Sessions("", sessions))
        .getAsJsonArray("sessions")
        .asList()
        .stream();
  }

  public static JsonObject event(SequencedEvent event) {
    return event(ServerMessage.EventMessage.pushed(event));
  }

  static JsonObject event(ServerMessage.EventMessage event) {
    return message(
        new ServerMessage.EventMessage(event.event(), null, event.repeated(), event.match()));
  }

  static JsonObject match(ServerMessage.TicketMatch match) {
    return message(match);
  }

  /** An answer as encoded on the wire, without the request id. */
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

  /** A list of texts, or null. */
  static JsonElement texts(List<String> texts) {
    if (texts == null) {
      return JsonNull.INSTANCE;
    }
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  /** On one line. */
  static String line(JsonElement json) {
    return text(json, FormattingStyle.COMPACT);
  }

  /** A line of JSON, indented. */
  static String page(String line) {
    return page(JsonParser.parseString(line));
  }

  /** Indented, for people. */
  static String page(JsonElement json) {
    return text(json, FormattingStyle.PRETTY);
  }

  /** Encoded by hand: a Gson instance loads the adapters of a hundred types. */
  private static String text(JsonElement json, FormattingStyle style) {
    StringWriter text = new StringWriter();
    JsonWriter writer = new JsonWriter(text);
    writer.setFormattingStyle(style);
    try {
      write(json, writer);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static void write(JsonElement json, JsonWriter writer) throws IOException {
    if (json.isJsonObject()) {
      writer.beginObject();
      for (Map.Entry<String, JsonElement> field : json.getAsJsonObject().entrySet()) {
        write(field.getValue(), writer.name(field.getKey()));
      }
      writer.endObject();
    } else if (json.isJsonArray()) {
      writer.beginArray();
      for (JsonElement element : json.getAsJsonArray()) {
        write(element, writer);
      }
      writer.endArray();
    } else if (json.isJsonNull()) {
      writer.nullValue();
    } else {
      write(json.getAsJsonPrimitive(), writer);
    }
  }

  private static void write(JsonPrimitive json, JsonWriter writer) throws IOException {
    if (json.isBoolean()) {
      writer.value(json.getAsBoolean());
    } else if (json.isNumber()) {
      writer.value(json.getAsNumber());
    } else {
      writer.value(json.getAsString());
    }
  }
}
