package org.lesbillets.cli.client.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.lock.LockLostReason.Kind;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.RejectionCode;

/** A lease that is kept on although the server was away for longer than it lasts. */
final class LeaseOutageTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration LEFT = Duration.ofMillis(300);

  private final AtomicBoolean away = new AtomicBoolean(true);
  private final AtomicBoolean refuses = new AtomicBoolean();
  private final List<ClientMessage> heard = new CopyOnWriteArrayList<>();
  private final List<LockLostReason> lost = new CopyOnWriteArrayList<>();
  private final ScriptedServer server = ScriptedServer.start(this::serve);
  private final long began = System.nanoTime();
  private final LeaseKeeper lease =
      LeaseKeeper.start(
          server.settings(), new Lease(17, 9, TTL, LEFT), OnServerAway.KEEP_TRYING, lost::add);

  @AfterEach
  void end() {
    lease.close();
    server.close();
  }

  private void serve(ScriptedPeer peer) throws IOException {
    if (away.get()) {
      peer.refuse("503 Service Unavailable");
      return;
    }
    peer.welcome(9);
    while (true) {
      ClientMessage request = peer.read();
      heard.add(request);
      if (request instanceof GetTickets) {
        peer.send(SampleMessages.all(request, 9, false, SampleMessages.locked(9, 9, TTL)));
      } else if (request instanceof LockTicket && refuses.get()) {
        peer.reject(request, RejectionCode.STALE_TOKEN);
      } else if (request instanceof LockTicket renewal) {
        peer.grant(renewal, 10);
      } else {
        peer.answer(request, 11);
      }
    }
  }

  private void returns() {
    await().until(() -> System.nanoTime() - began > 2 * LEFT.toNanos());
    assertEquals(List.of(), lost);
    away.set(false);
  }

  private <T extends ClientMessage> List<T> heard(Class<T> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void goesOnWhenTheServerWasAway() {
    returns();
    await().until(() -> heard(LockTicket.class).size() == 1);
    LockTicket renewal = heard(LockTicket.class).get(0);
    assertEquals(9, renewal.token());
    assertEquals(TTL, renewal.terms().ttl(), "it may have its whole time again");
    assertEquals(List.of(), lost);
    lease.release(Duration.ofSeconds(3));
    lease.close();
    assertEquals(1, heard(UnlockTicket.class).size());
    assertFalse(lease.release(GiveBack.FAILED, Duration.ofSeconds(3)), "it is over");
    assertEquals(1, heard(UnlockTicket.class).size());
  }

  @Test
  void aClaimIsGivenBack() {
    returns();
    assertTrue(lease.release(GiveBack.FAILED, Duration.ofSeconds(3)));
    assertEquals(GiveBack.FAILED, heard(UnlockTicket.class).get(0).giveBack());
  }

  @Test
  void anyOtherLossIsOne() {
    refuses.set(true);
    returns();
    await().until(() -> !lost.isEmpty());
    assertEquals(List.of(Kind.REFUSED), lost.stream().map(LockLostReason::kind).toList());
    assertEquals(1, heard(LockTicket.class).size());
  }

  @Test
  void whatWasClosedIsNotKeptAnew() {
    lease.close();
    returns();
    await().during(Duration.ofMillis(1_500)).until(heard::isEmpty);
    assertEquals(List.of(), lost);
  }
}
