package org.lesbillets.cli.client.watch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.transport.CloseCode;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A watch against a server that leaves out, repeats, cuts, goes and forgets at random: the listener
 * still hears each event once and in order, or is told that it may have missed some. The seed is
 * printed on failure; {@code -Dbillets.seed=N} plays it again, as far as threads allow.
 */
final class WatcherChaosTest {
  private static final int EVENTS = 600;

  private final long seed = Long.getLong("billets.seed", System.nanoTime());
  private final List<EventMessage> journal = new ArrayList<>();

  private final AtomicInteger connections = new AtomicInteger();

  /** How far any connection was told; only scripts move it, and they run one after the other. */
  private volatile int told;

  @Test
  void nothingIsMissedOrDoubledUnnoticed() {
    Random random = new Random(seed);
    long revision = 0;
    for (int i = 0; i < EVENTS; i++) {
      long next = revision + 1 + random.nextInt(3);
      journal.add(SampleMessages.pushed(next, revision));
      revision = next;
    }
    CheckingListener listener = new CheckingListener();
    try (ScriptedServer server = ScriptedServer.start(this::misbehave)) {
      Watcher watcher =
          new Watcher(
              server.settings(),
              new WatchProgress(null, WatchStart.snapshot()),
              listener,
              new Backoff(() -> 0L));
      CompletableFuture<Void> run = CompletableFuture.runAsync(watcher::run);
      long last = revision;
      await().until(() -> listener.last == last || run.isDone());
      watcher.stop();
      run.join();
      assertEquals(List.of(), listener.wrong, "seed " + seed);
      assertTrue(server.connections() > 10, server.connections() + " connections, seed " + seed);
      assertTrue(listener.events > EVENTS / 3, listener.events + " events, seed " + seed);
    }
  }

  private void misbehave(ScriptedPeer peer) throws IOException {
    // A Random begins much as one with a seed near by does: it would refuse forty times in a row.
    long mixed = new SplittableRandom(seed + connections.getAndIncrement()).nextLong();
    Random random = new Random(mixed);
    if (random.nextInt(6) == 0) {
      peer.refuse("503 Service Unavailable");
      return;
    }
    peer.welcome(revisionAt(told));
    GetTickets request = peer.read(GetTickets.class);
    while (request != null) {
      int from = start(peer, request, random);
      request = from < 0 ? null : tell(peer, from, random);
    }
  }

  private long revisionAt(int index) {
    return index == 0 ? 0 : journal.get(index - 1).event().revision();
  }

  /** Resumes, or forgets; gives the place to go on from, or -1 when the connection is gone. */
  private int start(ScriptedPeer peer, GetTickets request, Random random) throws IOException {
    if (request.since() == null || random.nextInt(10) == 0) {
      told = Math.min(EVENTS, told + random.nextInt(3));
      return snapshot(peer, request, random) ? told : -1;
    }
    peer.send(SampleMessages.resumed(request));
    int index = 0;
    while (revisionAt(index) < request.since().revision()) {
      index++;
    }
    return index;
  }

  /** Tells a snapshot in parts; false when the connection dies between two of them. */
  private boolean snapshot(ScriptedPeer peer, GetTickets request, Random random)
      throws IOException {
    boolean reset = request.since() != null;
    for (int parts = random.nextInt(3); parts > 0; parts--) {
      peer.send(SampleMessages.part(request, revisionAt(told), reset, SampleMessages.ticket(1, 1)));
      if (random.nextInt(4) == 0) {
        peer.cut();
        return false;
      }
    }
    peer.send(SampleMessages.all(request, revisionAt(told), reset));
    return true;
  }

  /** Tells events until something goes wrong; gives the next request, or null at the end. */
  private GetTickets tell(ScriptedPeer peer, int from, Random random) throws IOException {
    int next = from;
    while (next < EVENTS) {
      switch (random.nextInt(24)) {
        case 0 -> peer.send(journal.get(Math.max(0, next - 1 - random.nextInt(5))));
        case 1 -> {
          if (next + 1 < EVENTS && next > from) {
            peer.sendJoined(journal.get(next + 1));
            return peer.read(GetTickets.class);
          }
        }
        case 2 -> {
          peer.cut();
          return null;
        }
        case 3 -> {
          peer.close(CloseCode.SERVICE_RESTART, "");
          return null;
        }
        case 4 -> {
          peer.raw("\u0001");
          peer.cut();
          return null;
        }
        default -> {
          peer.send(journal.get(next));
          next++;
          told = Math.max(told, next);
        }
      }
    }
    return null;
  }

  /** Holds the watch to its promise. */
  private static final class CheckingListener implements Watcher.Listener {
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private volatile long last = -1;
    private volatile int events;
    private SnapshotPart loading;

    @Override
    public void onEvent(EventMessage event) {
      events++;
      if (loading != null || event.event().previousRevision() != last) {
        wrong.add(event.event() + " came after " + last);
      }
      last = event.event().revision();
    }

    @Override
    public void onPart(SnapshotPart part) {
      boolean begins = part.at().revision() >= last && part.reset() == last >= 0;
      boolean goesOn = loading != null && part.at().equals(loading.at());
      if (part.first() ? !begins : !goesOn) {
        wrong.add(part + " after " + loading + " and " + last);
      }
      loading = part.last() ? null : part;
      last = part.last() ? part.at().revision() : last;
    }

    @Override
    public void onState(ConnectionState state) {
      // Any order of states is right here.
    }
  }
}
