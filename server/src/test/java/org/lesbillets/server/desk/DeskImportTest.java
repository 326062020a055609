package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Role;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCommented;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.TicketUpdated;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.ImportTicket;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.rules.RuleSamples;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Page;

/** Tickets from elsewhere: whole, once, and never over what is there. */
class DeskImportTest {
  private static final Instant THEN = Instant.parse("2019-03-04T05:06:07.008Z");
  private static final UUID OPERATION = new UUID(7, 7);

  private final ManualDesk hand = new ManualDesk();
  private final Asker admin = new Asker("root", Role.ADMIN);
  private final Asker alice = hand.agent("alice");

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private static Ticket ticket(long number, String title) {
    Ticket made = TicketMaker.ticket(number).title(title).description("Long ago.").make();
    return new Ticket(
        made.id(),
        number,
        made.content(),
        new Stamp(THEN, RuleSamples.BOB),
        new Stamp(THEN.plusSeconds(60), RuleSamples.ALICE),
        0,
        0,
        0,
        null);
  }

  private static List<Comment> comments(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Comment(40 + i, THEN.plusSeconds(i), RuleSamples.BOB, "said " + i))
        .toList();
  }

  private static ImportTicket importing(String id, Ticket ticket, List<Comment> comments) {
    return new ImportTicket(id, null, ticket.withCommentCount(comments.size()), comments);
  }

  private static ClientMessage.ImportComment more(String id, long number, int place) {
    Comment comment = comments(place + 1).get(place);
    return new ClientMessage.ImportComment(id, null, TicketRef.of(number), comment, place);
  }

  private List<Comment> said(TicketId ticket) {
    Page all = new Page(Long.MAX_VALUE, 1_000, Long.MAX_VALUE);
    List<Comment> said = new ArrayList<>(hand.journal().reads().comments(ticket, all).items());
    Collections.reverse(said);
    return said;
  }

  private static List<String> texts(List<Comment> comments) {
    return comments.stream().map(Comment::text).toList();
  }

  @Test
  void aTicketComesWholeInOneEvent() {
    Ticket wanted = ticket(17, "Old printer");
    SequencedEvent came = hand.done(admin, importing("1", wanted, comments(3)));
    TicketCreated created = (TicketCreated) came.event();
    assertTrue(created.imported());
    assertEquals(admin.agent(), created.by());
    assertEquals(List.of("TicketCreated"), hand.told());
    Ticket there = hand.ticket(17);
    assertEquals(wanted.content(), there.content());
    assertEquals(wanted.created(), there.created());
    assertEquals(wanted.updated(), there.updated());
    assertEquals(3, there.commentCount());
    assertEquals(came.revision(), there.revision());
    assertEquals(came.revision(), there.changedRevision());
    assertEquals(List.of("said 0", "said 1", "said 2"), texts(said(wanted.id())));
    List<Long> ids = said(wanted.id()).stream().map(Comment::id).toList();
    assertEquals(List.of(1L, 2L, 3L), ids, "not those of the import");
    assertEquals(THEN.plusSeconds(2), said(wanted.id()).get(2).at());
    assertEquals(RuleSamples.BOB, said(wanted.id()).get(2).by());
  }

  @Test
  void neitherLockNorRevisionsComeAlong() {
    Ticket locked = RuleSamples.locked(RuleSamples.BOB, "calling", "tui");
    hand.done(admin, new ImportTicket("1", null, locked.withCommentCount(0), List.of()));
    assertNull(hand.ticket(17).lock());
    assertEquals(1, hand.ticket(17).revision());
    assertEquals(1, hand.ticket(17).changedRevision());
  }

  @Test
  void aTakenNumberGivesTheNextFreeOneAndTheCounterMovesOn() {
    hand.done(admin, importing("1", ticket(40, "forty"), List.of()));
    Ticket again =
        new Ticket(
            new TicketId(new UUID(9, 9)),
            40,
            ticket(40, "other").content(),
            new Stamp(THEN, RuleSamples.BOB),
            new Stamp(THEN, RuleSamples.BOB),
            0,
            0,
            0,
            null);
    hand.done(admin, importing("2", again, List.of()));
    assertEquals(again.id(), hand.ticket(41).id());
    hand.done(admin, importing("3", ticket(12, "twelve"), List.of()));
    assertEquals("twelve", hand.ticket(12).content().title());
    hand.done(alice, Ask.create("4", "new"));
    assertEquals("new", hand.ticket(42).content().title());
  }

  @Test
  void afterTheHighestNumberThereIsNone() {
    hand.done(admin, importing("1", ticket(WireLimits.MAX_NUMBER, "highest"), List.of()));
    hand.ask(alice, Ask.create("2", "new"));
    hand.writeAll();
    Rejected refused = alice.rejected("2");
    assertEquals(RejectionCode.INVALID, refused.code());
    assertEquals(RejectionDetails.limit("number", WireLimits.MAX_NUMBER), refused.details());
    hand.done(alice, Ask.comment("3", WireLimits.MAX_NUMBER, "can be named"));
  }

  @Test
  void theSameTwiceHasNoSecondEffect() {
    ImportTicket first = importing("1", ticket(17, "Old printer"), comments(3));
    SequencedEvent came = hand.done(admin, first);
    hand.done(admin, Ask.again("2", first));
    EventMessage again = admin.event("2");
    assertTrue(again.repeated());
    assertEquals(came, again.event());
    assertEquals(List.of("TicketCreated"), hand.told());
  }

  @Test
  void theSameTwiceAtOnceIsOne() {
    ImportTicket first = importing("1", ticket(17, "Old printer"), comments(3));
    hand.ask(admin, first);
    hand.ask(admin, Ask.again("2", first));
    hand.writeAll();
    assertFalse(admin.event("1").repeated());
    assertTrue(admin.event("2").repeated());
    assertEquals(1, hand.desk().book().size());
  }

  @Test
  void theSameAfterOthersWorkedOnItChangesNothing() {
    Ticket taken = ticket(17, "Old printer");
    hand.done(alice, Ask.create("a", "takes number 1"));
    ImportTicket first = importing("1", taken.withNumber(1), comments(2));
    hand.done(admin, first);
    hand.done(alice, Ask.comment("b", 2, "Still broken"));
    hand.done(alice, Ask.title("c", 2, "New title"));
    hand.done(new Asker("another", Role.ADMIN), Ask.again("d", first));
    assertEquals("New title", hand.ticket(2).content().title());
    assertEquals(3, hand.ticket(2).commentCount());
    long head = hand.desk().revision();
    hand.ask(admin, Ask.again("2", first));
    assertTrue(admin.event("2").repeated());
    assertEquals(head, hand.desk().revision());
  }

  @Test
  void whatIsThereNowCanBeImportedAndChangesNothing() {
    hand.done(alice, Ask.create("1", "Made here"));
    hand.done(alice, Ask.comment("2", 1, "one"));
    hand.done(alice, Ask.comment("3", 1, "two"));
    hand.done(alice, Ask.lock("4", 1));
    Ticket now = hand.ticket(1);
    long head = hand.desk().revision();
    hand.ask(admin, importing("5", now, said(now.id())));
    TicketUpdated nothing = (TicketUpdated) admin.event("5").event().event();
    assertEquals(List.of(), nothing.changes());
    assertEquals(now.id(), nothing.ticket().id());
    assertEquals(head, hand.desk().revision());
    // What does not fit into one message comes later: these are the first of its comments.
    hand.ask(admin, importing("6", now, said(now.id()).subList(0, 1)));
    assertEquals(head, admin.event("6").event().revision());
  }

  @Test
  void anythingElseUnderTheSameIdIsRefused() {
    Ticket old = ticket(17, "Old printer");
    hand.done(admin, importing("1", old, comments(3)));
    List<Comment> longer = comments(4);
    List<Comment> other = new ArrayList<>(comments(3));
    other.set(1, new Comment(0, THEN, RuleSamples.BOB, "never said"));
    Stamp later = new Stamp(THEN.plus(Duration.ofDays(1)), RuleSamples.ALICE);
    List<ImportTicket> wrong =
        List.of(
            importing("2", ticket(17, "Another title"), comments(3)),
            importing("3", old.withUpdated(later), comments(3)),
            importing("4", old, longer),
            importing("5", old, other));
    for (ImportTicket one : wrong) {
      hand.ask(admin, one);
      assertEquals(RejectionCode.INVALID, admin.code(one.requestId()), one.requestId());
      assertEquals("id", admin.rejected(one.requestId()).details().field());
      assertTrue(admin.rejected(one.requestId()).message().contains("17"));
    }
    hand.done(alice, Ask.create("6", "Made here"));
    Ticket here = hand.ticket(18);
    Stamp stamp = here.created();
    hand.ask(admin, importing("7", here.withContent(old.content()), List.of()));
    assertEquals(RejectionCode.INVALID, admin.code("7"));
    hand.ask(admin, importing("8", here.withUpdated(stamp), comments(1)));
    assertEquals(RejectionCode.INVALID, admin.code("8"));
    assertEquals(List.of("TicketCreated", "TicketCreated"), hand.told());
  }

  @Test
  void anOperationIdIsNoOthers() {
    ClientMessage.Change first =
        Ask.as(OPERATION, importing("1", ticket(17, "Old printer"), List.of()));
    hand.done(admin, first);
    hand.ask(admin, Ask.again("2", first));
    assertTrue(admin.event("2").repeated());
    hand.ask(admin, Ask.as(OPERATION, importing("3", ticket(18, "Other"), List.of())));
    hand.writeAll();
    assertEquals(RejectionCode.INVALID, admin.code("3"));
    assertEquals("operationId", admin.rejected("3").details().field());
    assertEquals(1, hand.desk().book().size());
  }

  @Test
  void aNewTicketUnderTheOperationOfAnotherIsStillRefused() {
    ClientMessage.Change made = Ask.as(OPERATION, Ask.create("1", "one"));
    hand.done(alice, made);
    hand.ask(alice, Ask.as(OPERATION, Ask.create("2", "two")));
    assertEquals(RejectionCode.INVALID, alice.code("2"));
  }

  @Test
  void busyWorkersAndAFullJournalSayBusy() {
    ImportTicket first = importing("1", ticket(17, "Old printer"), List.of());
    hand.done(admin, first);
    hand.workersAreBusy(true);
    hand.ask(admin, Ask.again("2", first));
    assertEquals(RejectionCode.BUSY, admin.code("2"));
    hand.workersAreBusy(false);
    hand.ask(admin, importing("3", ticket(18, "Other"), List.of()));
    hand.conclude(new Outcome.Busy());
    assertEquals(RejectionCode.BUSY, admin.code("3"));
  }

  @Test
  void whatDoesNotFitComesCommentByComment() {
    hand.done(admin, importing("1", ticket(17, "Old printer"), comments(2)));
    Stamp updated = hand.ticket(17).updated();
    SequencedEvent event = hand.done(admin, more("2", 17, 2));
    TicketCommented commented = (TicketCommented) event.event();
    assertEquals(admin.agent(), commented.by());
    assertEquals(comments(3).get(2).withId(3), commented.comment());
    assertEquals(updated, hand.ticket(17).updated());
    assertEquals(3, hand.ticket(17).commentCount());
    assertEquals(List.of("said 0", "said 1", "said 2"), texts(said(hand.ticket(17).id())));

    hand.ask(admin, more("3", 17, 2));
    hand.ask(admin, more("4", 17, 4));
    for (String id : List.of("3", "4")) {
      assertEquals(RejectionCode.STALE_REVISION, admin.code(id));
      assertTrue(admin.rejected(id).message().contains("has 3 comments"));
    }
    hand.ask(admin, more("5", 18, 0));
    assertEquals(RejectionCode.NOT_FOUND, admin.code("5"));
  }

  @Test
  void aCommentMoreThanTheImportBroughtIsNoOtherContent() {
    ImportTicket first = importing("1", ticket(17, "Old printer"), comments(2));
    hand.done(admin, first);
    hand.done(admin, more("2", 17, 2));
    hand.ask(admin, Ask.again("3", first));
    assertTrue(admin.event("3").repeated());
  }

  @Test
  void onlyAdminsImport() {
    hand.ask(alice, importing("1", ticket(17, "Old printer"), List.of()));
    hand.ask(alice, more("2", 17, 0));
    assertEquals(RejectionCode.FORBIDDEN, alice.code("1"));
    assertEquals(RejectionCode.FORBIDDEN, alice.code("2"));
  }
}
