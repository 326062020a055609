package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;

/** Reads that wait until the server has what the journal had when they were asked for. */
class FreshReadsTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");

  @BeforeEach
  void create() {
    hand.journal().share();
    hand.done(alice, Ask.create("create", "Printer"));
    alice.forget();
  }

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private static ClientMessage.GetTickets freshList(String id) {
    return Ask.list(id).fresh(true);
  }

  private static long revision(Asker who, String id) {
    return ((ServerMessage.AllTickets) who.to(id)).revision();
  }

  /** Another server locks the ticket, which has not arrived here. */
  private void lockElsewhere() {
    hand.journal().holdTail();
    hand.journal().appendElsewhere(ForeignAppends.lock(hand.ticket(1), "dave", hand.clock().now()));
  }

  private void pass(Duration time) {
    hand.pass(time);
  }

  @Test
  void aFreshListHasWhatAnotherServerAcknowledgedBefore() {
    lockElsewhere();
    hand.ask(alice, freshList("fresh"));
    hand.ask(alice, Ask.list("list"));
    hand.ask(bob, Ask.show("show", TicketRef.of(1)).fresh(true));
    assertEquals(List.of("list"), alice.answered(), "another list is answered at once");
    assertEquals(1, revision(alice, "list"));
    assertEquals(List.of(), bob.answers());
    hand.journal().releaseTail();
    hand.settle();
    assertEquals(2, revision(alice, "fresh"));
    assertTrue(((ServerMessage.TicketDetails) bob.to("show")).ticket().isLocked());
  }

  @Test
  void whereNothingLagsItIsAnsweredAtOnce() {
    hand.ask(alice, freshList("fresh"));
    assertEquals(1, revision(alice, "fresh"));
  }

  @Test
  void oneThatWaitsInVainIsBusy() {
    lockElsewhere();
    hand.ask(alice, freshList("fresh"));
    pass(FreshReads.LIMIT.minus(MILLI));
    assertEquals(List.of(), alice.answers());
    pass(MILLI);
    assertEquals(RejectionCode.BUSY, alice.code("fresh"));
    hand.journal().releaseTail();
    hand.settle();
    assertEquals(1, alice.answers().size(), "answered once");
  }

  @Test
  void whileTheServerIsBehindItIsReadOnly() {
    lockElsewhere();
    hand.journal().fallBehind("This server is behind, since 12:00:03.");
    hand.ask(alice, freshList("fresh"));
    pass(FreshReads.LIMIT);
    assertEquals(RejectionCode.READ_ONLY, alice.code("fresh"));
    assertTrue(alice.rejected("fresh").message().contains("since 12:00:03"));
    hand.journal().releaseTail();
  }

  @Test
  void aStoreThatDoesNotSayIsBusy() {
    hand.journal().holdHead();
    hand.ask(alice, freshList("fails"));
    hand.ask(bob, freshList("waits"));
    assertEquals(1, hand.journal().heads(), "one look-up at a time");
    hand.journal().failHead("no answer");
    hand.settle();
    assertEquals(RejectionCode.BUSY, alice.code("fails"));
    assertEquals(List.of(), bob.answers(), "the next look-up is for those that came later");
    hand.journal().holdHead();
    pass(FreshReads.LIMIT);
    assertEquals(RejectionCode.BUSY, bob.code("waits"));
  }

  @Test
  void aWatchThatResumesAheadWaitsForThatRevision() {
    lockElsewhere();
    hand.ask(alice, resume(2));
    assertEquals(List.of(), alice.answers());
    hand.journal().releaseTail();
    hand.settle();
    assertEquals(2, revision(alice, "watch"));
  }

  @Test
  void oneThatIsNotGivenItInTimeIsNotSentBack() {
    lockElsewhere();
    hand.ask(alice, resume(2));
    pass(FreshReads.LIMIT);
    assertEquals(RejectionCode.BUSY, alice.code("watch"));
    assertTrue(alice.rejected("watch").details().retryAfter().toMillis() > 0);
    hand.journal().releaseTail();
  }

  @Test
  void oneAheadOfTheJournalItselfIsOfAnotherHistory() {
    hand.ask(alice, resume(3));
    assertEquals(1, revision(alice, "watch"), "a snapshot, which says so");
  }

  private ClientMessage.GetTickets resume(long revision) {
    return ClientMessage.GetTickets.watching(
        "watch", null, new ResumePoint(hand.journal().journalId(), revision));
  }

  @Test
  void aServerThatStopsRefusesThoseThatWait() {
    lockElsewhere();
    hand.ask(alice, freshList("fresh"));
    hand.journal().releaseTail();
    hand.desk().close();
    hand.settle();
    assertEquals(List.of("fresh"), alice.answered());
  }
}
