package org.lesbillets.server.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.pubsub.EventChannel;
import org.lesbillets.server.update.ClientUpdater;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.world.FakeClock;

/** Watches with a query whose workers are slow: the test runs the updater and the workers. */
class FilteredWatchTest {
  private final SessionRig rig = new SessionRig(1024 * 1024);
  private final ScriptedSession client = new ScriptedSession(rig);
  private final FakeClock clock = new FakeClock();
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final EventChannel<Announcement> channel = new EventChannel<>();
  private final UpdaterWorld world = new UpdaterWorld(clock);
  private final ClientUpdater updater =
      new ClientUpdater(
          channel.subscribe(10_000),
          new ClientUpdater.Dependencies(
              new FrameLog(16 * 1024 * 1024, 0),
              new Drainer(world),
              world,
              new FairLane(work::add, 1, 100),
              Duration.ofSeconds(5)));

  @BeforeEach
  void watch() throws Exception {
    client.watch("status:open");
    updater.register(rig.registered().remove(), 0);
    update();
  }

  @AfterEach
  void close() {
    client.close();
    rig.close();
  }

  private void update() throws InterruptedException {
    world.round();
  }

  private SequencedEvent happens() throws InterruptedException {
    SequencedEvent event = rig.happens();
    Ticket after = event.event().ticket();
    channel.publish(new Announcement.Happened(event, null, after));
    update();
    return event;
  }

  private void workOnce() {
    Runnable task = work.poll();
    if (task != null) {
      task.run();
    }
  }

  @Test
  void eventsAreMatchedByWorkersAndAnswersFollowThem() throws Exception {
    SequencedEvent event = happens();
    client.answer(event, "a");
    happens();
    rig.settle();
    client.assertReceived("AllTickets 0");
    workOnce();
    client.assertReceives("AllTickets 0", "1", "a=1", "2");
    client.answer(event, "b");
    client.assertReceives("AllTickets 0", "1", "a=1", "2", "b=1");
  }

  @Test
  void aSliceIsOverByTheClock() throws Exception {
    for (int i = 0; i < 5; i++) {
      happens();
    }
    clock.lookTakes(Duration.ofMillis(1));
    workOnce();
    client.assertReceives("AllTickets 0", "1", "2");
    clock.lookTakes(Duration.ZERO);
    workOnce();
    client.assertReceives("AllTickets 0", "1", "2", "3", "4", "5");
  }

  @Test
  void aWatchThatIsFarBehindCatchesUpFromTheJournal() throws Exception {
    for (int i = 0; i < 4_097; i++) {
      happens();
    }
    await().until(() -> rig.registered().size() == 1);
    workOnce();
    rig.settle();
    long caughtUp = numbers();
    assertTrue(caughtUp > 2_000, "caught up to " + caughtUp);
    // Slices of some hundred events, between which the client reads.
    clock.lookTakes(Duration.ofNanos(10_000));
    updater.register(rig.registered().remove(), caughtUp);
    update();
    happens();
    await().until(() -> isCaughtUpWith(4_098));
    assertNull(client.reason());
  }

  /** A client that reads slowly for a moment has its watch catch up once more. */
  private boolean isCaughtUpWith(long events) throws InterruptedException {
    FilteredWatch again = rig.registered().poll();
    if (again != null) {
      rig.settle();
      updater.register(again, numbers());
      update();
    }
    do {
      rig.settle();
      workOnce();
    } while (!work.isEmpty());
    return numbers() == events;
  }

  /** How many events arrived, which must be in order. */
  private long numbers() {
    List<String> events = client.received().stream().filter(f -> f.matches("\\d+")).toList();
    for (int i = 0; i < events.size(); i++) {
      assertEquals(i + 1, Integer.parseInt(events.get(i)));
    }
    return events.size();
  }

  @Test
  void positionsTellWhatWasMatched() throws Exception {
    happens();
    clock.advance(Duration.ofSeconds(6));
    update();
    rig.settle();
    client.assertReceived("AllTickets 0");
    workOnce();
    client.assertReceives("AllTickets 0", "1");
  }
}
