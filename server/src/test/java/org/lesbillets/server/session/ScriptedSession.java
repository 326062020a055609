package org.lesbillets.server.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.session.FakeTransport.Way;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;

/** One session of a rig with a fake transport, and the words in which tests script it. */
final class ScriptedSession implements AutoCloseable {
  private static final Pattern SHORT =
      Pattern.compile("\"type\":\"(\\w+)\"(?:.*?\"requestId\":\"(\\w+)\")?.*?\"revision\":(\\d+)");

  private final SessionRig rig;
  private final FakeTransport transport = new FakeTransport();
  private final ClientSession session;

  ScriptedSession(SessionRig rig) {
    this.rig = rig;
    this.session = rig.open(transport);
  }

  ClientSession session() {
    return session;
  }

  FakeTransport transport() {
    return transport;
  }

  /** Starts a watch of everything. */
  void watch() {
    rig.watchAll(session);
    rig.settle();
  }

  /** Starts a watch with a query. */
  void watch(String query) {
    rig.watch(session, query(query), null);
    rig.settle();
  }

  void resume(long revision) {
    rig.watch(session, null, revision);
  }

  void endWatch() {
    rig.endWatch(session);
    rig.settle();
  }

  private static TicketQuery query(String text) {
    try {
      return TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers a request with the event that it caused. */
  void answer(SequencedEvent event, String requestId) {
    assertTrue(session.gate().admit(requestId, 0));
    session.answer(requestId, EventJson.of(event).answer(requestId, false));
  }

  void pong(String requestId) {
    session.refuse(new ServerMessage.Pong(requestId, 0));
  }

  /** Has the transport hold the next write, which is the push of an event. */
  void holdAPush() {
    hold(rig::happensAndIsTold);
  }

  /** Has the transport hold the next write, which is the answer "p". */
  void holdAPong() {
    hold(() -> pong("p"));
  }

  /** Has the transport hold the write that {@code cause} leads to. */
  void hold(Runnable cause) {
    transport.becomes(Way.HELD);
    cause.run();
    await().until(transport::isHeld);
  }

  /** Completes the write that is held, once one is; later ones complete by themselves. */
  void release() {
    await().until(transport::isHeld);
    transport.becomes(Way.INSIDE).complete();
  }

  void pass(Duration duration) {
    rig.pass(session, duration);
  }

  void passSeconds(int seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  /** Why the session is over, or null. */
  SessionEnd reason() {
    return rig.reason(session);
  }

  /** Waits for the end of the session. */
  SessionEnd awaitReason() {
    await().until(() -> reason() != null);
    return reason();
  }

  /** The frames that arrived, in short: an event is its revision, an answer "request=revision". */
  List<String> received() {
    return transport.frames().stream().map(ScriptedSession::inShort).toList();
  }

  /** Waits until so many frames have arrived. */
  List<String> awaitReceived(int frames) {
    await().until(() -> transport.frames().size() == frames);
    return received();
  }

  /** Waits until as many frames have arrived, and holds that they are these. */
  void assertReceives(String... frames) {
    await().until(() -> transport.frames().size() == frames.length);
    assertReceived(frames);
  }

  /** Holds that these frames, and no others, have arrived. */
  void assertReceived(String... frames) {
    assertEquals(List.of(frames), received());
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

  /** Holds what is true of every session in the end. */
  @Override
  public void close() {
    assertFalse(transport.overlapped(), "two writes at once");
    assertEquals(0, transport.writesAfterCut(), "written after the end");
  }
}
