package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;

class TicketBookTest {
  private static final AgentName ALICE = new AgentName("alice");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TicketBook book = new TicketBook();

  private static SequencedEvent created(long revision, Ticket ticket) {
    return new SequencedEvent(
        revision, revision - 1, new WireEvent.TicketCreated(TicketMaker.NOW, ALICE, ticket, false));
  }

  private static SequencedEvent locked(long revision, Ticket ticket) {
    return new SequencedEvent(
        revision,
        revision - 1,
        new WireEvent.TicketLocked(TicketMaker.NOW, ALICE, ticket, false, false));
  }

  private List<Long> matching(String ref, int limit) {
    return book.matches(TicketRef.parse(ref), limit).stream().map(Ticket::number).toList();
  }

  @Test
  void aKeyMeansItsOpenTicket() {
    TicketBook book = new TicketBook();
    Ticket plain = TicketMaker.ticket(17).make();
    Ticket open = plain.withContent(plain.content().with(TicketField.KEY, "disk"));
    Ticket closed = open.withContent(open.content().with(TicketField.STATUS, TicketStatus.CLOSED));
    book.put(open);
    assertEquals(List.of(open), book.matches(TicketRef.parse("key:disk"), 2));
    book.put(closed);
    assertEquals(List.of(), book.matches(TicketRef.parse("key:disk"), 2));
    Ticket next = TicketMaker.ticket(18).make();
    Ticket other = next.withContent(next.content().with(TicketField.KEY, "disk"));
    book.put(other);
    book.put(closed);
    assertEquals(Optional.of(other), book.findByKey("disk"));
    book.put(other.withContent(other.content().with(TicketField.STATUS, TicketStatus.CLOSED)));
    book.put(open);
    assertEquals(Optional.of(open), book.findByKey("disk"));
  }

  @Test
  void anEmptyBookKnowsNothing() {
    assertEquals(0, book.size());
    assertEquals(0, book.revision());
    assertEquals(List.of(), book.tickets());
    assertEquals(Optional.empty(), book.findByNumber(1));
    assertEquals(Optional.empty(), book.find(TicketMaker.ticket(1).make().id()));
    assertEquals(List.of(), matching("abcd", 9));
  }

  @Test
  void anEventReplacesTheTicketAndMovesTheRevision() {
    book.apply(created(4, TicketMaker.ticket(1).make()));
    book.apply(created(9, TicketMaker.ticket(1).title("Other").make()));
    assertEquals(1, book.size());
    assertEquals(9, book.revision());
    assertEquals("Other", book.findByNumber(1).orElseThrow().content().title());
  }

  @Test
  void keepsTheDescriptionAnEventLeavesOut() {
    Ticket whole = TicketMaker.ticket(1).description("All of it").make();
    book.apply(created(1, whole));
    book.apply(locked(2, TicketMaker.ticket(1).description(null).title("New").make()));
    assertEquals("All of it", book.findByNumber(1).orElseThrow().content().description());
    assertEquals("New", book.findByNumber(1).orElseThrow().content().title());
  }

  @Test
  void anEventCanEmptyTheDescription() {
    book.apply(created(1, TicketMaker.ticket(1).description("All of it").make()));
    book.apply(created(2, TicketMaker.ticket(1).description("").make()));
    assertEquals("", book.findByNumber(1).orElseThrow().content().description());
  }

  @Test
  void aTicketFirstHeardOfWithoutDescriptionHasAnEmptyOne() {
    book.apply(locked(1, TicketMaker.ticket(1).description(null).make()));
    assertEquals("", book.findByNumber(1).orElseThrow().content().description());
  }

  @Test
  void keepsLocksSettledSoThatTwoTellingsAreEqual() {
    TicketBook other = new TicketBook();
    book.apply(locked(1, TicketMaker.ticket(1).locked("bob", MINUTE, MINUTE).make()));
    other.apply(locked(1, TicketMaker.ticket(1).locked("bob", MINUTE, Duration.ZERO).make()));
    assertEquals(other.tickets(), book.tickets());
    TicketLock lock = book.findByNumber(1).orElseThrow().lock();
    assertEquals(lock.ttl(), lock.expiresIn());
    assertEquals(0, lock.waiting());
  }

  @Test
  void aReleasedLockIsGone() {
    book.apply(locked(1, TicketMaker.ticket(1).locked("bob", MINUTE, MINUTE).make()));
    book.apply(locked(2, TicketMaker.ticket(1).make()));
    assertFalse(book.findByNumber(1).orElseThrow().isLocked());
  }

  @Test
  void findsByPrefix() {
    book.put(TicketMaker.ticket(1).id("abcd0000-0000-4000-8000-000000000001").make());
    book.put(TicketMaker.ticket(2).id("abcd0000-0000-4000-8000-000000000002").make());
    book.put(TicketMaker.ticket(3).id("abce0000-0000-4000-8000-000000000003").make());
    book.put(TicketMaker.ticket(4).id("ffffffff-ffff-ffff-ffff-ffffffffffff").make());
    assertEquals(List.of(1L, 2L), matching("abcd", 9));
    assertEquals(List.of(1L), matching("ABCD", 1));
    assertEquals(List.of(1L, 2L), matching("abcd0000-0000-", 9));
    assertEquals(List.of(3L), matching("abce", 9));
    assertEquals(List.of(4L), matching("ffff", 9));
    assertEquals(List.of(), matching("abcf", 9));
    assertEquals(List.of(2L), matching("abcd0000-0000-4000-8000-000000000002", 9));
    assertEquals(List.of(), matching("abcd0000-0000-4000-8000-000000000009", 9));
    assertEquals(List.of(3L), matching("3", 9));
    assertEquals(List.of(), matching("17", 9));
  }

  @Test
  void aListTakenStaysAsItWas() {
    book.put(TicketMaker.ticket(1).make());
    List<Ticket> before = book.tickets();
    book.put(TicketMaker.ticket(1).title("Other").make());
    book.put(TicketMaker.ticket(2).make());
    assertEquals(List.of(TicketMaker.ticket(1).make()), before);
    assertThrows(UnsupportedOperationException.class, () -> before.remove(0));
  }

  @Test
  void standsWhereASnapshotEnds() {
    book.put(TicketMaker.ticket(1).make());
    assertEquals(0, book.revision());
    book.standAt(40);
    assertEquals(40, book.revision());
  }

  @Test
  void aSnapshotAndTheEventsAfterItMakeTheSameBook() throws Exception {
    SeededTest.run(
        random -> {
          List<SequencedEvent> events = randomEvents(random, 500);
          int cut = random.nextInt(events.size());
          TicketBook whole = new TicketBook();
          TicketBook joined = new TicketBook();
          events.subList(0, cut).forEach(whole::apply);
          whole.tickets().forEach(joined::put);
          joined.standAt(whole.revision());
          events.subList(cut, events.size()).forEach(whole::apply);
          events.subList(cut, events.size()).forEach(joined::apply);
          assertEquals(whole.tickets(), joined.tickets());
          assertEquals(whole.revision(), joined.revision());
        });
  }

  private static List<SequencedEvent> randomEvents(Random random, int count) {
    List<SequencedEvent> events = new ArrayList<>();
    for (int revision = 1; revision <= count; revision++) {
      TicketMaker ticket = TicketMaker.ticket(random.nextInt(1, 20)).title("At " + revision);
      if (random.nextBoolean()) {
        Duration left = Duration.ofSeconds(random.nextInt(900));
        events.add(locked(revision, ticket.description(null).locked("bob", MINUTE, left).make()));
      } else {
        events.add(created(revision, ticket.description("Text " + revision).make()));
      }
    }
    return events;
  }
}
