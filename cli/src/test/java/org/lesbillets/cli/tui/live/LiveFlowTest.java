package org.lesbillets.cli.tui.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTickets;

/**
 * More events than anybody has room for, while the one who draws is away: in an editor, say. The
 * client stops reading, the server cuts, and nothing is missed when they are back.
 */
final class LiveFlowTest {
  private static final long EVENTS = 40_000;

  /** How far the server came with the connection that it cut. */
  private final AtomicLong sent = new AtomicLong();

  private volatile boolean cut;

  /** Sends until the client has not read for so long that no server would bear with it. */
  private void flood(ScriptedPeer peer) throws IOException {
    peer.welcome(0);
    peer.send(SampleMessages.all(watching(peer), 0, false));
    Thread sending = new Thread(() -> push(peer, 0), "flood");
    sending.start();
    AtomicLong last = new AtomicLong(-1);
    // The same number after a second: nobody reads.
    await()
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> last.getAndSet(sent.get()) == sent.get());
    peer.cut();
    cut = true;
  }

  private GetTickets watching(ScriptedPeer peer) throws IOException {
    return peer.read(GetTickets.class);
  }

  private void push(ScriptedPeer peer, long after) {
    try {
      for (long revision = after + 1; revision <= EVENTS; revision++) {
        peer.push(revision, revision - 1);
        sent.set(revision);
      }
    } catch (IOException e) {
      // It was cut.
    }
  }

  private void resume(ScriptedPeer peer) throws IOException {
    peer.welcome(EVENTS);
    ClientMessage first = peer.read();
    if (first instanceof GetTickets watch) {
      assertTrue(watch.since() != null, "it goes on from where it was");
      peer.send(SampleMessages.resumed(watch));
      push(peer, watch.since().revision());
    }
  }

  @Test
  void whoComesBackHasMissedNothing() {
    List<Long> events = new ArrayList<>();
    List<String> states = new ArrayList<>();
    BoundedSlot queue = new BoundedSlot(4_096);
    try (ScriptedServer server = ScriptedServer.start(this::flood, this::resume);
        RemoteAsyncTicketService desk = new RemoteAsyncTicketService(server.settings())) {
      desk.watch(queue);
      await().until(() -> cut);
      assertTrue(sent.get() < EVENTS, "the server could not send everything, but " + sent);
      await()
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                queue.drain(news -> note(news, events, states));
                return events.size() >= EVENTS;
              });
    }
    for (int i = 0; i < EVENTS; i++) {
      assertEquals(i + 1, events.get(i));
    }
    assertEquals(
        List.of("Connecting", "Live", "Reconnecting", "Connecting", "Live"), states.subList(0, 5));
  }

  private static void note(WatchEvent news, List<Long> events, List<String> states) {
    if (news instanceof WatchEvent.Happened happened) {
      events.add(happened.event().event().revision());
    } else if (news instanceof WatchEvent.ConnectionChanged connection) {
      states.add(connection.state().getClass().getSimpleName());
    }
  }
}
