package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.session.Frame;
import org.lesbillets.server.unix.UnixSettings;
import org.lesbillets.server.websocket.EdgeLimits;

/**
 * The edge at a socket of this machine: what it admits, and that the bounds are those of a port.
 */
class SocketEdgeTest {
  private static final String USER = System.getProperty("user.name");

  /** On a busy machine the way to a session may take longer than the usual 5 s. */
  private static final EdgeLimits PATIENT = TestServer.edge(2_048, Duration.ofMinutes(1));

  @TempDir static Path folder;
  private static Path path;
  private static TestServer server;

  @BeforeAll
  static void serve() throws IOException {
    path = folder.resolve("desk.sock");
    server = serve(path, PATIENT);
  }

  private static TestServer serve(Path path, EdgeLimits edge) throws IOException {
    return TestServer.at(new UnixSettings(path, Map.of(), Set.of()), edge);
  }

  @AfterAll
  static void stop() {
    server.close();
    assertFalse(Files.exists(path), "the socket is removed");
  }

  private String ask(String target, String headers) throws IOException {
    try (RawClient client = new RawClient(path)) {
      return client.ask(RawClient.handshake(target, headers));
    }
  }

  @Test
  void theSocketIsOpenToAllAndNoPortIsOpen() throws IOException {
    assertEquals("rw-rw-rw-", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    assertEquals(-1, server.port());
  }

  @Test
  void theServersOwnUserIsAnAdminByItsLogin() throws IOException {
    try (RawClient client = new RawClient(path)) {
      String head = client.ask(RawClient.handshake("/tickets", ""));
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertTrue(head.contains("Billets-Agent: " + USER + "\r\n"), head);
      assertTrue(head.contains("Billets-Role: admin\r\n"), head);
      assertTrue(head.contains("Billets-Known-By: unix\r\n"), head);
      String welcome = client.next().text();
      assertTrue(welcome.contains("\"agent\":\"" + USER + "\",\"role\":\"admin\""), welcome);
      client.sendText("{\"type\":\"Ping\",\"requestId\":\"1\"}");
      assertTrue(client.next().text().startsWith("{\"type\":\"Pong\",\"requestId\":\"1\""));
    }
    await().until(() -> server.server().sessions() == 0);
  }

  /** The header, then the status, agent, role and the way it is known; or a part of the refusal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Billets-As: bob                                | 101 | bob agent delegate",
        "Billets-As: not a name                         | 403 | This is no agent's name",
        "Billets-As: me                                 | 403 | This is no agent's name",
        "Authorization: Bearer carol                    | 101 | carol agent token",
        "Authorization: Bearer reader1                  | 101 | reader1 reader token",
        "Authorization: Bearer no:token                 | 401 | The token is missing or not known",
        "Authorization: Bearer carol\\r\\nBillets-As: bob | 403 | without a token",
        "Billets-As: bob\\r\\nBillets-As: bob            | 400 | A header is there twice",
        "Billets-Client: me                             | 400 | is a UUID",
        "Billets-Connection: 2                          | 101 | admin unix",
        "Origin: https://desk.example                   | 403 | Pages may not connect",
        "X-Forwarded-For: 192.0.2.7                     | 403 | send a token",
        "Via: 1.1 proxy\\r\\nBillets-As: bob             | 403 | send a token",
        "Via: 1.1 proxy\\r\\nAuthorization: Bearer carol | 101 | carol agent token",
        "X-Host: none                                   | 101 | admin unix",
      })
  void whoTheSessionIs(String header, int status, String expected) throws IOException {
    try (RawClient client = new RawClient(path)) {
      String head =
          client.ask(
              RawClient.handshake("/tickets", header.replace("\\r\\n", "\r\n") + "\r\n")
                  .replace("Host: localhost", "Host: evil.example"));
      assertTrue(head.startsWith("HTTP/1.1 " + status), head);
      if (status == 101) {
        String who = field(head, "Agent") + field(head, "Role") + field(head, "Known-By");
        assertTrue(who.strip().endsWith(expected), who);
      } else {
        String sentence = client.rest();
        assertTrue(sentence.contains(expected), sentence);
        assertEquals(1, sentence.lines().count(), sentence);
      }
    }
  }

  private static String field(String head, String name) {
    return head.replaceAll("(?s).*Billets-" + name + ": ([^\r]*)\r.*", "$1 ");
  }

  @Test
  void theNameGivenByADelegateIsOfNoUseAtAPort() throws IOException {
    try (TestServer port = TestServer.inMemory();
        RawClient client = new RawClient(port.port(), 0)) {
      String head = client.ask(RawClient.handshake("/tickets", "Billets-As: bob\r\n"));
      assertTrue(head.startsWith("HTTP/1.1 403 "), head);
      assertTrue(client.rest().startsWith("Acting for another takes a login"), head);
    }
    try (TestServer port = TestServer.inMemory();
        RawClient client = new RawClient(port.port(), 0)) {
      String head = client.ask(RawClient.handshake("/tickets", "Authorization: Bearer dora\r\n"));
      assertEquals(
          "dora agent token ",
          field(head, "Agent") + field(head, "Role") + field(head, "Known-By"));
    }
  }

  @Test
  void plainRequestsAreAnsweredAndAnAdminIsToldMore() throws IOException {
    try (RawClient client = new RawClient(path)) {
      client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      String page = client.rest();
      assertTrue(page.contains("/readyz    200 while it takes changes"), page);
    }
    try (RawClient client = new RawClient(path)) {
      client.say("GET /healthz HTTP/1.0\r\n\r\n");
      assertTrue(client.rest().endsWith("\r\n\r\nok\n"));
    }
    assertTrue(ask("/elsewhere", "").startsWith("HTTP/1.1 404 "));
  }

  @Test
  void framesAreBoundedAsAtAPort() throws IOException {
    try (RawClient client = new RawClient(path)) {
      client.ask(RawClient.handshake("/tickets", ""));
      client.announce(RawClient.FIN_TEXT, 1L << 40);
      assertEquals(1009, client.closeCode());
    }
    try (RawClient client = new RawClient(path)) {
      client.ask(RawClient.handshake("/tickets", ""));
      client.send(0x83, "reserved".getBytes(StandardCharsets.UTF_8));
      assertEquals(1002, client.closeCode());
    }
  }

  @Test
  void aLargeAnswerArrivesWhole() throws IOException {
    try (RawClient client = new RawClient(path)) {
      client.ask(RawClient.handshake("/tickets", ""));
      String description = "0123456789".repeat(6_000);
      for (int i = 0; i < 40; i++) {
        client.sendText(
            ("{\"type\":\"CreateTicket\",\"requestId\":\"c%d\","
                    + "\"ticket\":{\"title\":\"t\",\"description\":\"%s\"}}")
                .formatted(i, description));
      }
      for (int created = 0; created < 40; ) {
        created += client.next().text().startsWith("{\"type\":\"TicketCreated\"") ? 1 : 0;
      }
      client.sendText("{\"type\":\"GetTickets\",\"requestId\":\"all\"}");
      int bytes = 0;
      for (Frame frame = client.next(); ; frame = client.next()) {
        String text = frame.text();
        if (text.startsWith("{\"type\":\"AllTickets\"")) {
          bytes += text.length();
          if (text.contains("\"more\":false")) {
            break;
          }
        }
      }
      assertTrue(bytes > 40 * description.length(), bytes + " bytes");
    }
  }

  /** Long before its lease would end, which is longer than a test may take. */
  @Test
  void aLockEndsWithTheProcessItFollows() throws Exception {
    Process child = ChildProcesses.start(new ProcessBuilder("sleep", "60"));
    try (RawClient client = new RawClient(path)) {
      client.ask(RawClient.handshake("/tickets", ""));
      client.sendText(
          "{\"type\":\"CreateTicket\",\"requestId\":\"c\",\"ticket\":{\"title\":\"t\"}}");
      String created = until(client, "\"type\":\"TicketCreated\"");
      String number = created.replaceAll(".*?\"number\":(\\d+).*", "$1");
      client.sendText("{\"type\":\"GetTickets\",\"requestId\":\"w\",\"watch\":true}");
      client.sendText(
          "{\"type\":\"LockTicket\",\"requestId\":\"l\",\"ticket\":%s,\"whilePid\":%d}"
              .formatted(number, child.pid()));
      until(client, "\"requestId\":\"l\"");
      child.destroyForcibly();
      String end = until(client, "\"type\":\"TicketUnlocked\"");
      assertTrue(end.contains("\"reason\":\"expired\""), end);
    } finally {
      child.destroyForcibly();
    }
  }

  private static String until(RawClient client, String part) throws IOException {
    String text = client.next().text();
    while (!text.contains(part)) {
      text = client.next().text();
    }
    return text;
  }

  @Test
  void aConnectionWithoutASessionIsCutInTime() throws IOException {
    Path other = folder.resolve("impatient.sock");
    try (TestServer impatient = serve(other, TestServer.edge(Duration.ofMillis(300)));
        RawClient silent = new RawClient(other);
        RawClient trickling = new RawClient(other)) {
      assertEquals(0, impatient.server().sessions());
      trickling.say("GET /tickets HTTP/1.1\r\n");
      assertTrue(silent.isEnded());
      assertTrue(trickling.isEnded());
    }
  }

  @Test
  void connectionsWithoutASessionAreBoundedAndARequestStillGetsThrough() throws IOException {
    List<RawClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 600; i++) {
        idle.add(new RawClient(path));
      }
      assertTrue(ask("/tickets", "").startsWith("HTTP/1.1 101 "));
      assertTrue(idle.get(0).isEnded());
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
  }

  @Test
  void clientsAreAskedToComeBackWhenTheServerStops() throws IOException {
    Path other = folder.resolve("stopped.sock");
    TestServer stopped = serve(other, EdgeLimits.DEFAULT);
    try (RawClient client = new RawClient(other)) {
      client.ask(RawClient.handshake("/tickets", ""));
      assertTrue(client.next().text().contains("Welcome"));
      stopped.close();
      assertFalse(Files.exists(other), "the socket is removed");
      assertEquals(1012, client.closeCode());
      assertNull(client.next());
    }
  }
}
