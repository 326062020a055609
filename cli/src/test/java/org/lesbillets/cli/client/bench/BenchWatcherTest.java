package org.lesbillets.cli.client.bench;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.retry.ReconnectingConnection;
import org.lesbillets.cli.output.BenchReport.Faults;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent.TicketUpdated;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.wire.MessageCodec;

/** A watcher, and what it finds at a server that delivers badly. */
class BenchWatcherTest {
  private static final String TAG = "bench-0a1b2c";
  private static final BenchPlan PLAN =
      new BenchPlan(TAG, List.of(TicketRef.of(17)), 1, 10, Duration.ofSeconds(4));

  private final BenchFigures figures = new BenchFigures(PLAN);
  private volatile CompletableFuture<BenchWatcher> lost = new CompletableFuture<>();

  private BenchWatcher watcher(ScriptedServer server) {
    figures.begin(System.nanoTime() - TimeUnit.SECONDS.toNanos(5));
    return new BenchWatcher(
        figures,
        new SharedDecoder(),
        new ReconnectingConnection(server.settings()),
        watcher -> lost.complete(watcher));
  }

  private static ScriptedServer.Script watched(long since, ScriptedServer.Script rest) {
    return welcoming(
        90,
        peer -> {
          GetTickets request = peer.watch(since);
          assertNull(request.query(), "all tickets are watched");
          peer.send(SampleMessages.resumed(request));
          rest.play(peer);
        });
  }

  private void hear(long last, ScriptedServer.Script... scripts) {
    try (ScriptedServer server = ScriptedServer.start(scripts)) {
      BenchWatcher watcher = watcher(server);
      watcher.open().join();
      for (int i = 1; i < scripts.length; i++) {
        lost.join();
        lost = new CompletableFuture<>();
        watcher.open().join();
      }
      await().until(() -> watcher.reached(last));
      watcher.close();
    }
  }

  private void check(long holes, long doubles) {
    assertEquals(new Faults(holes, doubles, 0), figures.problems(0).delivery());
  }

  @Test
  void gapsAndDuplicatesAreCountedAndNotMended() {
    hear(
        97,
        watched(
            90,
            peer -> {
              peer.push(91, 90);
              peer.push(94, 93);
              peer.push(94, 93);
              peer.push(92, 91);
              peer.push(97, 94);
            }));
    check(1, 2);
    assertEquals(0, figures.deliveries().count(), "these are others' events");
  }

  @Test
  void afterALossItResumesWhereItWas() {
    hear(
        95,
        watched(
            90,
            peer -> {
              peer.push(93, 90);
              peer.close(1012, "restart");
            }),
        watched(93, peer -> peer.pushAfter(93, 94, 95)));
    check(0, 0);
  }

  @Test
  void aServerThatCannotResumeMakesAHole() {
    hear(
        107,
        watched(
            90,
            peer -> {
              peer.push(93, 90);
              peer.close(1012, "restart");
            }),
        welcoming(
            100,
            peer -> {
              GetTickets request = peer.watch(93L);
              peer.send(SampleMessages.part(request, 100, true, SampleMessages.ticket(1, 100)));
              peer.send(SampleMessages.all(request, 100, true, SampleMessages.ticket(2, 100)));
              peer.push(107, 100);
            }));
    check(1, 0);
  }

  @Test
  void changesOfTheRunAreMeasuredFromWhenTheyWereDue() {
    hear(
        95,
        watched(
            90,
            peer -> {
              peer.send(change(91, "bench-0a1b2c", "change 9 of writer 1, due at 999999 us"));
              peer.send(change(92, "bench-0a1b2c", "change 9 of writer 1, due at 1000000 us"));
              peer.send(change(93, "bench-000000", "change 9 of writer 1, due at 1000000 us"));
              peer.send(change(94, "bench-0a1b2c", "change 9 of writer 1, due at noon us"));
              peer.send(change(95, "bench-0a1b2c", "by hand"));
            }));
    check(0, 0);
    assertEquals(1, figures.deliveries().count(), "the first is of the warm-up");
    assertTrue(figures.deliveries().quantiles().maxMicros() >= 4_000_000, "due five seconds ago");
  }

  private static EventMessage change(long revision, String tag, String title) {
    Ticket ticket = SampleMessages.ticket(17, title, "", revision);
    Ticket tagged = ticket.withContent(ticket.content().with(TicketField.TAGS, List.of(tag)));
    FieldChange change = new FieldChange.Replaced(TicketField.TITLE, "before", title);
    return SampleMessages.pushed(
        revision,
        new TicketUpdated(
            ticket.updated().at(), SampleMessages.ALICE, tagged, List.of(change), false));
  }

  @Test
  void aRefusedWatchIsAFailure() {
    try (ScriptedServer server =
        ScriptedServer.start(welcoming(90, peer -> peer.reject(RejectionCode.BUSY)))) {
      CompletableFuture<Void> live = watcher(server).open();
      CompletionException failure = assertThrows(CompletionException.class, live::join);
      assertInstanceOf(RejectedException.class, failure.getCause());
    }
  }

  @Test
  void aTextIsDecodedOnceForAll() throws Exception {
    SharedDecoder decoder = new SharedDecoder();
    String text = MessageCodec.encode(SampleMessages.pushed(91, 90));
    String other = MessageCodec.encode(SampleMessages.pushed(92, 91));
    ServerMessage first = decoder.decode(text);
    assertEquals(SampleMessages.pushed(91, 90), first);
    assertEquals(SampleMessages.pushed(92, 91), decoder.decode(other));
    assertSame(first, decoder.decode(new String(text.toCharArray())));
    String tooLong = text + " ".repeat(5_000);
    assertEquals(first, decoder.decode(tooLong));
  }
}
