package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketContent;

/** Many tickets as people write them go in and come out as they were. */
@Timeout(Patience.SECONDS)
class RealInputTest {
  private static final int TICKETS = 10_000;

  @TempDir Path folder;

  @Test
  void tenThousandTicketsComeOutFieldForField() throws Exception {
    SeededTest.run(random -> inAndOut(new RandomTickets(random)));
  }

  private void inAndOut(RandomTickets random) throws Exception {
    Path file = folder.resolve("tickets.jsonl");
    List<TicketContent> drafts = TicketFile.write(file, random, TICKETS);
    try (ServerProcess server = ServerProcess.start(folder)) {
      Billets alice = server.newAgent("alice");
      List<Ticket> made;
      try (TicketClient client = alice.connect(PushListener.NONE)) {
        made = TicketFile.send(file, client);
      }
      ProcessOutcome listed = alice.does("list -o jsonl");
      assertEquals(expected(drafts, made), written(listed.jsonLines()));
      assertNumbered(listed.jsonLines());
      server.killHard();
      server.restart();
      ProcessOutcome again = alice.does("list -o jsonl").succeeds();
      assertTrue(listed.out().equals(again.out()), "the same after kill -9");
      ambiguous(alice, made);
      alice.does("list status:closed").prints();
      alice.does("list --limit 1 -o id").exits(0).shows("1\n").says("10000");
    }
  }

  private static Map<String, JsonObject> expected(List<TicketContent> drafts, List<Ticket> made) {
    Map<String, JsonObject> expected = new HashMap<>();
    for (int i = 0; i < drafts.size(); i++) {
      expected.put(made.get(i).id().toString(), asPrinted(drafts.get(i)));
    }
    assertEquals(TICKETS, expected.size());
    return expected;
  }

  /** What somebody wrote, as the documents say that it is printed. */
  private static JsonObject asPrinted(TicketContent draft) {
    JsonObject json = new JsonObject();
    json.addProperty("title", draft.title());
    json.addProperty("description", draft.description());
    json.addProperty("status", "open");
    json.addProperty("priority", draft.priority().wireName());
    json.addProperty("assignee", draft.assignee() == null ? null : draft.assignee().value());
    json.addProperty("requester", draft.requester());
    json.addProperty("reference", draft.reference());
    JsonArray tags = new JsonArray();
    draft.tags().forEach(tags::add);
    json.add("tags", tags);
    return json;
  }

  /** By id, the fields that are somebody's words. */
  private static Map<String, JsonObject> written(List<JsonObject> listed) {
    Map<String, JsonObject> written = new HashMap<>();
    for (JsonObject ticket : listed) {
      JsonObject words = new JsonObject();
      asPrinted(TicketContent.titled("-"))
          .keySet()
          .forEach(name -> words.add(name, ticket.get(name)));
      written.put(ticket.get("id").getAsString(), words);
    }
    return written;
  }

  private static void assertNumbered(List<JsonObject> listed) {
    List<Long> numbers = listed.stream().map(ticket -> ticket.get("number").getAsLong()).toList();
    assertEquals(LongStream.rangeClosed(1, TICKETS).boxed().toList(), numbers);
    for (JsonObject ticket : listed) {
      assertEquals("alice", ticket.get("createdBy").getAsString());
      assertEquals(ticket.get("createdAt"), ticket.get("updatedAt"));
      assertEquals(ticket.get("revision"), ticket.get("changedRevision"));
      assertEquals(0, ticket.get("commentCount").getAsInt());
      assertTrue(ticket.get("lock").isJsonNull());
    }
  }

  /** Among so many, some ids begin alike. */
  private static void ambiguous(Billets alice, List<Ticket> made) {
    Set<String> seen = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (Ticket ticket : made) {
      String prefix = ticket.id().toString().substring(0, 4);
      if (!seen.add(prefix) && prefix.matches(".*[a-f].*")) {
        twice.add(prefix);
      }
    }
    alice.does("show " + twice.get(0)).fails(3, twice.get(0));
    Ticket one = made.get(4_711);
    alice.does("show " + one.id().toString().substring(0, 20) + " -o id").prints("" + one.number());
  }
}
