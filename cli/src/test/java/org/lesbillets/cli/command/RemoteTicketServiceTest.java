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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;

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
      assertEquals(
          17, desk.details(TicketRef.of(17), false, DetailsCursor.NEWEST).ticket().number());
      RejectedException refused =
          assertThrows(
              RejectedException.class,
              () -> desk.details(TicketRef.of(18), false, DetailsCursor.NEWEST));
      assertEquals(RejectionCode.NOT_FOUND, refused.code());
      assertEquals(SampleMessages.ALICE, desk.me());
      assertEquals(1, server.connections());
    }
  }

  /** An older server ignores what it does not know, and tells whole tickets. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsAreTheSameFromAServerThatKnowsNoFields(boolean knows) {
    Projection projection = Projection.of(List.of("title"));
    try (ScriptedServer server =
            ScriptedServer.start(
                welcoming(
                    5,
                    peer -> {
                      ClientMessage.GetTickets asked = (ClientMessage.GetTickets) peer.read();
                      Projection told = knows ? asked.projection() : Projection.WHOLE;
                      ServerMessage.AllTickets first =
                          SampleMessages.part(asked, 5, false, ticket(1), ticket(2));
                      peer.send(MessageCodec.projected(first, told));
                      peer.send(
                          MessageCodec.projected(
                              SampleMessages.all(asked, 5, false, ticket(3)), told));
                    }));
        RemoteTicketService desk = new RemoteTicketService(server.settings())) {
      List<String> rows = new ArrayList<>();
      TicketSelection all = new TicketSelection(null, null, null);
      desk.rows(
          all,
          projection,
          part -> part.forEach(row -> rows.add(row.values().keySet() + row.text("title"))));
      assertEquals(
          List.of(
              "[id, number, title]ticket 1",
              "[id, number, title]ticket 2",
              "[id, number, title]ticket 3"),
          rows);
    }
  }

  private static Ticket ticket(long number) {
    return SampleMessages.ticket(number, 5);
  }

  @Test
  void anOlderServerCountsToo() {
    try (ScriptedServer server =
            ScriptedServer.start(
                welcoming(
                    5,
                    peer -> {
                      ClientMessage.GetTickets asked = (ClientMessage.GetTickets) peer.read();
                      assertEquals(Projection.COUNT, asked.projection());
                      assertEquals(1, asked.limit(), "or it would tell them all");
                      peer.send(
                          new ServerMessage.AllTickets(
                              asked.requestId(), List.of(ticket(1)), 5, "j", false, false, 12));
                    }));
        RemoteTicketService desk = new RemoteTicketService(server.settings())) {
      assertEquals(12, desk.count(TicketSelection.of("status:open")));
    }
  }

  /** The timeout is for silence: this list takes longer. */
  @Test
  void aListTakesAsLongAsItsPartsGoOn() {
    Duration timeout = Duration.ofMillis(700);
    try (ScriptedServer server =
            ScriptedServer.start(
                welcoming(
                    5,
                    peer -> {
                      ClientMessage.GetTickets asked = (ClientMessage.GetTickets) peer.read();
                      long end = System.nanoTime() + timeout.toNanos() * 3 / 2;
                      while (System.nanoTime() < end) {
                        peer.send(SampleMessages.part(asked, 5, false));
                      }
                      peer.send(SampleMessages.all(asked, 5, false, ticket(3)));
                    }));
        RemoteTicketService desk = new RemoteTicketService(server.settings(timeout))) {
      TicketSelection all = new TicketSelection(null, null, null);
      assertEquals(List.of(ticket(3)), desk.tickets(all).tickets());
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
              ConnectionException.class,
              () -> desk.details(TicketRef.of(17), false, DetailsCursor.NEWEST));
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
