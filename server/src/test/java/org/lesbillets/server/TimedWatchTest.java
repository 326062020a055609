package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
@Timeout(60)
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
    List<ServerMessage> before = client.until(TicketMatch.class::isInstance);
    return (TicketMatch) before.get(before.size() - 1);
  }

  private static AllTickets watch(WireClient client, String query) {
    client.send(Samples.watch("w", query));
    AllTickets all = client.next(AllTickets.class);
    assertTrue(client.next(Position.class).at() != null);
    return all;
  }

  @Test
  void itHearsAtTheInstantWhatTimeAloneChanges() throws Exception {
    try (WireClient carol = server.join("carol");
        WireClient alice = server.join("alice")) {
      watch(carol, "updated:>=400ms");
      alice.send(Samples.create("1", "a ticket"));
      EventMessage created = (EventMessage) alice.answer("1");
      Instant at = created.event().event().at();
      TicketMatch entered = match(carol);
      assertEquals(Match.ENTERED, entered.match());
      assertEquals(at.plusMillis(400), entered.at());
      assertEquals(created.event().revision(), entered.revision());
      assertEquals("a ticket", entered.ticket().content().title());
      alice.send(Samples.comment("2", 1, "again"));
      alice.answer("2");
      EventMessage left = carol.next(EventMessage.class);
      assertEquals(Match.LEFT, left.match());
      assertEquals(Match.ENTERED, match(carol).match());
    }
  }

  @Test
  void whatMatchesForAWhileLeavesByItself() throws Exception {
    try (WireClient carol = server.join("carol");
        WireClient alice = server.join("alice")) {
      watch(carol, "age:<300ms");
      alice.send(Samples.create("1", "a ticket"));
      assertEquals(Match.ENTERED, carol.next(EventMessage.class).match());
      assertEquals(Match.LEFT, match(carol).match());
    }
  }

  /** Nothing happens in the journal meanwhile: what time did is what there is to hear. */
  @Test
  void whoResumesHearsWhatTimeDidMeanwhile() throws Exception {
    try (WireClient alice = server.join("alice")) {
      alice.send(Samples.create("1", "first"));
      alice.send(Samples.create("2", "second"));
      alice.answer("2");
      AllTickets before;
      Instant known;
      try (WireClient carol = server.join("carol")) {
        carol.send(Samples.watch("w", "age:>=1s"));
        before = carol.next(AllTickets.class);
        known = carol.next(Position.class).at();
      }
      assertEquals(0, before.total());
      ResumePoint since =
          new ResumePoint(before.journalId(), before.revision(), TimeMark.after(known));
      try (WireClient other = server.join("other")) {
        watch(other, "age:>=1s");
        match(other);
        match(other);
      }
      TicketMatch first = resumed(since, 1);
      ResumePoint middle = new ResumePoint(before.journalId(), before.revision(), first.mark());
      resumed(middle, 2);
      Instant later = Instant.now().plus(Duration.ofSeconds(1));
      ResumePoint end =
          new ResumePoint(before.journalId(), before.revision(), TimeMark.after(later));
      try (WireClient carol = server.join("carol")) {
        carol.send(ClientMessage.GetTickets.watching("w", Samples.query("age:>=1s"), end));
        carol.next(Resumed.class);
        alice.send(Samples.create("3", "third"));
        alice.answer("3");
        assertEquals(3, match(carol).ticket().number(), "the others are known");
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
