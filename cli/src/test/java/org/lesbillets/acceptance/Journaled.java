package org.lesbillets.acceptance;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a journal holds, read ticket by ticket: what a watch has to have seen. */
final class Journaled {
  private static final Set<String> PRESSING = Set.of("high", "urgent");

  private final TreeMap<Long, JsonObject> events = new TreeMap<>();

  /** Reads the history of every ticket. */
  static Journaled read(Billets agent) {
    Journaled journaled = new Journaled();
    for (String number : agent.does("list -o id").lines()) {
      for (JsonObject event : agent.does("history " + number + " -o jsonl").jsonLines()) {
        journaled.events.put(revision(event), event);
      }
    }
    return journaled;
  }

  static long revision(JsonObject event) {
    return event.get("revision").getAsLong();
  }

  static JsonObject parse(String line) {
    return JsonParser.parseString(line).getAsJsonObject();
  }

  List<Long> revisions() {
    return List.copyOf(events.keySet());
  }

  /** For {@code priority:>=high}: revision and {@code match} of what such a watch has to see. */
  Map<Long, String> pressing() {
    Map<Long, String> expected = new TreeMap<>();
    Map<String, Boolean> before = new HashMap<>();
    events.forEach(
        (revision, event) -> {
          JsonObject ticket = event.getAsJsonObject("ticket");
          boolean now = PRESSING.contains(ticket.get("priority").getAsString());
          Boolean was = before.put(ticket.get("id").getAsString(), now);
          if (now || Boolean.TRUE.equals(was)) {
            expected.put(revision, now ? was == null || !was ? "entered" : "stays" : "left");
          }
        });
    return expected;
  }
}
