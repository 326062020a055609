package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.world.Processes;

/** Locks that last as long as a process. */
class ProcessLocksTest {
  private static final UserPrincipal USER = () -> "alice";
  private static final long PID = 4_711;

  private final Map<Long, Processes.State> states = new HashMap<>();
  private ManualDesk hand;
  private Asker alice;
  private Asker bob;

  @BeforeEach
  void open() {
    states.put(PID, Processes.State.RUNNING);
    hand = ManualDesk.with(new Shown());
    alice = hand.agent("alice").at(USER);
    bob = hand.agent("bob").at(USER);
    hand.done(alice, Ask.create("create", "Printer"));
  }

  private final class Shown implements Processes {
    @Override
    public CompletableFuture<Found> find(long pid, UserPrincipal user) {
      State state = states.getOrDefault(pid, State.ENDED);
      return CompletableFuture.completedFuture(
          new Found(state, state == State.RUNNING ? new Identity(pid, 1) : null));
    }

    @Override
    public State state(Identity process) {
      return states.getOrDefault(process.pid(), State.ENDED);
    }
  }

  @AfterEach
  void close() {
    hand.close();
  }

  private static ClientMessage.LockTicket lock(String id, Duration ttl) {
    LockTerms terms = LockTerms.DEFAULT.withTtl(ttl);
    return new ClientMessage.LockTicket(id, null, TicketRef.of(1), null, terms, null, null)
        .whileRuns(PID);
  }

  /** Takes a lock that follows the process, and gives its token. */
  private long held(Duration ttl) {
    hand.ask(alice, lock("lock", ttl));
    hand.look();
    return alice.event("lock").event().revision();
  }

  private void passAndLook(int seconds) {
    for (int i = 0; i < seconds; i++) {
      hand.pass(Duration.ofSeconds(1));
      hand.look();
    }
  }

  /** The look-up takes its time, and its client has asked again meanwhile. */
  @Test
  void aRequestOfAReplacedConnectionIsDroppedBehindTheLookUp() {
    hand.ask(alice, lock("lock", Duration.ofSeconds(10)));
    alice.replace();
    hand.look();
    hand.writeAll();
    assertFalse(hand.ticket(1).isLocked());
    assertEquals(0, hand.desk().unanswered());
  }

  @Test
  void itIsRenewedWhileTheProcessRunsAndEndsWithIt() {
    long token = held(Duration.ofSeconds(10));
    alice.go();
    passAndLook(60);
    assertTrue(hand.ticket(1).isLocked());
    assertEquals(token, hand.ticket(1).lock().token());
    List<WireEvent.TicketLocked> renewals =
        hand.happened().stream()
            .map(h -> h.event().event())
            .filter(event -> event instanceof WireEvent.TicketLocked)
            .map(event -> (WireEvent.TicketLocked) event)
            .skip(1)
            .toList();
    assertTrue(renewals.size() >= 6 && renewals.size() <= 15, renewals.size() + " renewals");
    assertTrue(renewals.stream().allMatch(WireEvent.TicketLocked::renewed));
    assertEquals("alice", renewals.get(0).by().value());

    states.put(PID, Processes.State.ENDED);
    passAndLook(3);
    assertFalse(hand.ticket(1).isLocked());
    WireEvent.TicketUnlocked end = (WireEvent.TicketUnlocked) hand.last().event();
    assertEquals(UnlockReason.EXPIRED, end.reason());
    int events = hand.happened().size();
    passAndLook(60);
    assertEquals(events, hand.happened().size(), "nothing follows");
  }

  /** Its token was revoked, its session ended by an administrator, or its groups are others now. */
  @Test
  void itIsNotRenewedForWhoMayNotChangeTicketsAnyMore() {
    held(Duration.ofSeconds(10));
    passAndLook(20);
    alice.mayChange(false);
    passAndLook(4);
    assertTrue(hand.ticket(1).isLocked());
    passAndLook(8);
    assertFalse(hand.ticket(1).isLocked());
    WireEvent.TicketUnlocked end = (WireEvent.TicketUnlocked) hand.last().event();
    assertEquals(UnlockReason.EXPIRED, end.reason());
  }

  /** A directory server that does not answer for a moment costs nobody the lock. */
  @Test
  void itIsRenewedAgainOnceItsHolderMayAgain() {
    long token = held(Duration.ofSeconds(20));
    alice.mayChange(false);
    passAndLook(15);
    alice.mayChange(true);
    passAndLook(60);
    assertEquals(token, hand.ticket(1).lock().token());
  }

  /** What the process was followed for is over, which a drain does not change. */
  @Test
  void itEndsWithTheProcessWhileTheServerIsDrained() {
    long token = held(Duration.ofSeconds(60));
    long other = hand.done(bob, Ask.create("create2", "Scanner")).revision();
    hand.done(bob, Ask.lock("b", 2, Duration.ofSeconds(10)));
    hand.desk().drain(true);
    passAndLook(30);
    assertEquals(token, hand.ticket(1).lock().token());
    states.put(PID, Processes.State.ENDED);
    passAndLook(3);
    assertFalse(hand.ticket(1).isLocked());
    assertTrue(hand.ticket(2).isLocked(), "another lease is held, from revision " + other);
    hand.desk().drain(false);
    passAndLook(9);
    assertTrue(hand.ticket(2).isLocked());
    passAndLook(2);
    hand.writeAll();
    assertFalse(hand.ticket(2).isLocked());
  }

  @Test
  void anEndThatCannotBeWrittenWhileDrainedIsWrittenLater() {
    held(Duration.ofSeconds(60));
    hand.desk().drain(true);
    states.put(PID, Processes.State.ENDED);
    hand.pass(Duration.ofSeconds(2));
    hand.lookOnly();
    hand.conclude(new Outcome.Busy(null));
    assertTrue(hand.ticket(1).isLocked());
    passAndLook(2);
    assertFalse(hand.ticket(1).isLocked());
  }

  @Test
  void aLongLeaseIsRenewedSeldom() {
    held(Duration.ofMinutes(15));
    int events = hand.happened().size();
    passAndLook(7 * 60);
    assertEquals(events, hand.happened().size());
    passAndLook(2 * 60);
    assertEquals(events + 1, hand.happened().size());
  }

  @Test
  void ofAProcessThatIsNotShownTheLeaseRunsOut() {
    states.put(PID, Processes.State.UNKNOWN);
    held(Duration.ofSeconds(10));
    assertTrue(hand.ticket(1).isLocked());
    passAndLook(9);
    assertTrue(hand.ticket(1).isLocked());
    passAndLook(2);
    hand.writeAll();
    assertFalse(hand.ticket(1).isLocked());
  }

  @Test
  void aProcessThatIsHiddenLaterIsNotTakenForEnded() {
    held(Duration.ofSeconds(30));
    states.put(PID, Processes.State.UNKNOWN);
    passAndLook(20);
    assertTrue(hand.ticket(1).isLocked());
    states.put(PID, Processes.State.RUNNING);
    passAndLook(60);
    assertTrue(hand.ticket(1).isLocked());
  }

  @Test
  void whatTheHolderReleasesIsNotTouchedAgain() {
    long token = held(Duration.ofSeconds(10));
    hand.done(alice, new ClientMessage.UnlockTicket("u", null, TicketRef.of(1), token, null, null));
    long other = hand.done(bob, Ask.lock("b", 1, Duration.ofSeconds(300))).revision();
    states.put(PID, Processes.State.ENDED);
    passAndLook(20);
    assertEquals(other, hand.ticket(1).lock().token());
  }

  @Test
  void aWaiterFollowsItsProcessFromTheGrantOn() {
    long token = hand.done(bob, Ask.lock("b", 1)).revision();
    hand.ask(
        alice,
        new ClientMessage.LockTicket(
                "w", null, TicketRef.of(1), null, LockTerms.DEFAULT, LockWait.FOREVER, null)
            .whileRuns(PID));
    hand.look();
    hand.done(bob, new ClientMessage.UnlockTicket("u", null, TicketRef.of(1), token, null, null));
    assertEquals("alice", hand.ticket(1).lock().holder().value());
    hand.look();
    states.put(PID, Processes.State.ENDED);
    passAndLook(3);
    assertFalse(hand.ticket(1).isLocked());
  }

  @Test
  void anEndThatCannotBeWrittenYetIsWrittenLater() {
    held(Duration.ofSeconds(60));
    states.put(PID, Processes.State.ENDED);
    hand.pass(Duration.ofSeconds(2));
    hand.lookOnly();
    hand.conclude(new Outcome.Busy(null));
    assertTrue(hand.ticket(1).isLocked());
    passAndLook(2);
    assertFalse(hand.ticket(1).isLocked());
  }

  @Test
  void aRepeatedRequestDoesNotFollowForALaterLock() {
    UUID operation = new UUID(1, 2);
    ClientMessage.LockTicket first =
        new ClientMessage.LockTicket(
                "one", operation, TicketRef.of(1), null, LockTerms.DEFAULT, null, null)
            .whileRuns(PID);
    hand.ask(alice, first);
    hand.look();
    long token = alice.event("one").event().revision();
    hand.done(alice, new ClientMessage.UnlockTicket("u", null, TicketRef.of(1), token, null, null));
    held(Duration.ofSeconds(20));
    hand.ask(alice, first.identified("again", operation));
    hand.look();
    assertTrue(alice.event("again").repeated());
    passAndLook(60);
    assertTrue(hand.ticket(1).isLocked(), "the second lock is still renewed");
  }

  /** The answer was lost, and the process, or the server's socket, is away by now. */
  @ParameterizedTest
  @ValueSource(strings = {"ENDED", "ANOTHERS", "BY_PORT"})
  void aRepeatedRequestIsAnsweredAsTheFirstTime(String meanwhile) {
    UUID operation = new UUID(3, 4);
    ClientMessage.LockTicket first =
        lock("one", Duration.ofSeconds(20)).identified("one", operation);
    hand.ask(alice, first);
    hand.look();
    long revision = alice.event("one").event().revision();
    Asker again = meanwhile.equals("BY_PORT") ? hand.agent("alice") : alice;
    if (again == alice) {
      states.put(PID, Processes.State.valueOf(meanwhile));
    }
    hand.ask(again, first.identified("again", operation));
    hand.look();
    assertTrue(again.event("again").repeated());
    assertEquals(revision, again.event("again").event().revision());
    assertEquals(0, hand.desk().unanswered());
  }

  @Test
  void aWaitThatIsCancelledDuringTheLookUpDoesNotBegin() {
    long token = hand.done(bob, Ask.lock("b", 1)).revision();
    hand.ask(alice, lock("w", Duration.ofSeconds(10)).queued(LockWait.FOREVER));
    hand.ask(alice, new ClientMessage.CancelWait("c", "w"));
    assertEquals(List.of("create", "c"), alice.answered());
    hand.look();
    hand.pass(Duration.ofMillis(1));
    assertEquals(RejectionCode.TIMEOUT, alice.code("w"));
    hand.done(bob, new ClientMessage.UnlockTicket("u", null, TicketRef.of(1), token, null, null));
    assertFalse(hand.ticket(1).isLocked());
    assertEquals(0, hand.desk().unanswered());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENDED    | INVALID   | Process 4711 does not run on the server's machine: name one",
        "ANOTHERS | FORBIDDEN | Process 4711 belongs to another user: name one of your own.",
      })
  void aProcessThatCannotBeFollowed(Processes.State state, RejectionCode code, String sentence) {
    states.put(PID, state);
    hand.ask(alice, lock("lock", null));
    hand.look();
    assertEquals(code, alice.code("lock"));
    assertTrue(alice.rejected("lock").message().startsWith(sentence));
    assertEquals("whilePid", alice.rejected("lock").details().field());
    assertFalse(hand.ticket(1).isLocked());
    assertEquals(0, hand.desk().unanswered());
  }

  @Test
  void onlyOverTheSocketAndForAFreshLockOfSomeLength() {
    Asker remote = hand.agent("carol");
    hand.ask(remote, lock("remote", null));
    assertEquals(RejectionCode.INVALID, remote.code("remote"));
    assertTrue(remote.rejected("remote").message().contains("connect to the server's socket"));
    hand.ask(alice, lock("renewal", null).renewing(5L));
    assertEquals(RejectionCode.INVALID, alice.code("renewal"));
    hand.ask(alice, lock("short", Duration.ofMillis(4_999)));
    assertEquals("ttlMillis", alice.rejected("short").details().field());
    assertEquals(0, hand.desk().unanswered());
  }
}
