package org.lesbillets.server.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** Forged histories are found out: a check that finds nothing proves nothing otherwise. */
class HistoryCheckTest {
  private static final Instant NOW = TicketMaker.NOW;
  private static final TicketRef REF = TicketRef.of(1);

  private final Ticket ticket = TicketMaker.ticket(1).title("New").make().withRevision(1, 1);
  private final List<SequencedEvent> events = new ArrayList<>();
  private final List<LockOperation> operations = new ArrayList<>();
  private long nanos;

  private SequencedEvent happens(WireEvent event) {
    long revision = events.size() + 1L;
    SequencedEvent sequenced = new SequencedEvent(revision, revision - 1, event);
    events.add(sequenced);
    return sequenced;
  }

  private void create() {
    happens(new WireEvent.TicketCreated(NOW, new AgentName("watcher"), ticket, false));
  }

  private static TicketLock lock(String holder, long token, String mark) {
    Duration ttl = Duration.ofSeconds(1);
    return new TicketLock(new AgentName(holder), token, NOW, ttl, ttl, mark, "soak", 0);
  }

  private SequencedEvent locked(String holder, String mark) {
    TicketLock lock = lock(holder, events.size() + 1L, mark);
    return happens(
        new WireEvent.TicketLocked(NOW, lock.holder(), ticket.withLock(lock), false, false));
  }

  private SequencedEvent released(TicketLock ended) {
    return happens(
        new WireEvent.TicketUnlocked(
            NOW, ended.holder(), ticket, UnlockReason.RELEASED, null, ended));
  }

  private SequencedEvent retitled(String agent, String mark, TicketLock lock) {
    return happens(
        new WireEvent.TicketUpdated(
            NOW,
            new AgentName(agent),
            ticket.withLock(lock),
            List.of(new FieldChange.Replaced(TicketField.TITLE, "New", mark)),
            false));
  }

  private static ClientMessage.LockTicket lock(String mark) {
    LockTerms terms = new LockTerms(Duration.ofSeconds(1), mark, "soak");
    return new ClientMessage.LockTicket(REF, terms).identified("", null);
  }

  private static ClientMessage.UpdateTicket retitle(String mark, Long token) {
    return new ClientMessage.UpdateTicket(
        "", null, REF, TicketPatch.of(TicketField.TITLE, mark), token, null, false);
  }

  private void answered(
      String agent, String mark, ClientMessage.TicketChange change, SequencedEvent event) {
    operation(agent, mark, change, event == null ? null : ServerMessage.EventMessage.pushed(event));
  }

  private void refused(
      String agent, String mark, ClientMessage.TicketChange change, RejectionCode code) {
    operation(
        agent, mark, change, new ServerMessage.Rejected("", code, "No.", RejectionDetails.NONE));
  }

  private void operation(
      String agent, String mark, ClientMessage.TicketChange change, ServerMessage.Answer answer) {
    long began = nanos += 10;
    long ended = answer == null ? Long.MAX_VALUE : (nanos += 10);
    operations.add(new LockOperation(agent, mark, change, 1, began, began, ended, answer));
  }

  private void assertFound(String... expected) {
    Violations found = new HistoryCheck(events, operations).check();
    assertEquals(expected.length, found.count(), found.first()::toString);
    for (int i = 0; i < expected.length; i++) {
      assertTrue(found.first().get(i).contains(expected[i]), found.first()::toString);
    }
  }

  @Test
  void anHonestHistory() {
    create();
    SequencedEvent first = locked("alice", "a1");
    answered("alice", "a1", lock("a1"), first);
    TicketLock held = first.event().ticket().lock();
    answered("alice", "a2", retitle("a2", 2L), retitled("alice", "a2", held));
    answered(
        "alice",
        "a3",
        new ClientMessage.UnlockTicket("", null, REF, 2L, null, null),
        released(held));
    refused("alice", "a4", retitle("a4", 2L), RejectionCode.STALE_TOKEN);
    answered("bob", "b1", lock("b1"), null);
    assertFound();
  }

  @Test
  void twoHolders() {
    create();
    answered("alice", "a1", lock("a1"), locked("alice", "a1"));
    answered("bob", "b1", lock("b1"), locked("bob", "b1"));
    assertFound("granted instead of LOCKED");
  }

  @Test
  void aChangeUnderAStaleToken() {
    create();
    SequencedEvent first = locked("alice", "a1");
    answered("alice", "a1", lock("a1"), first);
    TicketLock held = first.event().ticket().lock();
    answered("alice", "a2", retitle("a2", 1L), retitled("alice", "a2", held));
    assertFound("updated instead of STALE_TOKEN");
  }

  @Test
  void anAcknowledgementThatWasLost() {
    create();
    SequencedEvent first = locked("alice", "a1");
    events.remove(first);
    answered("alice", "a1", lock("a1"), first);
    assertFound("lost: ");
  }

  @Test
  void somethingThatHappenedTwiceOrThoughItWasRefused() {
    create();
    answered("alice", "a1", retitle("a1", null), retitled("alice", "a1", null));
    retitled("alice", "a1", null);
    refused("bob", "b1", retitle("b1", null), RejectionCode.STALE_REVISION);
    retitled("bob", "b1", null);
    assertFound("happened twice", "nothing explains it", "refused, and happened");
  }

  @Test
  void somethingThatCameBeforeWhatHadEnded() {
    create();
    SequencedEvent first = retitled("alice", "a1", null);
    SequencedEvent second = retitled("bob", "b1", null);
    answered("bob", "b1", retitle("b1", null), second);
    answered("alice", "a1", retitle("a1", null), first);
    assertFound("before what had ended");
  }

  @Test
  void aRefusalThatOnlyTheFutureExplains() {
    create();
    refused("bob", "b1", retitle("b1", null), RejectionCode.LOCKED);
    answered("alice", "a1", lock("a1"), locked("alice", "a1"));
    assertFound("nothing explains it");
  }

  private SequencedEvent givenUp(TicketLock ended) {
    return happens(
        new WireEvent.TicketUnlocked(
            NOW, ended.holder(), ticket, UnlockReason.RELEASED, "gone", ended));
  }

  private static ClientMessage.LockTicket waiting(String mark) {
    LockTerms terms = new LockTerms(Duration.ofSeconds(1), mark, "soak");
    return new ClientMessage.LockTicket("", null, REF, null, terms, LockWait.FOREVER, null);
  }

  @Test
  void aLockThatIsGivenUpThoughItsWaiterWasThere() {
    create();
    SequencedEvent cut = locked("alice", "a1");
    answered("alice", "a1", waiting("a1"), null);
    givenUp(cut.event().ticket().lock());
    assertFound();
    SequencedEvent heard = locked("alice", "a2");
    answered("alice", "a2", waiting("a2"), heard);
    givenUp(heard.event().ticket().lock());
    SequencedEvent atOnce = locked("bob", "b1");
    answered("bob", "b1", lock("b1"), null);
    givenUp(atOnce.event().ticket().lock());
    givenUp(atOnce.event().ticket().lock());
    assertFound(
        "though somebody was there",
        "though somebody was there",
        "ended that was not held",
        "though somebody was there");
  }

  @Test
  void aLeaseThatRanOutTooEarly() {
    create();
    answered("alice", "a1", lock("a1"), locked("alice", "a1"));
    long end = operations.get(0).began() + Duration.ofSeconds(1).toNanos();
    assertEquals(List.of(), afterEnds(end));
    List<String> found = afterEnds(end - 1);
    assertEquals(1, found.size());
    assertTrue(found.get(0).startsWith("ran out too early: "), found::toString);
  }

  /** What is found when the second event's lock was heard to run out at this time. */
  private List<String> afterEnds(long heard) {
    HistoryCheck check = new HistoryCheck(events, operations);
    check.checkEnds(Map.of(2L, heard));
    return check.check().first();
  }

  @Test
  void somethingNobodyAskedFor() {
    create();
    locked("alice", "a1");
    assertFound("nobody asked for", "the model has");
  }
}
