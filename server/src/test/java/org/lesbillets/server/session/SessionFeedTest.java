package org.lesbillets.server.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Workers;
import org.lesbillets.server.world.FakeClock;
import org.lesbillets.server.world.ManualWorld;

/** The order of what a session has to write, while its peer reads nothing. */
class SessionFeedTest {
  private static final int MANY = 5_000;

  private final FrameLog log = new FrameLog(1024 * 1024, 0);
  private final Outbox outbox =
      new Outbox(16 * 1024 * 1024, log, new Drainer(new ManualWorld(new FakeClock())), new Idle());
  private final SessionFeed feed = new SessionFeed(log, outbox, source -> {});
  private boolean watchEnded;

  /** The test looks for itself. */
  private static final class Idle implements Outbox.Consumer {
    @Override
    public void pump() {}

    @Override
    public void counted(Outbox.Kind kind, int change) {}

    @Override
    public void cut(SessionEnd why) {}
  }

  private record Source(WatchEffect effect) implements ChunkSource {
    @Override
    public FairLane lane(Workers workers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Chunk next() {
      return null;
    }

    @Override
    public FairLane.Job job() {
      return null;
    }
  }

  private void made(ChunkSource.WatchEffect effect, String frames) {
    Source source = new Source(effect);
    feed.add(source);
    feed.made(source, ChunkSource.Chunk.of(frames.getBytes(UTF_8)));
  }

  private void push(String json) {
    outbox.push(json.getBytes(UTF_8), () -> watchEnded);
  }

  /** What is written, one write after the other. */
  private List<String> written() {
    List<String> writes = new ArrayList<>();
    for (SessionFeed.PendingWrite next = feed.next(); next != null; next = feed.next()) {
      writes.add(UTF_8.decode(next.frames().duplicate()).toString().replaceAll("[^a-z ]", ""));
      feed.written(next);
    }
    return writes;
  }

  @Test
  void whatAWatchMissedGoesBehindWhatItWasPushed() {
    push("pushed before");
    made(ChunkSource.WatchEffect.CONTINUES, "missed");
    assertEquals(List.of("pushed before", "missed"), written());
  }

  @Test
  void thatHoldsForMoreThanOneWriteTakes() {
    String text = "pushed".repeat(5);
    for (int i = 0; i < MANY; i++) {
      push(text);
    }
    made(ChunkSource.WatchEffect.CONTINUES, "missed");
    List<String> writes = written();
    assertEquals(writes.size() - 1, writes.indexOf("missed"));
    assertEquals(MANY * text.length(), String.join("", writes).length() - "missed".length());
  }

  @Test
  void pushesOfAWatchThatEndedHoldNothingUp() {
    push("of another watch");
    watchEnded = true;
    made(ChunkSource.WatchEffect.CONTINUES, "missed");
    assertEquals(List.of("missed"), written());
  }

  @Test
  void aListDoesNotWaitForPushes() {
    push("pushed");
    made(ChunkSource.WatchEffect.NONE, "list");
    assertEquals(List.of("list", "pushed"), written());
    assertNull(feed.next());
  }
}
