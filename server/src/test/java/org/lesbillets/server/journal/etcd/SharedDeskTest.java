package org.lesbillets.server.journal.etcd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.server.journal.Facts.ALICE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.RecordedOperation;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.world.World;

/** Several servers on one desk, and what the network, the members and time do to them. */
final class SharedDeskTest {
  private static final Page ALL = new Page(Long.MAX_VALUE, 1_000, Long.MAX_VALUE);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int RACES = 100;

  private static EtcdMember etcd;

  private final String desk = UUID.randomUUID().toString();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void startEtcd() throws Exception {
    etcd = EtcdMember.start();
  }

  @AfterAll
  static void stopEtcd() {
    if (etcd != null) {
      etcd.close();
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  private static UUID id(long n) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L + n);
  }

  private EtcdJournal open(String prefix) {
    return open(etcd.access(prefix));
  }

  private EtcdJournal open(EtcdAccess access) {
    EtcdJournal journal = EtcdJournal.open(access, World.system());
    opened.add(journal);
    return journal;
  }

  private static void heard(Tailed tailed, long revision) {
    await().atMost(PATIENCE).until(() -> tailed.book().revision() >= revision);
  }

  @Test
  void oneOfTwoServersWinsEachRace() {
    Tailed here = Tailed.of(open(desk));
    Tailed there = Tailed.of(open(desk));
    Ticket ticket = here.ticketAfter(Facts.create(id(1), 0, "one"));
    for (int i = 0; i < RACES; i++) {
      Ticket seen = ticket;
      CompletableFuture<Outcome> other =
          CompletableFuture.supplyAsync(() -> there.append(Facts.comment(seen, "there")));
      Outcome own = here.append(Facts.comment(seen, "here"));
      List<Outcome> outcomes = List.of(own, other.join());
      Outcome.Appended won =
          outcomes.stream()
              .filter(Outcome.Appended.class::isInstance)
              .map(Outcome.Appended.class::cast)
              .findFirst()
              .orElseThrow(() -> new AssertionError(outcomes));
      assertTrue(outcomes.contains(new Outcome.Conflict(won.revision())), outcomes::toString);
      // An outcome comes behind what it speaks of, also that of the loser.
      ticket = here.ticket(ticket.id());
      assertEquals(won.revision(), ticket.revision());
      assertEquals(ticket, there.ticket(ticket.id()));
    }
    assertEquals(here.events(), there.events());
  }

  @Test
  void numbersAndOperationsAreOfAllServers() {
    EtcdJournal one = open(desk);
    Tailed here = Tailed.of(one);
    Tailed there = Tailed.of(open(desk));
    List<CompletableFuture<Outcome>> creates = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Tailed server = i % 2 == 0 ? here : there;
      int n = i;
      creates.add(
          CompletableFuture.supplyAsync(() -> server.append(Facts.create(id(n), 0, "t" + n))));
    }
    creates.forEach(create -> assertInstanceOf(Outcome.Appended.class, create.join()));
    heard(here, Facts.head(one));
    List<Long> numbers = here.book().tickets().stream().map(Ticket::number).sorted().toList();
    assertEquals(40, numbers.stream().distinct().count(), numbers::toString);
    Operation operation = Facts.operation("change", "print", false);
    Ticket ticket = here.book().tickets().get(0);
    Ticket changed = here.ticketAfter(Facts.retitle(ticket, "new", operation));
    assertEquals(
        new Outcome.Repeated(new RecordedOperation("print", changed.revision())),
        there.append(Facts.retitle(ticket, "new", operation)));
  }

  @Test
  void anotherServerStartsFromASnapshot() {
    EtcdJournal one = open(desk);
    Tailed here = Tailed.of(one);
    Ticket ticket = here.ticketAfter(Facts.create(id(1), 0, "one"));
    here.ticketAfter(Facts.imported(id(2), 7, "old", "a", "b"));
    here.ticketAfter(Facts.lock(ticket, "mine"));
    one.close();
    EtcdJournal two = open(desk);
    assertEquals(one.journalId(), two.journalId());
    Tailed there = Tailed.of(two);
    assertEquals(here.book().tickets(), there.book().tickets());
    assertEquals(here.book().revision(), there.book().revision());
    Ticket next = there.ticketAfter(Facts.create(id(3), 0, "next"));
    assertEquals(8, next.number());
    assertEquals(here.book().revision(), there.events().get(0).previousRevision());
  }

  @Test
  void desksOfOneClusterAreApart() {
    EtcdJournal one = open(desk);
    EtcdJournal two = open(desk + "2");
    assertNotEquals(one.journalId(), two.journalId());
    Tailed here = Tailed.of(one);
    Tailed there = Tailed.of(two);
    Ticket ticket = here.ticketAfter(Facts.create(id(1), 0, "one"));
    Ticket other = there.ticketAfter(Facts.create(id(1), 0, "other"));
    assertEquals(1, other.number());
    assertEquals("one", here.ticket(ticket.id()).content().title());
    assertEquals(ticket.revision(), Facts.head(one));
    assertEquals(1, there.events().size());
    assertEquals(Optional.empty(), two.reads().event(ticket.revision()));
  }

  @Test
  void compactionLosesNoEvent() {
    EtcdJournal journal = open(desk);
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    Ticket before = tailed.ticketAfter(Facts.comment(ticket, "said"));
    ticket = tailed.ticketAfter(Facts.retitle(before, "two", null));
    long last = tailed.ticketAfter(Facts.create(id(2), 0, "last")).revision();
    try (EtcdConnection direct = EtcdConnection.of(etcd.access(desk))) {
      direct.await(direct.compact(last));
    }
    List<SequencedEvent> events = tailed.events();
    assertEquals(events, journal.reads().eventsAfter(0, 100, Long.MAX_VALUE));
    assertEquals(
        events.get(1).event(), journal.reads().event(before.revision()).orElseThrow().event());
    assertEquals(
        events.subList(0, 3).stream().map(SequencedEvent::event).toList(),
        reversed(journal.reads().history(ticket.id(), ALL).items()));
    assertEquals(Optional.of(before), journal.reads().ticketAt(ticket.id(), before.revision()));
    ResumePoint old = new ResumePoint(journal.journalId(), before.revision());
    assertFalse(journal.reads().remembers(old), "a snapshot is less work");
    assertTrue(journal.reads().remembers(new ResumePoint(journal.journalId(), last)));
    tailed.ticketAfter(Facts.comment(ticket, "the tail goes on"));
  }

  private static List<Object> reversed(List<SequencedEvent> newestFirst) {
    List<Object> events = new ArrayList<>();
    newestFirst.forEach(event -> events.add(0, event.event()));
    return events;
  }

  @Test
  void aLostAnswerIsAskedForAgain() throws Exception {
    LossyProxy proxy = new LossyProxy(etcd.port());
    opened.add(proxy);
    String url = "etcd://127.0.0.1:" + proxy.port() + "/" + desk;
    EtcdJournal journal = open(EtcdAccess.open(EtcdAddress.parse(url)));
    Tailed tailed = Tailed.of(journal);
    Tailed other = Tailed.of(open(desk));
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    proxy.lose();
    Operation operation = Facts.operation("op", "print", false);
    CompletableFuture<Outcome> stage =
        journal.append(Facts.retitle(ticket, "two", operation)).toCompletableFuture();
    await().atMost(PATIENCE).until(() -> other.events().size() == 2);
    assertFalse(stage.isDone());
    proxy.reset();
    Outcome.Appended appended =
        assertInstanceOf(Outcome.Appended.class, stage.get(20, TimeUnit.SECONDS));
    assertEquals(other.events().get(1).revision(), appended.revision());
    assertEquals(2, journal.reads().eventsAfter(0, 10, Long.MAX_VALUE).size(), "written once");
    assertEquals(other.events(), tailed.events());
    assertEquals(
        Optional.of(new RecordedOperation("print", appended.revision())),
        journal.reads().operation(ALICE, operation.id()));
  }

  @Test
  void aClusterThatDoesNotAnswerIsAnObstacleThatPasses() throws Exception {
    EtcdJournal journal = open(desk);
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    etcd.signal("STOP");
    try {
      await().atMost(PATIENCE).until(() -> journal.obstacle() != null);
      assertTrue(journal.obstacle().behind());
      String reason = journal.obstacle().reason();
      assertTrue(reason.contains("behind, since "), reason);
      assertEquals(new Outcome.Behind(reason), tailed.append(Facts.comment(ticket, "no")));
    } finally {
      etcd.signal("CONT");
    }
    await().atMost(PATIENCE).until(() -> journal.obstacle() == null);
    tailed.ticketAfter(Facts.comment(ticket, "yes"));
    assertNull(journal.failure());
  }

  @Test
  void whatWasAcknowledgedOutlivesTheMember() throws Exception {
    EtcdJournal journal = open(desk);
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    etcd.kill();
    CompletableFuture<Outcome> stage =
        journal.append(Facts.comment(ticket, "meanwhile")).toCompletableFuture();
    etcd.run();
    assertInstanceOf(Outcome.Appended.class, stage.get(20, TimeUnit.SECONDS));
    assertEquals(2, journal.reads().eventsAfter(0, 10, Long.MAX_VALUE).size());
    assertEquals(2, tailed.events().size());
    assertNull(journal.failure());
  }

  @Test
  void aDeskThatIsGoneEndsTheJournal() throws Exception {
    EtcdJournal journal = open(desk);
    Tailed tailed = Tailed.of(journal);
    Ticket ticket = tailed.ticketAfter(Facts.create(id(1), 0, "one"));
    etcd.delete(desk);
    await().atMost(PATIENCE).until(() -> journal.failure() != null);
    assertTrue(tailed.failure().contains("is gone from etcd"), tailed.failure());
    assertInstanceOf(Outcome.ReadOnly.class, tailed.append(Facts.comment(ticket, "no")));
    assertEquals(1, tailed.book().size());
    assertEquals(new TicketId(id(1)), ticket.id());
  }

  @Test
  void aFullClusterSaysSo() throws Exception {
    try (EtcdMember small = EtcdMember.start("--quota-backend-bytes=1000000");
        EtcdJournal journal = EtcdJournal.open(small.access(desk), World.system())) {
      Tailed tailed = Tailed.of(journal);
      Outcome outcome = null;
      int taken = 0;
      while (taken < 100 && (taken == 0 || outcome instanceof Outcome.Appended)) {
        String text = "x".repeat(60_000);
        outcome =
            tailed.append(
                Facts.create(id(taken++), 0, Facts.draft("t").withDescription(text), null));
      }
      Outcome.Busy full = assertInstanceOf(Outcome.Busy.class, outcome);
      assertTrue(full.reason().contains("no space left (mvcc: database space"), full.reason());
      assertNull(journal.failure());
      assertNull(journal.obstacle());
      assertEquals(taken - 1, journal.reads().eventsAfter(0, 100, Long.MAX_VALUE).size());
    }
  }

  @Test
  void aStartWithoutAClusterSaysWhatIsWrong() {
    EtcdAddress nobody = EtcdAddress.parse("etcd://127.0.0.1:1/desk");
    JournalException refused =
        assertThrows(
            JournalException.class,
            () -> EtcdJournal.open(EtcdAccess.open(nobody), World.system()));
    assertEquals(
        "The etcd cluster etcd://127.0.0.1:1/desk does not answer (Connection refused): see that it"
            + " runs, and try again.",
        refused.getMessage());
  }
}
