package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The protocol as somebody would write it who has read its description and nothing else: a
 * WebSocket of the JDK, and JSON by hand.
 */
class ProtocolFromTheDocsTest {
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.inMemory();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The twenty lines. */
  private static final class Peer implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    Peer(int port, String token) {
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + token)
              .buildAsync(URI.create("ws://127.0.0.1:" + port + "/tickets"), this)
              .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        heard.add(part.toString());
        part.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    void say(String json) {
      socket.sendText(json.replace('\'', '"'), true).join();
    }

    /** The next message, with ' for ". */
    String hear() throws InterruptedException {
      String next = heard.poll(60, TimeUnit.SECONDS);
      assertTrue(next != null, "nothing came");
      return next.replace('"', '\'');
    }

    @Override
    public void close() {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }

  private static void holds(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), () -> part + " is not in " + message);
    }
  }

  private static String field(String message, String name) {
    Matcher value = Pattern.compile("'" + name + "':'?([^',}]+)").matcher(message);
    assertTrue(value.find(), () -> name + " is not in " + message);
    return value.group(1);
  }

  @Test
  void twoAgentsAndOneWhoWatches() throws Exception {
    try (Peer alice = new Peer(server.port(), "alice");
        Peer bob = new Peer(server.port(), "bob");
        Peer carol = new Peer(server.port(), "carol")) {
      holds(alice.hear(), "'type':'Welcome'", "'protocol':1", "'agent':'alice'", "'revision':0");
      bob.hear();
      carol.hear();

      carol.say("{'type':'GetTickets','requestId':'w','watch':true}");
      holds(carol.hear(), "'type':'AllTickets'", "'requestId':'w'", "'tickets':[]", "'more':false");

      alice.say("{'type':'CreateTicket','requestId':'1','ticket':{'title':'Printer on fire'}}");
      holds(
          alice.hear(), "'type':'TicketCreated'", "'requestId':'1'", "'number':1", "'by':'alice'");
      holds(carol.hear(), "'type':'TicketCreated'", "'revision':1", "'previousRevision':0");

      alice.say("{'type':'LockTicket','requestId':'2','ticket':1,'note':'calling'}");
      String locked = alice.hear();
      holds(locked, "'type':'TicketLocked'", "'holder':'alice'", "'token':2", "'note':'calling'");
      holds(locked, "'ttlMillis':900000");
      holds(carol.hear(), "'type':'TicketLocked'", "'revision':2", "'previousRevision':1");

      bob.say("{'type':'LockTicket','requestId':'1','ticket':'1'}");
      holds(bob.hear(), "'type':'Rejected'", "'requestId':'1'", "'code':'LOCKED'", "alice");

      alice.say(
          "{'type':'UpdateTicket','requestId':'3','ticket':1,'token':2,"
              + "'changes':{'status':'closed'}}");
      holds(alice.hear(), "'requestId':'3'", "'changes':{'status':{'from':'open','to':'closed'}}");
      String updated = carol.hear();
      holds(updated, "'type':'TicketUpdated'", "'revision':3", "'status':'closed'");

      alice.say("{'type':'CommentTicket','requestId':'4','ticket':1,'text':'It was only smoke.'}");
      holds(alice.hear(), "'type':'TicketCommented'", "'text':'It was only smoke.'");
      holds(carol.hear(), "'revision':4");
    }
  }

  @Test
  void anUnlockAndAWatchThatGoesOnWhereItWas() throws Exception {
    String journal;
    try (Peer alice = new Peer(server.port(), "alice")) {
      journal = field(alice.hear(), "journalId");
      alice.say("{'type':'CreateTicket','requestId':'1','ticket':{'title':'a'}}");
      alice.hear();
      alice.say("{'type':'LockTicket','requestId':'2','ticket':1}");
      alice.hear();
      alice.say("{'type':'UnlockTicket','requestId':'3','ticket':1,'token':7}");
      holds(alice.hear(), "'type':'Rejected'", "'code':'STALE_TOKEN'");
      alice.say("{'type':'UnlockTicket','requestId':'4','ticket':1,'token':2}");
      holds(alice.hear(), "'type':'TicketUnlocked'", "'reason':'released'", "'lock':null");
    }
    try (Peer alice = new Peer(server.port(), "alice")) {
      holds(alice.hear(), "'revision':3");
      alice.say(
          "{'type':'GetTickets','requestId':'w','watch':true,'since':{'journalId':'"
              + journal
              + "','revision':1}}");
      holds(alice.hear(), "'type':'Resumed'", "'requestId':'w'", "'revision':1");
      holds(alice.hear(), "'type':'TicketLocked'", "'previousRevision':1");
      holds(alice.hear(), "'type':'TicketUnlocked'", "'previousRevision':2");
      alice.say("{'type':'Ping','requestId':'p'}");
      assertEquals("{'type':'Pong','requestId':'p','revision':3}", alice.hear());
    }
  }
}
