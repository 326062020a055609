package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Position;
import org.lesbillets.model.message.ServerMessage.Resumed;
import org.lesbillets.model.message.ServerMessage.TicketMatch;

/** Watches whose query mentions time, over the real server and its clock. */
class TimedWatchTest {
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.inMemory();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static TicketMatch match(WireClient client) {
    return (TicketMatch) last(client.until(TicketMatch.class::isInstance));
  }

  private static AllTickets watch(WireClient client, String query) {
    client.send(Samples.watch("w", query));
    AllTickets all = client.next(AllTickets.class);
    assertTrue(client.next(Position.class).at() != null);
    return all;
  }

  /** The number of the next ticket it hears of, by time or by an event on a slow machine. */
  private static long heard(WireClient client) {
    ServerMessage heard =
        last(client.until(m -> m instanceof TicketMatch || m instanceof EventMessage));
    return heard instanceof TicketMatch match
        ? match.ticket().number()
        : ((EventMessage) heard).event().event().ticket().number();
  }

  private static EventMessage event(WireClient client) {
    return (EventMessage) last(client.until(EventMessage.class::isInstance));
  }

  private static ServerMessage last(List<ServerMessage> messages) {
    return messages.get(messages.size() - 1);
  }

  @Test
  void itHearsAtTheInstantWhatTimeAloneChanges() throws Exception {
    try (WireClient carol = server.join("carol");
        WireClient alice = server.join("alice")) {
      watch(carol, "updated:>=1500ms");
      alice.send(Samples.create("1", "a ticket"));
      EventMessage created = (EventMessage) alice.answer("1");
      Instant at = created.event().event().at();
      TicketMatch entered = match(carol);
      assertEquals(Match.ENTERED, entered.match());
      assertEquals(at.plusMillis(1_500), entered.at());
      assertEquals(created.event().revision(), entered.revision());
      assertEquals("a ticket", entered.ticket().content().title());
      alice.send(Samples.comment("2", 1, "again"));
      alice.answer("2");
      assertEquals(Match.LEFT, event(carol).match());
    }
  }

  @Test
  void whatMatchesForAWhileLeavesByItself() throws Exception {
    try (WireClient carol = server.join("carol");
        WireClient alice = server.join("alice")) {
      watch(carol, "age:<1500ms");
      alice.send(Samples.create("1", "a ticket"));
      assertEquals(Match.ENTERED, event(carol).match());
      assertEquals(Match.LEFT, match(carol).match());
    }
  }

  /** Nothing happens in the journal meanwhile: what time did is what there is to hear. */
  @Test
  void whoResumesHearsWhatTimeDidMeanwhile() throws Exception {
    try (WireClient alice = server.join("alice");
        WireClient other = server.join("other")) {
      AllTickets before;
      Instant known;
      try (WireClient carol = server.join("carol")) {
        carol.send(Samples.watch("w", "age:>=1s"));
        before = carol.next(AllTickets.class);
        known = carol.next(Position.class).at();
      }
      watch(other, "age:>=1s");
      alice.send(Samples.create("1", "first"));
      alice.send(Samples.create("2", "second"));
      alice.answer("2");
      assertEquals(1, heard(other));
      assertEquals(2, heard(other));
      ResumePoint since =
          new ResumePoint(before.journalId(), before.revision(), TimeMark.after(known));
      TicketMatch first = resumed(since, 1);
      ResumePoint middle = new ResumePoint(before.journalId(), first.revision(), first.mark());
      resumed(middle, 2);
      ResumePoint end =
          new ResumePoint(before.journalId(), first.revision(), TimeMark.after(Instant.now()));
      try (WireClient carol = server.join("carol")) {
        carol.send(ClientMessage.GetTickets.watching("w", Samples.query("age:>=1s"), end));
        carol.next(Resumed.class);
        alice.send(Samples.create("3", "third"));
        alice.answer("3");
        assertEquals(3, heard(carol), "the others are known");
      }
    }
  }

  private TicketMatch resumed(ResumePoint since, long number) throws Exception {
    try (WireClient carol = server.join("carol")) {
      carol.send(ClientMessage.GetTickets.watching("w", Samples.query("age:>=1s"), since));
      carol.next(Resumed.class);
      TicketMatch match = match(carol);
      Ticket ticket = match.ticket();
      assertEquals(number, ticket.number());
      assertEquals(ticket.created().at().plusSeconds(1), match.at());
      return match;
    }
  }
}
