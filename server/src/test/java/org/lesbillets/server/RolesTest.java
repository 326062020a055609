package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.RuleSamples;
import org.lesbillets.server.session.SessionLimits;

/** Every message by every role: as docs/roles.md says, and at a server. */
class RolesTest {
  private static final Path DOCUMENT = Path.of("../docs/roles.md");
  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden/wire");

  /** The messages that change something, in an order in which each has an effect. */
  private static final Map<String, String> CHANGES = new LinkedHashMap<>();

  static {
    CHANGES.put("CreateTicket", "'ticket':{'title':'Planted'}");
    CHANGES.put("UpdateTicket", "'ticket':1,'changes':{'title':'Changed'}");
    CHANGES.put("CommentTicket", "'ticket':1,'text':'Seen'");
    CHANGES.put("RaiseTicket", "'key':'disk','ticket':{'title':'Raised'}");
    CHANGES.put("LockTicket", "'ticket':1");
    CHANGES.put("UnlockTicket", "'ticket':1");
    CHANGES.put("ClaimTicket", "'returns':true");
    CHANGES.put("RedactTicket", "'ticket':1,'field':'title'");
    CHANGES.put(
        "ImportTicket",
        "'ticket':{'id':'5b7c4c1a-9a0e-4a51-8a52-0d6a4a4f0f11','number':170,'title':'Imported',"
            + "'status':'open','priority':'normal','createdAt':'2026-11-22T09:14:03.120Z',"
            + "'createdBy':'alice','updatedAt':'2026-11-22T09:14:03.120Z','updatedBy':'alice'}");
    CHANGES.put(
        "ImportComment",
        "'ticket':170,'place':0,"
            + "'comment':{'id':0,'at':'2026-11-22T10:00:00.000Z','by':'bob','text':'Foam'}");
  }

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.with(Samples.journal(3), 1024 * 1024, SessionLimits.DEFAULT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Map<String, Role> served() {
    return RuleSamples.everyMessage().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> e.getValue().requiredRole(), (a, b) -> a, TreeMap::new));
  }

  /** The types of requests that the protocol has and this version does not serve. */
  private static Set<String> unserved() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      Set<String> types =
          files
              .map(file -> file.getFileName().toString().split("\\."))
              .filter(name -> name[0].equals("client"))
              .map(name -> name[1])
              .collect(Collectors.toCollection(TreeSet::new));
      types.removeAll(served().keySet());
      return types;
    }
  }

  @Test
  void theDocumentHasTheTable() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    served()
        .forEach(
            (type, least) ->
                rows.put(
                    type,
                    Arrays.stream(Role.values())
                        .map(role -> role.compareTo(least) < 0 ? "`FORBIDDEN`" : "yes")
                        .collect(Collectors.joining(" | ", "| `" + type + "` | ", " |"))));
    for (String type : unserved()) {
      rows.put(type, "| `" + type + "` | not served | not served | not served |");
    }
    List<String> table =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| `")).toList();
    assertEquals(String.join("\n", rows.values()), String.join("\n", table));
  }

  @Test
  void everyChangeIsHere() {
    Set<String> changes =
        RuleSamples.everyMessage().values().stream()
            .filter(ClientMessage.Change.class::isInstance)
            .map(ClientMessage::type)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(changes, new TreeSet<>(CHANGES.keySet()));
  }

  private static String request(String type) {
    return ("{'type':'%s','requestId':'%s',%s}".formatted(type, type, CHANGES.get(type)))
        .replace('\'', '"');
  }

  private static long revision(WireClient client) {
    client.send(new ClientMessage.Ping("revision"));
    return ((ServerMessage.Pong) client.answer("revision")).revision();
  }

  @Test
  void whatARoleMayNotIsRefusedWithoutAnEffect() {
    try (WireClient admin = server.join("admin-ada")) {
      admin.send(Samples.watch("w", null));
      admin.answer("w");
      long before = revision(admin);
      int refused = 0;
      for (Role role : Role.values()) {
        try (WireClient client = server.join(role.wireName() + "-x")) {
          for (String type : CHANGES.keySet()) {
            if (role.compareTo(served().get(type)) < 0) {
              client.sendText(request(type));
              ServerMessage.Rejected no = (ServerMessage.Rejected) client.answer(type);
              assertEquals(RejectionCode.FORBIDDEN, no.code(), type + " by " + role);
              refused++;
            }
          }
          assertEquals(before, revision(client));
        }
      }
      assertEquals(CHANGES.size() + 3, refused);
      assertEquals(before, revision(admin));
      assertEquals(0, admin.waiting(), "no event was pushed");
    }
  }

  /** The same requests by the least role that may: each would have had an effect. */
  @Test
  void whatTheLeastRoleMayHasAnEffect() {
    try (WireClient agent = server.join("agent-x");
        WireClient admin = server.join("admin-ada")) {
      for (String type : CHANGES.keySet()) {
        WireClient client = served().get(type) == Role.AGENT ? agent : admin;
        long before = revision(client);
        client.sendText(request(type));
        ServerMessage.Answer answer = client.answer(type);
        assertTrue(answer instanceof ServerMessage.EventMessage, type + ": " + answer);
        assertTrue(revision(client) > before, type);
      }
    }
  }

  @Test
  void whatIsNotServedIsRefusedForEveryRoleWithoutAnEffect() throws IOException {
    for (Role role : Role.values()) {
      try (WireClient client = server.join(role.wireName() + "-x")) {
        long before = revision(client);
        for (String type : unserved()) {
          for (String json : golden(type)) {
            String id =
                JsonParser.parseString(json).getAsJsonObject().get("requestId").getAsString();
            client.sendText(json);
            ServerMessage.Rejected no = (ServerMessage.Rejected) client.answer(id);
            assertEquals(RejectionCode.INVALID, no.code(), type + " by " + role);
          }
        }
        assertEquals(before, revision(client));
      }
    }
  }

  private static List<String> golden(String type) throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("client." + type + ".")) {
          all.add(Files.readString(file));
        }
      }
    }
    return all;
  }
}
