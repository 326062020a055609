package org.lesbillets.cli.tui.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.Lease;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.CancelWait;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Places in line for a lock, as the live view takes and leaves them. */
final class LiveLockWaitTest {
  private final List<String> words = new CopyOnWriteArrayList<>();
  private final LiveServer server = new LiveServer();
  private final RemoteAsyncTicketService desk = server.patientDesk();
  private final AtomicReference<LockTicket> waiting = new AtomicReference<>();

  private final LockWaitListener listener =
      new LockWaitListener() {
        @Override
        public void waiting() {
          words.add("waiting");
        }

        @Override
        public void lost() {
          words.add("lost");
        }

        @Override
        public void back(ServerAddress server) {
          words.add("back");
        }

        @Override
        public void granted(EventMessage granted) {
          words.add("granted " + Lease.of(granted).token());
        }

        @Override
        public void refused(RuntimeException why) {
          words.add(why.getMessage());
        }
      };

  @AfterEach
  void end() {
    desk.close();
    server.close();
  }

  private Runnable stand() {
    LockTicket lock =
        new LockTicket(
            null,
            null,
            TicketRef.of(17),
            null,
            AsyncTicketService.leased(null),
            LockWait.FOREVER,
            null);
    return desk.waitForLock(lock, listener);
  }

  /** Lets locks wait, and answers those that leave the line with this. */
  private void standing(RejectionCode left) {
    server.otherwise(
        (peer, request) -> {
          if (request instanceof LockTicket lock) {
            waiting.set(lock);
            return true;
          }
          if (request instanceof CancelWait && left != null) {
            peer.reject(waiting.get(), left);
            return true;
          }
          if (request instanceof CancelWait) {
            peer.grant(waiting.get(), 9);
            return true;
          }
          return false;
        });
  }

  @Test
  void isToldWhenItsTurnComes() {
    stand();
    await().until(() -> words.equals(List.of("granted 9")));
  }

  @Test
  void isToldThatItWaitsAndWhatBecomesOfIt() {
    server.otherwise(
        (peer, request) -> {
          if (!(request instanceof LockTicket lock)) {
            return false;
          }
          if (waiting.getAndSet(lock) == null) {
            await().until(() -> words.contains("waiting"));
            peer.cut();
          } else {
            await().until(() -> words.contains("back"));
            peer.reject(request, RejectionCode.NOT_FOUND);
          }
          return true;
        });
    stand();
    await().until(() -> words.equals(List.of("waiting", "lost", "back", "refused: NOT_FOUND")));
  }

  @Test
  void whoLeavesHearsNoMore() {
    standing(RejectionCode.TIMEOUT);
    Runnable leave = stand();
    await().until(() -> waiting.get() != null);
    leave.run();
    leave.run();
    await().until(() -> server.heard(CancelWait.class).size() == 1);
    desk.close();
    assertEquals(List.of(), words);
    assertEquals(List.of(), server.heard(UnlockTicket.class));
  }

  @Test
  void aLockThatIsGrantedToWhoLeavesIsGivenBack() {
    standing(null);
    Runnable leave = stand();
    await().until(() -> waiting.get() != null);
    leave.run();
    await().until(() -> server.heard(UnlockTicket.class).size() == 1);
    assertEquals(9, server.heard(UnlockTicket.class).get(0).token());
    assertEquals(List.of(), words);
  }

  @Test
  void theEndLeavesAllLines() {
    standing(null);
    stand();
    await().until(() -> waiting.get() != null);
    desk.close();
    assertEquals(1, server.heard(CancelWait.class).size());
    assertEquals(1, server.heard(UnlockTicket.class).size(), "granted just then, and given back");
  }
}
