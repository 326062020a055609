package org.lesbillets.server.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.session.FakeTransport.Way;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;

class ClientSessionTest {
  private static final TicketQuery OPEN = open();

  private final SessionRig rig = new SessionRig(2 * FrameLog.SEGMENT_BYTES);
  private final ScriptedSession client = new ScriptedSession(rig);
  private final FakeTransport transport = client.transport();
  private final ClientSession session = client.session();

  @AfterEach
  void stop() {
    rig.close();
    client.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"INSIDE", "ELSEWHERE"})
  void aSnapshotIsFollowedByTheLog(Way way) {
    transport.becomes(way);
    rig.happens();
    rig.watchAll(session);
    for (int i = 2; i <= 5; i++) {
      rig.happensAndIsTold();
    }
    client.assertReceives("AllTickets 1", "2", "3", "4", "5");
  }

  @Test
  void whatWasMissedComesFromTheJournalThenFromTheLog() {
    rig.happen(1_000);
    assertEquals(-1, rig.log().positionAfter(10));
    client.resume(10);
    client.awaitReceived(991);
    rig.happensAndIsTold();
    client.awaitReceived(992);
    List<String> told = client.received();
    assertEquals("Resumed 10", told.get(0));
    for (int i = 1; i <= 991; i++) {
      assertEquals("" + (10 + i), told.get(i));
    }
  }

  @Test
  void whatTheJournalForgotMeanwhileIsNoHoleButTheEnd() {
    rig.happen(1_000);
    client.hold(() -> client.resume(10));
    rig.journal().forget(500);
    client.release();
    assertEquals(SessionEnd.FORGOTTEN, client.awaitReason());
    assertFalse(client.received().contains("501"));
  }

  @Test
  void aWatchReplacedUnderAWriteLeavesTheBytesOfThatWriteAlone() {
    client.watch();
    client.holdAPush();
    client.watch();
    rig.fillRing();
    assertEquals(FrameLog.SEGMENT_BYTES, rig.log().overdueBytes());
    client.release();
    client.awaitReceived(1_003);
    assertEquals(
        List.of("AllTickets 0", "1", "AllTickets 1", "2", "3"), client.received().subList(0, 5));
    assertEquals(1_003, client.received().size());
    assertEquals(0, rig.log().overdueBytes());
  }

  @Test
  void aWatchEndedUnderAWriteEndsWithThatWrite() {
    client.watch();
    client.holdAPush();
    client.endWatch();
    rig.fillRing();
    client.release();
    rig.settle();
    rig.happensAndIsTold();
    rig.settle();
    client.assertReceived("AllTickets 0", "1", "AllTickets 1");
    assertEquals(0, rig.log().overdueBytes());
  }

  @ParameterizedTest
  @EnumSource(names = {"THROWS", "FAILS"})
  void aConnectionThatFailsEndsTheSessionAndNobodyElse(Way way) {
    FakeTransport others = new FakeTransport();
    ClientSession other = rig.open(others);
    rig.watchAll(session);
    rig.watchAll(other);
    rig.settle();
    transport.becomes(way);
    rig.happensAndIsTold();
    client.awaitReason();
    assertTrue(transport.isCut());
    rig.fillRing();
    rig.settle();
    assertEquals(0, rig.log().overdueBytes());
    assertEquals(1_002, others.frames().size());
    assertNull(rig.reason(other));
  }

  @Test
  void aCutSessionKeepsItsSegmentUntilItsWriteEnds() {
    transport.keepsWritesWhenCut();
    client.watch();
    client.holdAPush();
    session.end(SessionEnd.CLOSED);
    rig.settle();
    assertTrue(transport.isCut());
    rig.fillRing();
    assertEquals(FrameLog.SEGMENT_BYTES, rig.log().overdueBytes());
    transport.complete();
    rig.settle();
    assertEquals(0, rig.log().overdueBytes());
    client.pong("late");
    client.watch();
    client.assertReceived("AllTickets 0", "1");
  }

  @Test
  void fallsOutOfTheRingAndIsCut() {
    client.watch();
    client.holdAPush();
    rig.fillRing();
    client.pass(Duration.ofMillis(1));
    assertEquals(SessionEnd.BEHIND, client.reason());
    assertEquals(0, rig.log().overdueBytes());
  }

  @Test
  void anAnswerComesAfterThePushedCopyAndBeforeWhatHappenedLater() {
    client.watch();
    client.holdAPush();
    client.answer(rig.happens(), "a");
    client.answer(rig.happens(), "b");
    client.pong("p");
    rig.settle();
    client.assertReceived("AllTickets 0");
    client.release();
    client.assertReceives("AllTickets 0", "1", "2", "3", "a=2", "b=3", "Pong 0");
  }

  @Test
  void answersToThoseWhoDoNotWatchGoAtOnce() {
    client.answer(rig.happens(), "a");
    rig.settle();
    client.assertReceived("a=1");
  }

  @Test
  void anOutboxFullOfEventsOfAWatchCuts() {
    rig.watch(session, OPEN, null);
    await().until(() -> rig.registered().size() == 1);
    transport.becomes(Way.HELD);
    byte[] event = new byte[60_000];
    for (int i = 0; i < 25; i++) {
      rig.registered().peek().push(event);
    }
    assertEquals(SessionEnd.OUTBOX_FULL, client.awaitReason());
    assertTrue(transport.isCut());
  }

  @Test
  void noAnswerCutsAndWhoHoldsMuchIsNotReadFrom() {
    transport.becomes(Way.HELD);
    String text = "x".repeat(500_000);
    for (int i = 0; i < 100; i++) {
      session.gate().admit(text, 0);
      session.answer(new ServerMessage.Pong(text, 0));
    }
    assertFalse(session.gate().isReadable());
    List<String> resumed = new CopyOnWriteArrayList<>();
    session.gate().suspend(() -> resumed.add("resumed"));
    rig.settle();
    assertEquals(List.of(), resumed);
    client.release();
    // Not awaited: to parse all that was written takes long, and the drainer writes it in one task.
    rig.settle();
    assertEquals(100, client.received().size());
    assertEquals(List.of("resumed"), resumed);
    assertTrue(session.gate().isReadable());
    assertEquals(0, rig.unreadBytes());
  }

  @Test
  void refusalsAreBoundedByReadingNoMore() {
    transport.becomes(Way.HELD);
    String text = "x".repeat(60_000);
    for (int i = 0; i < 25; i++) {
      session.refuse(new ServerMessage.Pong(text, 0));
    }
    assertFalse(session.gate().isReadable());
    client.release();
    await().until(session.gate()::isReadable);
    assertNull(client.reason());
  }

  /** The server does not hear it then. */
  @Test
  void whoIsNotReadFromIsNotSilentAndWhoTakesNothingIsStalled() {
    session.gate().admit("late", 40 * 1024 * 1024);
    session.gate().suspend(() -> {});
    client.passSeconds(60);
    assertNull(client.reason());
    client.holdAPong();
    client.passSeconds(11);
    assertEquals(SessionEnd.STALLED, client.reason());
  }

  @Test
  void whenAllHoldTooMuchWhoTakesNothingIsCutSoon() {
    ClientSession other = rig.open(new FakeTransport());
    client.holdAPong();
    client.passSeconds(2);
    assertNull(client.reason());
    other.gate().admit("r", 150 * 1024 * 1024);
    client.passSeconds(1);
    assertEquals(SessionEnd.MEMORY, client.reason());
    assertNull(rig.reason(other));
  }

  @Test
  void theEndOfASessionReleasesWhatItHeldAndWhoReadsForIt() {
    transport.becomes(Way.HELD);
    session.gate().admit("late", 40 * 1024 * 1024);
    List<String> resumed = new CopyOnWriteArrayList<>();
    session.gate().suspend(() -> resumed.add("resumed"));
    session.end(SessionEnd.CLOSED);
    rig.settle();
    assertEquals(List.of("resumed"), resumed);
    assertEquals(0, rig.unreadBytes());
    session.answer(new ServerMessage.Pong("late", 0));
    assertEquals(0, rig.unreadBytes());
  }

  @Test
  void aWriteWithoutProgressCuts() {
    client.holdAPong();
    client.passSeconds(9);
    transport.progress();
    client.passSeconds(9);
    assertNull(client.reason(), "there was progress 9 s ago");
    client.passSeconds(2);
    assertEquals(SessionEnd.STALLED, client.reason());
  }

  @Test
  void whoIsSilentIsAskedAndThenCut() {
    client.passSeconds(10);
    client.assertReceived();
    client.pass(Duration.ofMillis(1));
    client.assertReceived("ping");
    client.passSeconds(14);
    session.arrived();
    // Half a second less, so that the check after that is in time.
    client.pass(Duration.ofMillis(24_500));
    assertNull(client.reason());
    client.pass(Duration.ofMillis(1));
    assertEquals(SessionEnd.SILENT, client.reason());
  }

  /** The kernel takes pings for a peer that is long gone, and may say so on another thread. */
  @Test
  void whatOnlyTheTransportTookIsNoSignOfLife() {
    client.passSeconds(10);
    transport.becomes(Way.ELSEWHERE);
    client.pass(Duration.ofMillis(1));
    client.assertReceives("ping");
    rig.settle();
    transport.becomes(Way.INSIDE);
    client.passSeconds(15);
    assertEquals(SessionEnd.SILENT, client.reason());
  }

  @Test
  void theBytesForWhichTheTransportHadRoomAreNoSignOfLife() {
    client.passSeconds(20);
    transport.becomes(Way.HELD_IN_PART);
    client.pong("p");
    await().until(transport::isHeld);
    client.passSeconds(6);
    assertEquals(SessionEnd.SILENT, client.reason());
  }

  /** The server was stopped: what its peers said has yet to be read. */
  @Test
  void aPauseOfTheServerIsNoSilenceAndNoStall() {
    client.holdAPong();
    client.passSeconds(8);
    rig.stop(Duration.ofSeconds(60));
    assertNull(client.reason());
    client.passSeconds(1);
    assertNull(client.reason());
    client.passSeconds(3);
    assertEquals(SessionEnd.STALLED, client.reason());
  }

  @Test
  void aPeerThatIsProbedIsPingedAndToldOfOnce() {
    List<String> arrivals = new CopyOnWriteArrayList<>();
    client.passSeconds(3);
    assertEquals(Duration.ofSeconds(3).toNanos(), session.peer().quietNanos());
    session.peer().probe(() -> arrivals.add("first"));
    session.peer().probe(() -> arrivals.add("last"));
    await().until(() -> client.received().contains("ping"));
    assertEquals(List.of(), arrivals);
    assertEquals(
        Duration.ofSeconds(3).toNanos(), session.peer().quietNanos(), "a write is no arrival");
    session.arrived();
    session.arrived();
    assertEquals(List.of("last"), arrivals);
    assertEquals(0, session.peer().quietNanos());
  }

  @Test
  void whoTakesAllTheTimeWhatItIsSentIsNotSilent() {
    client.holdAPong();
    for (int i = 0; i < 10; i++) {
      transport.progress();
      client.passSeconds(9);
    }
    assertNull(client.reason());
    client.release();
    await().until(() -> client.received().equals(List.of("Pong 0", "ping")));
  }

  @Test
  void aPingDoesNotWaitForWhatAnAnswerWaitsFor() {
    client.watch();
    // In the log, but the drainer was not told: the answer waits for it.
    client.watch("status:open");
    client.answer(rig.happens(), "a");
    client.passSeconds(11);
    client.assertReceived("AllTickets 0", "AllTickets 0", "ping");
  }

  @Test
  void aCloseIsTheLastThingAndComesAfterWhatHappened() {
    client.watch();
    client.holdAPush();
    client.answer(rig.happens(), "a");
    session.close(1012, "the server stops");
    rig.settle();
    rig.happensAndIsTold();
    client.release();
    await().until(() -> client.received().contains("close 1012"));
    client.pong("p");
    rig.happensAndIsTold();
    rig.settle();
    assertEquals("close 1012", client.received().get(client.received().size() - 1));
    assertTrue(
        client.received().containsAll(List.of("1", "2", "a=2")), client.received().toString());
    assertTrue(session.isClosing());
    assertTrue(session.isGone(), "what it is granted from now on, it does not hear of");
    assertTrue(rig.isClosing(session));
    client.pass(Duration.ofMillis(5_001));
    assertEquals(SessionEnd.CLOSE_TIMEOUT, client.reason());
  }

  @Test
  void aWatchWithAQueryHearsAnEventBeforeItsAnswerEvenWhileItCatchesUp() {
    client.watch("status:open");
    FilteredWatch watch = rig.registered().remove();
    SequencedEvent event = rig.happens();
    client.answer(event, "a");
    rig.settle();
    client.assertReceived("AllTickets 0");
    watch.push(FilteredWatch.frame(EventJson.of(event).pushed()));
    SessionRig.goLive(watch, 1);
    SequencedEvent later = rig.happens();
    watch.push(FilteredWatch.frame(EventJson.of(later).pushed()));
    client.answer(later, "b");
    rig.settle();
    client.assertReceived("AllTickets 0", "1", "a=1", "2", "b=2");
  }

  @Test
  void whatAnEndedWatchStillHadToSayIsNotSaid() {
    client.watch("status:open");
    FilteredWatch old = rig.registered().remove();
    SessionRig.goLive(old, 0);
    client.holdAPong();
    old.push(FilteredWatch.frame(EventJson.of(rig.happens()).pushed()));
    client.watch("status:closed");
    client.release();
    await().until(() -> client.received().size() == 3);
    rig.settle();
    client.assertReceived("AllTickets 0", "Pong 0", "AllTickets 1");
    assertTrue(old.isEnded());
  }

  @Test
  void aWatchReplacedBeforeItWasLiveGivesUpItsAnswersBehindTheNext() {
    client.watch("status:open");
    client.answer(rig.happens(), "a");
    rig.watchAll(session);
    client.assertReceives("AllTickets 0", "AllTickets 1", "a=1");
  }

  private static TicketQuery open() {
    try {
      return TicketQuery.parse("status:open");
    } catch (QuerySyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
