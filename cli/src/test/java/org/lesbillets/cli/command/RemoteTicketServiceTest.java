package org.lesbillets.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

/** The desk that verbs work at, over a real socket to a scripted server. */
class RemoteTicketServiceTest {

  /** Takes so many events, and notes what it hears. */
  private static class Visitor implements WatchVisitor {
    private final List<String> heard = new ArrayList<>();
    private int wanted;

    Visitor(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean event(ServerMessage.EventMessage event) {
      heard.add("event " + event.event().revision());
      return --wanted > 0;
    }

    @Override
    public boolean resync(ResumePoint at) {
      heard.add("resync " + at.journalId() + " " + at.revision());
      return true;
    }

    @Override
    public void state(ConnectionState state) {}
  }

  private static void resume(ScriptedPeer peer) throws IOException {
    peer.welcome(5);
    peer.send(SampleMessages.resumed((ClientMessage.GetTickets) peer.read()));
  }

  @Test
  void asksForDetailsUnderOneConnection() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  String id = peer.read().requestId();
                  peer.send(
                      new ServerMessage.TicketDetails(
                          id, SampleMessages.ticket(17, 5), List.of(), null, false));
                  peer.reject(RejectionCode.NOT_FOUND);
                });
        RemoteTicketService desk = new RemoteTicketService(server.settings())) {
      assertEquals(17, desk.details(TicketRef.of(17), false, null).ticket().number());
      RejectedException refused =
          assertThrows(RejectedException.class, () -> desk.details(TicketRef.of(18), false, null));
      assertEquals(RejectionCode.NOT_FOUND, refused.code());
      assertEquals(SampleMessages.ALICE, desk.me());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void anAnswerOfAnotherKindIsNoAnswer() {
    try (ScriptedServer server =
            ScriptedServer.start(
                welcoming(5, peer -> peer.send(SampleMessages.pong(peer.read(), 5))));
        RemoteTicketService desk = new RemoteTicketService(server.settings())) {
      ConnectionException failure =
          assertThrows(
              ConnectionException.class, () -> desk.details(TicketRef.of(17), false, null));
      assertEquals(ConnectionException.Kind.PROTOCOL, failure.kind());
    }
  }

  @Test
  void aWatchEndsWhenItsVisitorHasEnough() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  resume(peer);
                  peer.sendJoined(
                      SampleMessages.pushed(6, 5),
                      SampleMessages.pushed(7, 6),
                      SampleMessages.pushed(8, 7));
                });
        RemoteTicketService desk = new RemoteTicketService(server.settings())) {
      Visitor visitor = new Visitor(2);
      desk.watch(new WatchTerms(null, WatchStart.now(), null), visitor);
      assertEquals(List.of("event 6", "event 7"), visitor.heard);
    }
  }

  @Test
  void aWatchEndsWhenItsTimeIsOver() {
    try (ScriptedServer server = ScriptedServer.start(RemoteTicketServiceTest::resume);
        RemoteTicketService desk = new RemoteTicketService(server.settings())) {
      Visitor visitor = new Visitor(1);
      desk.watch(new WatchTerms(null, WatchStart.now(), Duration.ofMillis(300)), visitor);
      assertEquals(List.of(), visitor.heard);
    }
  }

  @Test
  void aWatchThatCannotResumeSaysSo() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  String id = peer.read().requestId();
                  peer.send(
                      new ServerMessage.AllTickets(
                          id, List.of(), 5, SampleMessages.JOURNAL, false, true, 0));
                  peer.push(6, 5);
                });
        RemoteTicketService desk = new RemoteTicketService(server.settings())) {
      Visitor visitor = new Visitor(1);
      WatchStart start = WatchStart.after(new ResumePoint("another", 3));
      desk.watch(new WatchTerms(null, start, null), visitor);
      assertEquals(List.of("resync " + SampleMessages.JOURNAL + " 5", "event 6"), visitor.heard);
    }
  }

  @Test
  void whatAVisitorThrowsComesOut() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  resume(peer);
                  peer.push(6, 5);
                });
        RemoteTicketService desk = new RemoteTicketService(server.settings())) {
      Visitor refusing =
          new Visitor(1) {
            @Override
            public boolean event(ServerMessage.EventMessage event) {
              throw new IllegalStateException("no more");
            }
          };
      WatchTerms terms = new WatchTerms(null, WatchStart.now(), null);
      IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> desk.watch(terms, refusing));
      assertTrue(thrown.getMessage().contains("no more"));
    }
  }
}
