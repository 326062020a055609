package org.lesbillets.server.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;

/**
 * Sessions whose writes end inside the call, on other threads at once, or late, while watches
 * begin, are replaced, resume and end: what arrives is always one unbroken chain.
 */
class SessionStressTest {
  private static final int SESSIONS = 8;
  private static final int EVENTS = 20_000;
  private static final Pattern TYPE = Pattern.compile("^\\{\"type\":\"(\\w+)\"");
  private static final Pattern ANSWER = Pattern.compile("^.{20,40}\"requestId\":\"a(\\d+)\"");
  private static final Pattern REVISION =
      Pattern.compile("\"revision\":(\\d+)(?:,\"(?:previous|journalId)|\\}$)");

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);

  /** Ends its writes at any time, on any thread, and reads the bytes only then. */
  private final class Erratic implements SessionTransport {
    private final Random random;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private volatile boolean underWay;
    private volatile boolean overlapped;

    Erratic(long seed) {
      random = new Random(seed);
    }

    @Override
    public void write(ByteBuffer frames, WriteListener listener) {
      overlapped |= underWay;
      underWay = true;
      int dice = random.nextInt(10);
      if (dice < 5) {
        end(frames, listener);
      } else if (dice < 8) {
        threads.execute(() -> end(frames, listener));
      } else {
        threads.schedule(() -> end(frames, listener), random.nextInt(2_000), TimeUnit.MICROSECONDS);
      }
    }

    private void end(ByteBuffer frames, WriteListener listener) {
      byte[] bytes = new byte[frames.remaining()];
      frames.get(bytes);
      sent.writeBytes(bytes);
      underWay = false;
      listener.completed();
    }

    @Override
    public void leave() {
      cut();
    }

    @Override
    public void cut() {}

    @Override
    public String remote() {
      return "nowhere";
    }
  }

  @Test
  void whatArrivesIsOneUnbrokenChain() throws Exception {
    SeededTest.run(this::run);
    threads.shutdownNow();
  }

  private void run(Random random) {
    try (SessionRig rig = new SessionRig(4 * 1024 * 1024)) {
      List<Erratic> transports = new ArrayList<>();
      List<ClientSession> sessions = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        Erratic transport = new Erratic(random.nextLong());
        transports.add(transport);
        sessions.add(rig.open(transport));
      }
      for (int i = 0; i < EVENTS; i++) {
        step(rig, sessions.get(random.nextInt(SESSIONS)), random);
      }
      sessions.forEach(session -> rig.watch(session, null, rig.log().headRevision() - 10));
      rig.happensAndIsTold();
      String last = "\"revision\":" + rig.log().headRevision() + ",\"previous";
      await().until(() -> transports.stream().allMatch(t -> t.sent.toString().contains(last)));
      for (int i = 0; i < SESSIONS; i++) {
        check(transports.get(i), rig.reason(sessions.get(i)), rig.log().headRevision());
      }
      sessions.forEach(session -> session.end(SessionEnd.CLOSED));
      rig.settle();
      assertEquals(0, rig.log().overdueBytes());
    }
  }

  private static void step(SessionRig rig, ClientSession session, Random random) {
    SequencedEvent event = rig.happensAndIsTold();
    int dice = random.nextInt(400);
    if (dice == 0) {
      rig.watchAll(session);
    } else if (dice == 1) {
      rig.watch(session, null, Math.max(0, rig.log().headRevision() - random.nextInt(2_000)));
    } else if (dice == 2) {
      rig.endWatch(session);
    } else if (dice < 20) {
      String requestId = "a" + event.revision();
      session.gate().admit(requestId, 0);
      session.answer(requestId, EventJson.of(event).answer(requestId, false));
    }
    if (random.nextInt(100) == 0) {
      rig.onDrainer(() -> {});
    }
  }

  private static void check(Erratic transport, SessionEnd reason, long head) {
    assertTrue(!transport.overlapped, "two writes at once");
    ByteBuffer bytes = ByteBuffer.wrap(transport.sent.toByteArray());
    long last = -1;
    List<Long> answers = new ArrayList<>();
    for (Frame frame : Frame.read(bytes)) {
      String text = frame.text();
      Matcher type = TYPE.matcher(text);
      assertTrue(type.find(), text);
      Matcher revision = REVISION.matcher(text);
      assertTrue(revision.find(), text);
      long number = Long.parseLong(revision.group(1));
      if (!type.group(1).equals("TicketCreated")) {
        last = number;
      } else if (ANSWER.matcher(text).find()) {
        answers.add(number);
      } else {
        assertEquals(last + 1, number, "the chain broke");
        last = number;
      }
    }
    assertTrue(answers.size() > 10 && answers.stream().sorted().toList().equals(answers));
    assertEquals(0, bytes.remaining(), "ends inside a frame");
    assertTrue(reason != null || last == head, "silent at " + last + " of " + head);
    assertEquals(null, reason);
  }
}
