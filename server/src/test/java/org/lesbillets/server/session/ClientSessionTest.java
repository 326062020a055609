package org.lesbillets.server.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

class ClientSessionTest {
  private static final Pattern SHORT =
      Pattern.compile("\"type\":\"(\\w+)\"(?:.*?\"requestId\":\"(\\w+)\")?.*?\"revision\":(\\d+)");

  private final SessionRig rig = new SessionRig(2 * FrameLog.SEGMENT_BYTES);
  private final FakeTransport transport = new FakeTransport();
  private final ClientSession session = rig.open(transport);

  @AfterEach
  void stop() {
    rig.close();
    assertFalse(transport.overlapped(), "two writes at once");
    assertEquals(0, transport.writesAfterCut(), "written after the end");
  }

  /** What arrived, in short: an event is its revision, an answer with the request's id. */
  private List<String> told() {
    return transport.frames().stream().map(ClientSessionTest::inShort).toList();
  }

  private static String inShort(Frame frame) {
    if (frame.opcode() == Frame.PING) {
      return "ping";
    }
    if (frame.opcode() == Frame.CLOSE) {
      return "close " + frame.closeCode();
    }
    Matcher m = SHORT.matcher(frame.text().replaceAll("\"ticket\":\\{.*?\\}", ""));
    assertTrue(m.find(), frame.text());
    String what = m.group(1).equals("TicketCreated") ? m.group(3) : m.group(1) + " " + m.group(3);
    boolean answers = m.group(1).equals("TicketCreated") && m.group(2) != null;
    return answers ? m.group(2) + "=" + what : what;
  }

  private void answer(SequencedEvent event, String requestId) {
    assertTrue(session.admitRequest());
    session.answer(EventJson.of(event).answer(requestId, false));
  }

  private void pong(String id) {
    session.refuse(new ServerMessage.Pong(id, 0));
  }

  private void fillRing() {
    for (int i = 0; i < 1_000; i++) {
      rig.happensAndIsTold();
      if (i % 50 == 0) {
        rig.settle();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INSIDE", "ELSEWHERE"})
  void aSnapshotIsFollowedByTheLog(Way way) {
    transport.becomes(way);
    rig.happens();
    rig.watch(session, null, null);
    for (int i = 2; i <= 5; i++) {
      rig.happensAndIsTold();
    }
    await().until(() -> told().size() == 5);
    assertEquals(List.of("AllTickets 1", "2", "3", "4", "5"), told());
  }

  @Test
  void whatWasMissedComesFromTheJournalThenFromTheLog() {
    for (int i = 1; i <= 1_000; i++) {
      rig.happens();
    }
    assertEquals(-1, rig.log().positionAfter(10));
    rig.watch(session, null, 10L);
    await().until(() -> transport.frames().size() == 991);
    rig.happensAndIsTold();
    await().until(() -> transport.frames().size() == 992);
    List<String> told = told();
    assertEquals("Resumed 10", told.get(0));
    for (int i = 1; i <= 991; i++) {
      assertEquals("" + (10 + i), told.get(i));
    }
  }

  @Test
  void whatTheJournalForgotMeanwhileIsNoHoleButTheEnd() {
    for (int i = 1; i <= 1_000; i++) {
      rig.happens();
    }
    transport.becomes(Way.HELD);
    rig.watch(session, null, 10L);
    await().until(transport::isHeld);
    rig.journal().forget(500);
    transport.becomes(Way.INSIDE).complete();
    await().until(() -> rig.reason(session) != null);
    assertTrue(rig.reason(session).contains("forgotten"), rig.reason(session));
    assertFalse(told().contains("501"));
  }

  @Test
  void aWatchReplacedUnderAWriteLeavesTheBytesOfThatWriteAlone() {
    rig.watch(session, null, null);
    rig.settle();
    transport.becomes(Way.HELD);
    rig.happensAndIsTold();
    await().until(transport::isHeld);
    rig.watch(session, null, null);
    rig.settle();
    fillRing();
    assertEquals(FrameLog.SEGMENT_BYTES, rig.log().overdueBytes());
    transport.becomes(Way.INSIDE).complete();
    await().until(() -> transport.frames().size() == 1_003);
    assertEquals(List.of("AllTickets 0", "1", "AllTickets 1", "2", "3"), told().subList(0, 5));
    assertEquals(1_003, told().size());
    assertEquals(0, rig.log().overdueBytes());
  }

  @Test
  void aWatchEndedUnderAWriteEndsWithThatWrite() {
    rig.watch(session, null, null);
    rig.settle();
    transport.becomes(Way.HELD);
    rig.happensAndIsTold();
    await().until(transport::isHeld);
    rig.endWatch(session);
    rig.settle();
    fillRing();
    transport.becomes(Way.INSIDE).complete();
    rig.settle();
    rig.happensAndIsTold();
    rig.settle();
    assertEquals(List.of("AllTickets 0", "1", "AllTickets 1"), told());
    assertEquals(0, rig.log().overdueBytes());
  }

  @ParameterizedTest
  @EnumSource(names = {"THROWS", "FAILS"})
  void aConnectionThatFailsEndsTheSessionAndNobodyElse(Way way) {
    FakeTransport others = new FakeTransport();
    ClientSession other = rig.open(others);
    rig.watch(session, null, null);
    rig.watch(other, null, null);
    rig.settle();
    transport.becomes(way);
    rig.happensAndIsTold();
    await().until(() -> rig.reason(session) != null);
    assertTrue(transport.isCut());
    fillRing();
    rig.settle();
    assertEquals(0, rig.log().overdueBytes());
    assertEquals(1_002, others.frames().size());
    assertNull(rig.reason(other));
  }

  @Test
  void aCutSessionKeepsItsSegmentUntilItsWriteEnds() {
    transport.keepsWritesWhenCut();
    rig.watch(session, null, null);
    rig.settle();
    transport.becomes(Way.HELD);
    rig.happensAndIsTold();
    await().until(transport::isHeld);
    session.end("the test wants it");
    rig.settle();
    assertTrue(transport.isCut());
    fillRing();
    assertEquals(FrameLog.SEGMENT_BYTES, rig.log().overdueBytes());
    transport.complete();
    rig.settle();
    assertEquals(0, rig.log().overdueBytes());
    pong("late");
    rig.watch(session, null, null);
    rig.settle();
    assertEquals(List.of("AllTickets 0", "1"), told());
  }

  @Test
  void fallsOutOfTheRingAndIsCut() {
    rig.watch(session, null, null);
    rig.settle();
    transport.becomes(Way.HELD);
    rig.happensAndIsTold();
    await().until(transport::isHeld);
    fillRing();
    rig.pass(session, Duration.ofMillis(1));
    assertEquals("it fell too far behind", rig.reason(session));
    assertEquals(0, rig.log().overdueBytes());
  }

  @Test
  void anAnswerComesAfterThePushedCopyAndBeforeWhatHappenedLater() {
    rig.watch(session, null, null);
    rig.settle();
    transport.becomes(Way.HELD);
    rig.happensAndIsTold();
    await().until(transport::isHeld);
    answer(rig.happens(), "a");
    answer(rig.happens(), "b");
    pong("p");
    rig.settle();
    assertEquals(List.of("AllTickets 0"), told());
    transport.becomes(Way.INSIDE).complete();
    await().until(() -> told().size() == 7);
    assertEquals(List.of("AllTickets 0", "1", "2", "3", "a=2", "b=3", "Pong 0"), told());
  }

  @Test
  void answersToThoseWhoDoNotWatchGoAtOnce() {
    answer(rig.happens(), "a");
    rig.settle();
    assertEquals(List.of("a=1"), told());
  }

  @Test
  void aFullOutboxCuts() {
    transport.becomes(Way.HELD);
    String text = "x".repeat(60_000);
    for (int i = 0; i < 25; i++) {
      session.refuse(new ServerMessage.Pong(text, 0));
    }
    await().until(() -> rig.reason(session) != null);
    assertEquals("its outbox is full", rig.reason(session));
    assertTrue(transport.isCut());
  }

  @Test
  void aWriteWithoutProgressCuts() {
    transport.becomes(Way.HELD);
    pong("p");
    await().until(transport::isHeld);
    rig.pass(session, Duration.ofSeconds(9));
    transport.progress();
    rig.pass(session, Duration.ofSeconds(9));
    assertNull(rig.reason(session), "there was progress 9 s ago");
    rig.pass(session, Duration.ofSeconds(2));
    assertEquals("a write to it made no progress for 10 s", rig.reason(session));
  }

  @Test
  void whoIsSilentIsAskedAndThenCut() {
    rig.pass(session, Duration.ofSeconds(10));
    assertEquals(List.of(), told());
    rig.pass(session, Duration.ofMillis(1));
    assertEquals(List.of("ping"), told());
    rig.pass(session, Duration.ofSeconds(14));
    session.arrived();
    rig.pass(session, Duration.ofSeconds(25));
    assertNull(rig.reason(session));
    rig.pass(session, Duration.ofMillis(1));
    assertEquals("it was silent for 25 s", rig.reason(session));
  }

  /** The server was stopped: what its peers said has yet to be read. */
  @Test
  void aPauseOfTheServerIsNoSilenceAndNoStall() {
    transport.becomes(Way.HELD);
    pong("p");
    await().until(transport::isHeld);
    rig.pass(session, Duration.ofSeconds(8));
    rig.stop(Duration.ofSeconds(60));
    assertNull(rig.reason(session));
    rig.pass(session, Duration.ofSeconds(1));
    assertNull(rig.reason(session));
    rig.pass(session, Duration.ofSeconds(3));
    assertEquals("a write to it made no progress for 10 s", rig.reason(session));
  }

  @Test
  void aPeerThatIsProbedIsPingedAndToldOfOnce() {
    List<String> arrivals = new CopyOnWriteArrayList<>();
    rig.pass(session, Duration.ofSeconds(3));
    assertEquals(Duration.ofSeconds(3).toNanos(), session.peer().quietNanos());
    session.peer().probe(() -> arrivals.add("first"));
    session.peer().probe(() -> arrivals.add("last"));
    await().until(() -> told().contains("ping"));
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
    transport.becomes(Way.HELD);
    pong("p");
    await().until(transport::isHeld);
    for (int i = 0; i < 10; i++) {
      transport.progress();
      rig.pass(session, Duration.ofSeconds(9));
    }
    assertNull(rig.reason(session));
    transport.becomes(Way.INSIDE).complete();
    await().until(() -> told().equals(List.of("Pong 0", "ping")));
  }

  @Test
  void aPingDoesNotWaitForWhatAnAnswerWaitsFor() {
    rig.watch(session, null, null);
    rig.settle();
    // In the log, but the drainer was not told: the answer waits for it.
    rig.watch(session, query("status:open"), null);
    rig.settle();
    answer(rig.happens(), "a");
    rig.pass(session, Duration.ofSeconds(11));
    assertEquals(List.of("AllTickets 0", "AllTickets 0", "ping"), told());
  }

  @Test
  void aCloseIsTheLastThingAndComesAfterWhatHappened() {
    rig.watch(session, null, null);
    rig.settle();
    transport.becomes(Way.HELD);
    rig.happensAndIsTold();
    await().until(transport::isHeld);
    answer(rig.happens(), "a");
    session.close(1012, "the server stops");
    rig.settle();
    rig.happensAndIsTold();
    transport.becomes(Way.INSIDE).complete();
    await().until(() -> told().contains("close 1012"));
    pong("p");
    rig.happensAndIsTold();
    rig.settle();
    assertEquals("close 1012", told().get(told().size() - 1));
    assertTrue(told().containsAll(List.of("1", "2", "a=2")), told().toString());
    assertTrue(session.isClosing());
    rig.pass(session, Duration.ofMillis(5_001));
    assertTrue(rig.reason(session).contains("asked to close"), rig.reason(session));
  }

  @Test
  void aWatchWithAQueryHearsAnEventBeforeItsAnswerEvenWhileItCatchesUp() {
    rig.watch(session, query("status:open"), null);
    rig.settle();
    FilteredWatch watch = rig.registered().remove();
    SequencedEvent event = rig.happens();
    answer(event, "a");
    rig.settle();
    assertEquals(List.of("AllTickets 0"), told());
    watch.push(EventJson.of(event).pushed());
    watch.goLive();
    SequencedEvent later = rig.happens();
    watch.push(EventJson.of(later).pushed());
    answer(later, "b");
    rig.settle();
    assertEquals(List.of("AllTickets 0", "1", "a=1", "2", "b=2"), told());
  }

  @Test
  void whatAnEndedWatchStillHadToSayIsNotSaid() {
    rig.watch(session, query("status:open"), null);
    rig.settle();
    FilteredWatch old = rig.registered().remove();
    old.goLive();
    transport.becomes(Way.HELD);
    pong("p");
    await().until(transport::isHeld);
    old.push(EventJson.of(rig.happens()).pushed());
    rig.watch(session, query("status:closed"), null);
    rig.settle();
    transport.becomes(Way.INSIDE).complete();
    await().until(() -> told().size() == 3);
    rig.settle();
    assertEquals(List.of("AllTickets 0", "Pong 0", "AllTickets 1"), told());
    assertTrue(old.isEnded());
  }

  @Test
  void aWatchReplacedBeforeItWasLiveGivesUpItsAnswersBehindTheNext() {
    rig.watch(session, query("status:open"), null);
    rig.settle();
    answer(rig.happens(), "a");
    rig.watch(session, null, null);
    await().until(() -> told().size() == 3);
    assertEquals(List.of("AllTickets 0", "AllTickets 1", "a=1"), told());
  }

  private static TicketQuery query(String text) {
    try {
      return TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
