package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.tidy.RequiredTools;

/**
 * What recipes of docs/scripting.md do to tickets; that they run at all is for PageCommandsTest.
 */
@Timeout(Patience.SECONDS)
@WithServer
class RecipesTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;
  private static ShellWithBillets shell;

  @BeforeAll
  static void start() throws IOException {
    RequiredTools.find("jq", "jq");
    shell = new ShellWithBillets(folder.resolve("shell"), alice);
  }

  @AfterAll
  static void end() throws IOException {
    shell.close();
  }

  /** The only block of the page that has this text. */
  private static String recipe(String text) throws IOException {
    List<String> found =
        PageCommands.of(Distribution.root().resolve("docs/scripting.md")).blocks().stream()
            .map(block -> String.join("\n", block.lines()))
            .filter(block -> block.contains(text))
            .toList();
    assertEquals(1, found.size(), text);
    return found.get(0);
  }

  @Test
  void undoTakesBackTheLastChangeOfFields() throws IOException {
    String create = "create --title 'Printer on fire' --priority low --tag printer";
    String number = alice.does(create).line();
    String undo = recipe("type: \"UpdateTicket\"").replace("update 1 ", "update " + number + " ");
    undo = undo.replace("history 1 ", "history " + number + " ");
    alice.does("update " + number + " --add-tag kept --title 'Printer out'").exits(0);
    assertEquals(0, shell.run(Map.of(), undo).exit());
    alice.does("show " + number + " --field priority").prints("low");
    alice.does("show " + number + " --field requester").prints("");
    alice.does("show " + number + " --field title").prints("Printer out");
    alice.does("show " + number + " --field tags").prints("printer", "kept");
  }

  /** As Alertmanager 0.28 sends it: two firing, one resolved. */
  private static final String ALERTS =
      """
      {"receiver":"tickets","status":"firing","alerts":[
      {"status":"firing","labels":{"alertname":"DiskFull","instance":"db1:9100",
      "severity":"critical"},"annotations":{"summary":"Disk of db1 is \\"full\\" $(id) `id`\\nsoon",
      "description":"x"},"startsAt":"2026-11-30T18:03:12.117Z","endsAt":"0001-01-01T00:00:00Z",
      "generatorURL":"http://prometheus:9090/graph?g0.expr=x","fingerprint":"c91b5f2e8d7a4f60"},
      {"status":"firing","labels":{"alertname":"InstanceDown"},"annotations":{},
      "startsAt":"2026-11-30T18:03:12.117Z","endsAt":"0001-01-01T00:00:00Z",
      "generatorURL":"http://prometheus:9090/","fingerprint":"0a1b2c3d4e5f6071"},
      {"status":"resolved","labels":{"alertname":"Slow","severity":"warning"},
      "annotations":{"summary":"It is slow"},"startsAt":"2026-11-30T17:03:12.117Z",
      "endsAt":"2026-11-30T18:01:00Z","generatorURL":"http://prometheus:9090/",
      "fingerprint":"b7e151628aed2a6b"}],
      "groupLabels":{},"commonLabels":{},"commonAnnotations":{},
      "externalURL":"http://alertmanager:9093","version":"4","groupKey":"{}:{}",
      "truncatedAlerts":0}
      """;

  @Test
  void theReceiverOfAlertsKeepsOneTicketForEach() throws Exception {
    Path socat = RequiredTools.find("socat", "socat");
    assertEquals(0, shell.run(Map.of(), alerts()).exit());
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String listen = recipe("socat ").replace("9094", Integer.toString(port));
    assertTrue(listen.startsWith("socat "), listen);
    listen = "exec " + socat + listen.substring("socat".length());
    try (Running receiver = shell.start(Map.of(), listen)) {
      Patience.until("a listening receiver", () -> isOpen(port));
      alice.does("raise --key alert:b7e151628aed2a6b --title Slow").exits(0);
      assertEquals(204, post(port, ALERTS));
      assertEquals(204, post(port, ALERTS));
      alice
          .does("list status:open key:alert:c91b5f2e8d7a4f60 --fields raised,priority,title")
          .prints("2\turgent\tDisk of db1 is \"full\" $(id) `id` soon");
      alice
          .does("list key:alert:0a1b2c3d4e5f6071 --fields raised,priority,title")
          .prints("2\tnormal\tInstanceDown");
      alice.does("list key:alert:b7e151628aed2a6b --fields status,title").prints("closed\tSlow");
      assertEquals(204, post(port, ALERTS.replace("\"firing\"", "\"resolved\"")));
      alice.does("list status:open key:alert:c91b5f2e8d7a4f60 -o id").prints();
      assertEquals(503, post(port, "no JSON"));
      assertEquals(204, post(port, "{\"alerts\":[]}"));
      assertTrue(receiver.isAlive(), receiver::err);
    }
  }

  /** The receiver, without the message that the page posts to it by hand. */
  private static String alerts() throws IOException {
    String block = recipe("cat >alerts");
    return block.substring(0, block.indexOf("\nbody="));
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int post(int port, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
