package org.lesbillets.server.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.server.journal.Facts.ALICE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketCommented;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.event.WireEvent.TicketRedacted;
import org.lesbillets.model.field.TicketField;

/** What every journal promises. */
public abstract class JournalContract {
  private static final Page ALL = new Page(Long.MAX_VALUE, 1_000, Long.MAX_VALUE);

  private Journal journal;

  /** An empty journal. */
  protected abstract Journal open() throws Exception;

  /** How many random events the journal takes and tells in a time that a build has. */
  protected int randomEvents() {
    return 300;
  }

  @BeforeEach
  void openJournal() throws Exception {
    journal = open();
  }

  @AfterEach
  void closeJournal() {
    if (journal != null) {
      journal.close();
    }
  }

  private static UUID id(long n) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L + n);
  }

  @Test
  void anEmptyJournalHasNothing() {
    Tailed tailed = Tailed.of(journal);
    assertEquals(0, Facts.head(journal));
    assertEquals(0, tailed.book().size());
    assertNull(journal.failure());
    assertEquals(Optional.empty(), journal.reads().event(1));
    assertEquals(Optional.empty(), journal.reads().operation(ALICE, id(1)));
    assertEquals(List.of(), journal.reads().eventsAfter(0, 10, 1_000));
    assertTrue(journal.reads().remembers(new ResumePoint(journal.journalId(), 0)));
  }

  @Test
  void aRedactionRewritesWhatWasAndLeavesAMark() {
    Tailed tailed = Tailed.of(journal);
    Operation created = Facts.operation("one", "print", true);
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, Facts.draft("secret one"), created));
    ticket = tailed.ticketAfter(Facts.retitle(ticket, "secret two", null));
    ticket = tailed.ticketAfter(Facts.comment(ticket, "secret three"));
    final long comment = ticket.commentCount();
    final Ticket other = tailed.ticketAfter(Facts.create(id(2), 0, "secret of another"));
    for (Redaction what :
        List.of(
            Redaction.ofField(TicketField.TITLE),
            Redaction.ofField(TicketField.DESCRIPTION),
            Redaction.ofComment(comment))) {
      ticket = tailed.ticketAfter(Facts.redact(ticket, what, null));
    }
    List<SequencedEvent> history = journal.reads().history(ticket.id(), ALL).items();
    assertEquals(6, history.size());
    assertFalse(history.toString().contains("secret"), history::toString);
    assertFalse(journal.reads().comments(ticket.id(), ALL).items().toString().contains("secret"));
    TicketRedacted mark = assertInstanceOf(TicketRedacted.class, history.get(0).event());
    assertEquals(Facts.BOB, mark.by());
    assertEquals("held a password", mark.reason());
    assertTrue(journal.reads().operation(ALICE, created.id()).orElseThrow().fits("any"));
    assertEquals("secret of another", tailed.ticket(other.id()).content().title());
    Outcome none = tailed.append(Facts.redact(ticket, Redaction.ofComment(999), null));
    assertEquals(new Outcome.Missing(Outcome.Missing.What.COMMENT), none);
  }

  @Test
  void eventsAreSealedNumberedAndChained() {
    Tailed tailed = Tailed.of(journal);
    Ticket created = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    Ticket other = tailed.ticketAfter(Facts.create(id(2), 0, "two"));
    Ticket locked = tailed.ticketAfter(Facts.lock(created, "calling"));
    Ticket commented = tailed.ticketAfter(Facts.comment(locked, "hello"));

    assertEquals(1, created.number());
    assertEquals(2, other.number());
    assertEquals(created.revision(), created.changedRevision());
    assertEquals(locked.revision(), locked.lock().token());
    assertEquals(created.revision(), commented.changedRevision());
    assertEquals(locked.lock(), commented.lock());
    assertEquals("Why: one", commented.content().description());
    assertEquals(commented.revision(), Facts.head(journal));
    long previous = 0;
    for (SequencedEvent event : tailed.events()) {
      assertEquals(previous, event.previousRevision());
      assertTrue(event.revision() > previous);
      assertEquals(event.revision(), event.event().ticket().revision());
      previous = event.revision();
    }
    TicketCommented said = assertInstanceOf(TicketCommented.class, tailed.events().get(3).event());
    assertEquals(1, said.comment().id());
  }

  @Test
  void whatTheTailDeliversIsWhatIsReadBack() {
    long seed = RandomFacts.seed();
    List<SequencedEvent> heard = grown(seed, randomEvents()).events();
    List<SequencedEvent> read = new ArrayList<>();
    while (read.size() < heard.size()) {
      long after = read.isEmpty() ? 0 : read.get(read.size() - 1).revision();
      List<SequencedEvent> next = journal.reads().eventsAfter(after, 50, 50_000);
      assertFalse(next.isEmpty(), "seed " + seed);
      read.addAll(next);
    }
    assertEquals(heard, read, "seed " + seed);
    for (SequencedEvent event : heard) {
      assertEquals(Optional.of(event), journal.reads().event(event.revision()), "seed " + seed);
    }
  }

  @Test
  void ticketAtTellsEveryStateThereWas() {
    long seed = RandomFacts.seed();
    List<SequencedEvent> heard = grown(seed, randomEvents() * 2 / 3).events();
    TicketBook book = new TicketBook();
    for (SequencedEvent event : heard) {
      book.apply(event);
      for (Ticket ticket : book.tickets()) {
        assertEquals(
            Optional.of(ticket),
            journal.reads().ticketAt(ticket.id(), event.revision()),
            "seed " + seed);
      }
    }
    SequencedEvent last = heard.get(heard.size() - 1);
    assertEquals(
        book.find(last.event().ticket().id()),
        journal.reads().ticketAt(last.event().ticket().id(), Long.MAX_VALUE));
    assertEquals(Optional.empty(), journal.reads().ticketAt(heard.get(0).event().ticket().id(), 0));
  }

  private Tailed grown(long seed, int events) {
    Tailed tailed = Tailed.of(journal);
    RandomFacts facts = new RandomFacts(seed);
    for (int i = 0; i < events; i++) {
      tailed.ticketAfter(facts.next(tailed.book()));
    }
    return tailed;
  }

  @Test
  void theCommentsOfRaisesAreCommentsLikeOthers() {
    Tailed tailed = Tailed.of(journal);
    Ticket raised = tailed.ticketAfter(Facts.raised(id(1), "disk:/var", "full"));
    Ticket said = tailed.ticketAfter(Facts.comment(raised, "looking"));
    Ticket again = tailed.ticketAfter(Facts.raised(said, "still full"));

    assertEquals(Optional.of(again), tailed.book().findByKey("disk:/var"));
    assertEquals(2, again.content().get(TicketField.RAISED));
    Paged<Comment> comments =
        journal.reads().comments(again.id(), new Page(Long.MAX_VALUE, 10, 10_000));
    assertEquals(
        List.of("still full", "looking", "full"),
        comments.items().stream().map(Comment::text).toList());
    assertEquals(List.of(3L, 2L, 1L), comments.items().stream().map(Comment::id).toList());
    assertEquals(
        tailed.events(), journal.reads().eventsAfter(0, 10, 100_000), "what the tail delivered");
    assertEquals(Optional.empty(), journal.reads().imported(again.id()));
    assertEquals(Optional.of(again), journal.reads().ticketAt(again.id(), Long.MAX_VALUE));
  }

  @Test
  void theCommentsOfRaisesCanBeRedacted() {
    Tailed tailed = Tailed.of(journal);
    Ticket raised = tailed.ticketAfter(Facts.raised(id(1), "disk:/var", "secret one"));
    Ticket again = tailed.ticketAfter(Facts.raised(raised, "secret two"));
    for (Comment comment : newest(again)) {
      Redaction what = Redaction.ofComment(comment.id());
      Ticket now = tailed.book().find(again.id()).orElseThrow();
      tailed.ticketAfter(Facts.redact(now, what, null));
    }
    assertEquals(
        List.of(Redaction.TEXT, Redaction.TEXT),
        newest(again).stream().map(Comment::text).toList());
    assertFalse(journal.reads().eventsAfter(0, 10, 100_000).toString().contains("secret"));
  }

  private List<Comment> newest(Ticket ticket) {
    return journal.reads().comments(ticket.id(), new Page(Long.MAX_VALUE, 10, 10_000)).items();
  }

  @Test
  void aTicketThatMovedConflicts() {
    Tailed tailed = Tailed.of(journal);
    Ticket created = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    Ticket moved = tailed.ticketAfter(Facts.comment(created, "hello"));
    Outcome conflict = new Outcome.Conflict(moved.revision());
    assertEquals(conflict, tailed.append(Facts.retitle(created, "late", null)));
    assertEquals(conflict, tailed.append(Facts.create(id(1), 0, "again")));
    Append absent = Facts.comment(created.withRevision(5, 5), "to nobody");
    Ticket nobody =
        new Ticket(
            new TicketId(id(9)),
            9,
            created.content(),
            created.created(),
            created.updated(),
            5,
            5,
            0,
            null);
    assertEquals(new Outcome.Conflict(0), tailed.append(Facts.comment(nobody, "to nobody")));
    assertEquals(conflict, tailed.append(absent));
    assertEquals(2, tailed.events().size());
    assertEquals(moved.revision(), Facts.head(journal));
  }

  @Test
  void anOperationHasOneEffect() {
    Tailed tailed = Tailed.of(journal);
    Ticket created = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    Operation operation = Facts.operation("op", "print", false);
    Ticket changed = tailed.ticketAfter(Facts.retitle(created, "two", operation));
    RecordedOperation recorded = new RecordedOperation("print", changed.revision());

    Outcome repeated = new Outcome.Repeated(recorded);
    assertEquals(repeated, tailed.append(Facts.retitle(created, "two", operation)));
    assertEquals(repeated, tailed.append(Facts.retitle(changed, "two", operation)));
    Operation otherContent = Facts.operation("op", "other", false);
    assertEquals(repeated, tailed.append(Facts.retitle(changed, "three", otherContent)));
    assertEquals(Optional.of(recorded), journal.reads().operation(ALICE, operation.id()));
    AgentName bob = new AgentName("bob");
    assertEquals(Optional.empty(), journal.reads().operation(bob, operation.id()));
    Operation bobs = new Operation(bob, operation.id(), "print", false);
    tailed.ticketAfter(Facts.retitle(changed, "bob's", bobs));
    assertEquals(3, tailed.events().size());
  }

  @Test
  void theSecondOfTwoSameOperationsInOneBatchSeesTheFirst() {
    Tailed tailed = Tailed.of(journal);
    Operation operation = Facts.operation("create", "print", true);
    List<CompletableFuture<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Append append = Facts.create(id(i), 0, Facts.draft("t"), operation);
      stages.add(journal.append(append).toCompletableFuture());
    }
    List<Outcome> outcomes = stages.stream().map(CompletableFuture::join).toList();
    assertEquals(1, tailed.events().size());
    long revision = tailed.events().get(0).revision();
    List<Outcome> expected =
        new ArrayList<>(
            Collections.nCopies(
                49, new Outcome.Repeated(new RecordedOperation("print", revision))));
    expected.add(outcomes.indexOf(new Outcome.Appended(revision)), new Outcome.Appended(revision));
    assertEquals(expected, outcomes, "one was appended");
  }

  @Test
  void numbersRiseAndAreNeverReused() {
    Tailed tailed = Tailed.of(journal);
    long[][] wantedAndGiven = {
      {0, 1}, {1, 2}, {7, 7}, {3, 3}, {0, 8}, {7, 9}, {100, 100}, {0, 101}
    };
    for (int i = 0; i < wantedAndGiven.length; i++) {
      Ticket ticket = tailed.ticketAfter(Facts.create(id(i), wantedAndGiven[i][0], "t"));
      assertEquals(wantedAndGiven[i][1], ticket.number(), "create " + i);
    }
  }

  @Test
  void commentsAndHistoryComeInPagesNewestFirst() {
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    tailed.ticketAfter(Facts.comment(tailed.ticketAfter(Facts.create(id(2), 0, "two")), "other"));
    List<Comment> said = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ticket = tailed.ticketAfter(Facts.comment(ticket, "comment " + i));
      said.add(0, new Comment(ticket.commentCount(), Facts.NOON, ALICE, "comment " + i));
      ticket = tailed.ticketAfter(Facts.lock(ticket, null));
      ticket = tailed.ticketAfter(Facts.unlock(ticket));
    }
    assertEquals(new Paged<>(said, false), journal.reads().comments(ticket.id(), ALL));
    assertEquals(
        new Paged<>(said, false), journal.reads().comments(ticket.id(), page(Long.MAX_VALUE, 7)));
    Paged<Comment> first = journal.reads().comments(ticket.id(), page(Long.MAX_VALUE, 3));
    assertEquals(new Paged<>(said.subList(0, 3), true), first);
    Paged<Comment> rest =
        journal.reads().comments(ticket.id(), page(first.items().get(2).id(), 10));
    assertEquals(new Paged<>(said.subList(3, 7), false), rest);

    List<SequencedEvent> events = new ArrayList<>(tailed.events());
    Collections.reverse(events);
    Ticket mine = ticket;
    events.removeIf(event -> !event.event().ticket().id().equals(mine.id()));
    assertEquals(new Paged<>(events, false), journal.reads().history(ticket.id(), ALL));
    Paged<SequencedEvent> newest = journal.reads().history(ticket.id(), page(Long.MAX_VALUE, 4));
    assertEquals(new Paged<>(events.subList(0, 4), true), newest);
    assertInstanceOf(TicketLocked.class, newest.items().get(1).event());
    assertEquals(
        new Paged<>(events.subList(4, events.size()), false),
        journal.reads().history(ticket.id(), page(newest.items().get(3).revision(), 100)));
    TicketId unknown = new TicketId(id(77));
    assertEquals(new Paged<>(List.of(), false), journal.reads().comments(unknown, ALL));
    assertEquals(new Paged<>(List.of(), false), journal.reads().history(unknown, ALL));
  }

  @Test
  void anImportIsOneEventWithItsComments() {
    Tailed tailed = Tailed.of(journal);
    Ticket other = tailed.ticketAfter(Facts.create(id(1), 0, "other"));
    Ticket ticket = tailed.ticketAfter(Facts.imported(id(2), 1, "old", "first", "second", "third"));
    assertEquals(ticket.revision(), Facts.head(journal));
    assertEquals(2, tailed.events().size());
    SequencedEvent came = tailed.events().get(1);
    assertEquals(other.revision(), came.previousRevision());
    assertTrue(assertInstanceOf(TicketCreated.class, came.event()).imported());
    assertEquals(2, ticket.number(), "1 was taken");
    assertEquals(3, ticket.commentCount());
    assertEquals(Facts.NOON.minus(Duration.ofDays(400)), ticket.updated().at());

    List<Comment> brought =
        List.of(Facts.said(1, "first"), Facts.said(2, "second"), Facts.said(3, "third"));
    assertEquals(Optional.of(new Imported(came, brought)), journal.reads().imported(ticket.id()));
    assertEquals(Optional.of(came), journal.reads().event(came.revision()));
    assertEquals(Optional.empty(), journal.reads().imported(other.id()));
    assertEquals(Optional.empty(), journal.reads().imported(new TicketId(id(77))));
    assertEquals(List.of(came), journal.reads().history(ticket.id(), ALL).items());
    assertEquals(List.of(came), journal.reads().eventsAfter(other.revision(), 10, Long.MAX_VALUE));
  }

  @Test
  void importedCommentsArePagedBelowAllLaterOnes() {
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.imported(id(1), 9, "old", "one", "two", "three"));
    tailed.ticketAfter(Facts.imported(id(2), 5, "another", "not this one"));
    List<Comment> newestFirst = new ArrayList<>(journal.reads().comments(ticket.id(), ALL).items());
    for (int i = 0; i < 2; i++) {
      ticket = tailed.ticketAfter(Facts.comment(ticket, "later " + i));
      newestFirst.add(0, new Comment(ticket.commentCount(), Facts.NOON, ALICE, "later " + i));
    }
    assertEquals(
        List.of("later 1", "later 0", "three", "two", "one"),
        newestFirst.stream().map(Comment::text).toList());
    for (int limit = 1; limit <= 6; limit++) {
      List<Comment> read = new ArrayList<>();
      Paged<Comment> some = new Paged<>(List.of(), true);
      while (some.more()) {
        long before = read.isEmpty() ? Long.MAX_VALUE : read.get(read.size() - 1).id();
        some = journal.reads().comments(ticket.id(), page(before, limit));
        assertTrue(some.items().size() <= limit);
        read.addAll(some.items());
      }
      assertEquals(newestFirst, read, "limit " + limit);
    }
    Page byBytes = new Page(Long.MAX_VALUE, 100, 1);
    assertEquals(1, journal.reads().comments(ticket.id(), byBytes).items().size());
    Paged<Comment> none = new Paged<>(List.of(), false);
    assertEquals(none, journal.reads().comments(ticket.id(), page(1, 10)));
    assertEquals(none, journal.reads().comments(ticket.id(), page(0, 10)));
  }

  @Test
  void theIdOfACommentIsItsOrdinal() {
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.imported(id(1), 0, "old", "one", "two"));
    Append third = Facts.comment(ticket, "three");
    WireEvent other = third.event().withCommentId(4);
    assertThrows(IllegalArgumentException.class, () -> new Append(ticket.revision(), null, other));
    Append first = Facts.imported(id(2), 0, "another", "one");
    List<Comment> later = List.of(Facts.said(2, "one"));
    assertThrows(IllegalArgumentException.class, () -> new Append(0, null, first.event(), later));
    Ticket after = tailed.ticketAfter(third);
    Redaction second = Redaction.ofComment(2);
    after = tailed.ticketAfter(Facts.redact(after, second, null));
    tailed.ticketAfter(Facts.comment(after, "four"));
    assertEquals(
        List.of("4 four", "3 three", "2 " + Redaction.TEXT, "1 one"),
        newest(after).stream().map(comment -> comment.id() + " " + comment.text()).toList());
  }

  @Test
  void aTicketIsImportedOnce() {
    Tailed tailed = Tailed.of(journal);
    Append imported = Facts.imported(id(1), 9, "old", "one");
    Ticket ticket = tailed.ticketAfter(imported);
    assertEquals(new Outcome.Conflict(ticket.revision()), tailed.append(imported));
    assertEquals(10, tailed.ticketAfter(Facts.create(id(2), 0, "next")).number());
    assertEquals(1, journal.reads().comments(ticket.id(), ALL).items().size());
  }

  @Test
  void numbersEndWhereTheyCannotBeNamed() {
    Tailed tailed = Tailed.of(journal);
    Append above = Facts.imported(id(1), WireLimits.MAX_NUMBER + 1, "above");
    assertEquals(1, tailed.ticketAfter(above).number());
    Append highest = Facts.imported(id(2), WireLimits.MAX_NUMBER, "highest");
    assertEquals(WireLimits.MAX_NUMBER, tailed.ticketAfter(highest).number());
    long head = Facts.head(journal);
    Outcome none = new Outcome.Missing(Outcome.Missing.What.NUMBER);
    assertEquals(none, tailed.append(Facts.create(id(3), 0, "next")));
    assertEquals(none, tailed.append(Facts.imported(id(4), WireLimits.MAX_NUMBER, "taken")));
    assertEquals(head, Facts.head(journal));
    assertEquals(7, tailed.ticketAfter(Facts.imported(id(5), 7, "free")).number());
  }

  private static Page page(long before, int limit) {
    return new Page(before, limit, Long.MAX_VALUE);
  }

  @Test
  void pagesAreCutByBytesButNeverEmpty() {
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    for (int i = 0; i < 5; i++) {
      ticket = tailed.ticketAfter(Facts.comment(ticket, "x".repeat(10_000)));
    }
    Paged<Comment> one = journal.reads().comments(ticket.id(), new Page(Long.MAX_VALUE, 100, 1));
    assertEquals(1, one.items().size());
    assertTrue(one.more());
    Paged<Comment> two =
        journal.reads().comments(ticket.id(), new Page(Long.MAX_VALUE, 100, 25_000));
    assertEquals(2, two.items().size());
    assertEquals(
        2,
        journal.reads().history(ticket.id(), new Page(Long.MAX_VALUE, 100, 25_000)).items().size());
    long second = tailed.events().get(1).revision();
    assertEquals(1, journal.reads().eventsAfter(second, 100, 1).size());
    assertEquals(2, journal.reads().eventsAfter(second, 100, 25_000).size());
    assertEquals(4, journal.reads().eventsAfter(second, 100, Long.MAX_VALUE).size());
  }

  @Test
  void remembersItsOwnPastOnly() {
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    String own = journal.journalId();
    assertTrue(journal.reads().remembers(new ResumePoint(own, 0)));
    assertTrue(journal.reads().remembers(new ResumePoint(own, ticket.revision())));
    assertFalse(journal.reads().remembers(new ResumePoint(own, ticket.revision() + 1)));
    assertFalse(journal.reads().remembers(new ResumePoint(own, -1)));
    assertFalse(journal.reads().remembers(new ResumePoint("another", 0)));
    assertFalse(journal.reads().remembers(new ResumePoint(own, 1L << 40)));
  }

  @Test
  void remembersRevisionsOfEventsOnly() {
    Tailed tailed = Tailed.of(journal);
    tailed.ticketAfter(Facts.imported(id(1), 0, "one", "a", "b", "c"));
    tailed.ticketAfter(Facts.create(id(2), 0, "two"));
    String own = journal.journalId();
    List<Long> expected = tailed.events().stream().map(SequencedEvent::revision).toList();
    List<Long> remembered = new ArrayList<>();
    for (long revision = Math.max(1, expected.get(0) - 5);
        revision < expected.get(1) + 5;
        revision++) {
      if (journal.reads().remembers(new ResumePoint(own, revision))) {
        remembered.add(revision);
      }
    }
    assertEquals(expected, remembered);
  }

  @Test
  void theListenerHearsBeforeTheStageCompletes() {
    Tailed tailed = Tailed.of(journal);
    for (int i = 0; i < 100; i++) {
      int expected = i + 1;
      int heard =
          journal
              .append(Facts.create(id(i), 0, "t"))
              .thenApply(outcome -> tailed.events().size())
              .toCompletableFuture()
              .join();
      assertEquals(expected, heard);
    }
  }

  @Test
  protected void moreThanTheQueueHoldsIsBusy() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    journal.tail(holdingUp(reached, released));
    journal.append(Facts.create(id(0), 0, "holds up"));
    reached.await();
    List<CompletableFuture<Outcome>> stages = new ArrayList<>();
    for (int i = 1; i <= AppendQueue.CAPACITY + 3_000; i++) {
      stages.add(journal.append(Facts.create(id(i), 0, "t")).toCompletableFuture());
    }
    long busy = stages.stream().filter(CompletableFuture::isDone).count();
    assertTrue(busy >= 1_000, "busy: " + busy);
    assertEquals(new Outcome.Busy(), stages.get(stages.size() - 1).join());
    released.countDown();
    long appended =
        stages.stream().filter(stage -> stage.join() instanceof Outcome.Appended).count();
    assertEquals(stages.size() - busy, appended);
    assertEquals(appended + 1, journal.reads().eventsAfter(0, 20_000, Long.MAX_VALUE).size());
  }

  /** A listener that keeps the journal's thread at the first event. */
  private static Journal.Listener holdingUp(CountDownLatch reached, CountDownLatch released) {
    return new Journal.Listener() {
      @Override
      public void onSnapshot(Iterable<Ticket> tickets, long revision) {}

      @Override
      public void onEvent(SequencedEvent event) {
        reached.countDown();
        awaitUninterrupted(released);
      }

      @Override
      public void onFailure(String reason) {}
    };
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closingWritesWhatWaits() {
    List<CompletableFuture<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      stages.add(journal.append(Facts.create(id(i), 0, "t")).toCompletableFuture());
    }
    journal.close();
    for (CompletableFuture<Outcome> stage : stages) {
      assertTrue(stage.isDone());
      assertInstanceOf(Outcome.Appended.class, stage.join());
    }
    assertInstanceOf(
        Outcome.ReadOnly.class,
        journal.append(Facts.create(id(9_999), 0, "late")).toCompletableFuture().join());
  }

  @Test
  void aSecondListenerIsAMistake() {
    Tailed.of(journal);
    assertThrows(IllegalStateException.class, () -> Tailed.of(journal));
  }

  @Test
  void aListenerThatCannotTakeAnEventStopsTheJournal() {
    journal.tail(
        new Journal.Listener() {
          @Override
          public void onSnapshot(Iterable<Ticket> tickets, long revision) {}

          @Override
          public void onEvent(SequencedEvent event) {
            throw new IllegalStateException("thrown by a test");
          }

          @Override
          public void onFailure(String reason) {}
        });
    Append append = Facts.create(id(1), 0, "t");
    Outcome outcome = journal.append(append).toCompletableFuture().join();
    Outcome.Appended appended = assertInstanceOf(Outcome.Appended.class, outcome);
    assertTrue(journal.failure().contains("event " + appended.revision()));
    assertInstanceOf(
        Outcome.ReadOnly.class,
        journal.append(Facts.create(id(2), 0, "t")).toCompletableFuture().join());
  }
}
