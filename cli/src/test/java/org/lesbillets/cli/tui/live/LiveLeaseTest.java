package org.lesbillets.cli.tui.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.lock.LockLostReason.Kind;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Leases of the live view's desk: held, adopted, finished with, released, robbed. */
final class LiveLeaseTest {
  private static final Instant AT = Instant.parse("2026-11-22T09:14:03Z");
  private static final AgentName BOB = new AgentName("bob");
  private static final TicketRef TICKET = TicketRef.of(17);

  private final List<LockLostReason> lost = new CopyOnWriteArrayList<>();
  private final LiveServer server = new LiveServer();
  private final RemoteAsyncTicketService desk = server.patientDesk();

  @AfterEach
  void end() {
    desk.close();
    server.close();
  }

  private HeldLease held() {
    HeldLease lease = desk.hold(TICKET, "editing", lost::add).join();
    await().until(server::isLeased);
    return lease;
  }

  /** Whether some keeper is still at work. */
  private static boolean isKept() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("billets-lease"));
  }

  private static EventMessage stolen() {
    TicketLock lock =
        new TicketLock(BOB, 12, AT, Duration.ofMinutes(1), Duration.ofMinutes(1), null, "cli", 0);
    return SampleMessages.pushed(
        12,
        new WireEvent.TicketLocked(
            AT,
            BOB,
            SampleMessages.ticket(17, 12).withLock(lock),
            false,
            false,
            SampleMessages.ALICE,
            "customer calls",
            false));
  }

  private static EventMessage saved(Ticket ticket) {
    return SampleMessages.pushed(
        12, new WireEvent.TicketUpdated(AT, SampleMessages.ALICE, ticket, List.of(), true));
  }

  private static UpdateTicket save() {
    return new UpdateTicket(
        null, null, TICKET, TicketPatch.of(TicketField.TITLE, "new"), 9L, null, true);
  }

  @Test
  void takesTheShortLockOfWhoEdits() {
    HeldLease lease = held();
    assertEquals(17, lease.number());
    assertEquals(9, lease.token());
    LockTicket asked = server.heard(LockTicket.class).get(0);
    assertEquals(AsyncTicketService.leased("editing"), asked.terms());
    assertEquals("tui", asked.terms().client());
    assertEquals(Duration.ofSeconds(30), asked.terms().ttl());
  }

  @Test
  void aTicketThatIsHeldElsewhereIsNotHeld() {
    server.otherwise(
        (peer, request) -> {
          peer.reject(request, RejectionCode.LOCKED);
          return true;
        });
    CompletionException e =
        assertThrows(CompletionException.class, () -> desk.hold(TICKET, null, lost::add).join());
    assertEquals(
        "refused: LOCKED", assertInstanceOf(RejectedException.class, e.getCause()).getMessage());
    assertEquals(1, server.connections(), "nothing is kept");
  }

  @Test
  void whoIsRobbedIsToldByWhomAndWhy() throws Exception {
    HeldLease lease = held();
    server.pushToLease(stolen());
    await().until(() -> lost.size() == 1);
    assertEquals(
        new LockLostReason(
            Kind.TAKEN, BOB, "customer calls", AT, "bob took the lock: \"customer calls\""),
        lost.get(0));
    lease.release();
    desk.change(save()).join();
    assertEquals(1, lost.size(), "told once");
  }

  @Test
  void aStolenLockIsKeptLikeOneThatWasFree() throws Exception {
    LockTicket steal =
        new LockTicket(
            null,
            null,
            TICKET,
            null,
            AsyncTicketService.leased(null),
            null,
            new LockBreak(5, "urgent"));
    HeldLease lease = desk.keep(desk.change(steal).join(), lost::add);
    await().until(server::isLeased);
    assertEquals(9, lease.token());
    server.pushToLease(stolen());
    await().until(() -> lost.size() == 1);
  }

  @Test
  void isReleasedBehindTheChangesThatWereAskedForBefore() {
    CountDownLatch go = new CountDownLatch(1);
    HeldLease lease = held();
    server.otherwise(
        (peer, request) -> {
          if (request instanceof UpdateTicket) {
            go.await();
          }
          return false;
        });
    desk.change(
        new UpdateTicket(
            null, null, TICKET, TicketPatch.of(TicketField.TITLE, "a"), 9L, null, false));
    lease.release();
    await().until(() -> server.heard(UpdateTicket.class).size() == 1);
    assertEquals(List.of(), server.heard(UnlockTicket.class));
    go.countDown();
    await().until(() -> server.heard(UnlockTicket.class).size() == 1);
    assertEquals(9, server.heard(UnlockTicket.class).get(0).token());
    assertEquals(List.of(), lost);
  }

  @Test
  void theSaveThatReleasesIsNoLoss() throws Exception {
    HeldLease lease = held();
    CountDownLatch go = new CountDownLatch(1);
    server.otherwise(
        (peer, request) -> {
          if (request instanceof UpdateTicket) {
            server.pushToLease(saved(SampleMessages.ticket(17, 12)));
            go.await();
          }
          return false;
        });
    var saving = lease.finish(save());
    await().until(() -> !isKept());
    go.countDown();
    saving.join();
    assertEquals(List.of(), lost);
    assertEquals(List.of(), server.heard(UnlockTicket.class), "it is released already");
  }

  @Test
  void aSaveThatFailsForARobberyTellsBoth() throws Exception {
    HeldLease lease = held();
    server.otherwise(
        (peer, request) -> {
          boolean save = request instanceof UpdateTicket;
          if (save) {
            server.pushToLease(stolen());
            peer.reject(request, RejectionCode.STALE_TOKEN);
          }
          return save;
        });
    CompletionException e =
        assertThrows(CompletionException.class, () -> lease.finish(save()).join());
    assertEquals(
        RejectionCode.STALE_TOKEN, assertInstanceOf(RejectedException.class, e.getCause()).code());
    await().until(() -> lost.size() == 1);
    assertEquals(Kind.TAKEN, lost.get(0).kind());
  }

  @Test
  void aSaveThatIsRefusedLeavesTheLeaseKept() throws Exception {
    HeldLease lease = held();
    server.otherwise(
        (peer, request) -> {
          boolean save = request instanceof UpdateTicket;
          if (save) {
            peer.reject(request, RejectionCode.INVALID);
          }
          return save;
        });
    assertThrows(CompletionException.class, () -> lease.finish(save()).join());
    assertEquals(List.of(), lost);
    server.pushToLease(stolen());
    await().until(() -> lost.size() == 1);
  }

  /** A change that was to end the lock and did not: whoever finished does not hold it for ever. */
  @Test
  void whatAFinishLeavesLockedIsReleased() {
    HeldLease lease = held();
    server.otherwise(
        (peer, request) -> {
          boolean save = request instanceof UpdateTicket;
          if (save) {
            Ticket locked = SampleMessages.locked(12, 9, Duration.ofSeconds(30));
            peer.send(EventMessage.answer(saved(locked).event(), request.requestId()));
          }
          return save;
        });
    lease.finish(save()).join();
    assertEquals(1, server.heard(UnlockTicket.class).size());
    assertEquals(List.of(), lost);
  }

  @Test
  void theEndReleasesWhatIsHeld() {
    held();
    desk.keep(SampleMessages.granted(server.heard(LockTicket.class).get(0), 9, false), lost::add);
    await().until(() -> server.heard(ClientMessage.GetTickets.class).size() == 2);
    desk.close();
    assertEquals(2, server.heard(UnlockTicket.class).size());
    assertEquals(List.of(), lost);
  }
}
