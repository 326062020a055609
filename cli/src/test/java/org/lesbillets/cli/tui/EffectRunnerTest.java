package org.lesbillets.cli.tui;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.command.edit.Drafts;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.EffectResult.LockWaitChanged.Phase;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.live.FakeAsyncTicketService;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

class EffectRunnerTest {
  private static final AgentName ALICE = new AgentName("alice");
  private static final TicketRef REF = TicketRef.of(17);
  private static final Ticket LOCKED =
      ticket(17).locked("alice", Duration.ZERO, Duration.ofSeconds(30)).make();
  private static final EventMessage GRANTED =
      event(new WireEvent.TicketLocked(NOW, ALICE, LOCKED, false, false));
  private static final EventMessage UPDATED =
      event(new WireEvent.TicketUpdated(NOW, ALICE, ticket(17).make(), List.of(), true));
  private static final UpdateTicket UPDATE =
      new UpdateTicket(null, null, REF, TicketPatch.of(TicketField.TITLE, "New"), 17L, 17L, true);
  private static final LockTicket WAIT =
      new LockTicket(null, null, REF, null, LockTerms.DEFAULT, LockWait.FOREVER, null);

  @TempDir Path state;
  private final FakeAsyncTicketService desk = new FakeAsyncTicketService();
  private final List<UiEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> staged = new ArrayList<>();
  private final CountDownLatch slow = new CountDownLatch(1);
  private EffectRunner runner;

  private static EventMessage event(WireEvent event) {
    return EventMessage.answer(new SequencedEvent(17, 16, event), "1");
  }

  @BeforeEach
  void begin() {
    TypedDrafts drafts =
        new TypedDrafts(
            new Drafts(
                state.resolve("billets").resolve("drafts"), Clock.fixed(NOW, ZoneOffset.UTC)));
    runner =
        new EffectRunner(
            new EffectRunner.Dependencies(desk, drafts, this::run), new Staged(), events::add);
  }

  @AfterEach
  void end() {
    slow.countDown();
    runner.close();
  }

  private VerbRunner.Result run(List<String> words, int columns) {
    switch (words.get(0)) {
      case "break" -> throw new IllegalStateException("it broke");
      case "bug" -> throw new NullPointerException();
      case "slow" -> await().until(() -> slow.getCount() == 0);
      default -> {}
    }
    return new VerbRunner.Result(3, "ran " + words + " in " + columns + "\n\u001b[2Jx\n\n");
  }

  /** What the loop would do. */
  private final class Staged implements EffectRunner.LoopEffects {
    @Override
    public void edit(Effect.Edit effect) {
      staged.add("edit " + effect.text());
    }

    @Override
    public void command(Effect.LoopCommand command) {
      staged.add(command.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public int columns() {
      return 78;
    }
  }

  private void perform(Effect... effects) {
    runner.perform(List.of(effects));
  }

  private <E extends UiEvent> E only(Class<E> kind) {
    assertEquals(1, events.size(), events.toString());
    return assertInstanceOf(kind, events.remove(0));
  }

  private <E extends UiEvent> E awaited(Class<E> kind) {
    await().until(() -> !events.isEmpty());
    return assertInstanceOf(kind, events.remove(0));
  }

  @Test
  void aChangeIsMadeOrRefused() {
    perform(
        new Effect.Change(5, UPDATE), new Effect.Change(6, UPDATE), new Effect.Change(7, UPDATE));
    assertEquals(UPDATE, desk.changes.get(0).question());
    desk.changes.get(1).refuse(RejectionCode.LOCKED, "bob has it");
    assertEquals(
        new EffectResult.Refused(6, RejectionCode.LOCKED, "bob has it"),
        only(EffectResult.Refused.class));
    desk.changes.get(0).answer(UPDATED);
    assertEquals(new EffectResult.Done(5, UPDATED), only(EffectResult.Done.class));
    desk.changes.get(2).fail(ConnectionException.Kind.TIMEOUT, "nobody answered");
    assertEquals(
        new EffectResult.Refused(7, null, "nobody answered"), only(EffectResult.Refused.class));
  }

  @Test
  void aMistakeOfThisProgramIsASentence() {
    perform(new Effect.Change(5, UPDATE));
    desk.changes.get(0).answer().completeExceptionally(new NullPointerException());
    EffectResult.Refused refused = only(EffectResult.Refused.class);
    assertNull(refused.code());
    assertEquals(
        "this failed by a mistake in this program (java.lang.NullPointerException): please report"
            + " it",
        refused.sentence());
  }

  private FakeAsyncTicketService.Lease hold(long id) {
    perform(new Effect.Hold(id, REF));
    assertEquals("editing", desk.holds.get(desk.holds.size() - 1).question().note());
    FakeAsyncTicketService.Lease lease = desk.grant(desk.holds.get(desk.holds.size() - 1), GRANTED);
    assertEquals(new EffectResult.Held(id, GRANTED), only(EffectResult.Held.class));
    return lease;
  }

  @Test
  void aLockIsHeldAndReleasedOnce() {
    FakeAsyncTicketService.Lease lease = hold(5);
    perform(new Effect.Release(17));
    assertTrue(lease.released);
    lease.released = false;
    perform(new Effect.Release(17), new Effect.Release(4_711));
    assertFalse(lease.released);
  }

  @Test
  void aLockThatIsNotGivenIsRefused() {
    perform(new Effect.Hold(5, REF));
    desk.holds.get(0).refuse(RejectionCode.LOCKED, "bob has it");
    assertEquals(
        new EffectResult.Refused(5, RejectionCode.LOCKED, "bob has it"),
        only(EffectResult.Refused.class));
  }

  @Test
  void aLockThatIsLostIsTold() {
    LockLostReason why =
        new LockLostReason(LockLostReason.Kind.TAKEN, null, null, null, "bob took it");
    FakeAsyncTicketService.Lease lease = hold(5);
    lease.lose(why);
    assertEquals(new EffectResult.Lost(17, 17, why), only(EffectResult.Lost.class));
    perform(new Effect.Release(17));
    assertFalse(lease.released, "there is nothing to release any more");
  }

  @Test
  void aLockThatIsLostBeforeItIsToldIsToldAfterIt() {
    LockLostReason why =
        new LockLostReason(LockLostReason.Kind.TAKEN, null, null, null, "bob took it");
    perform(new Effect.Hold(5, REF));
    desk.holds.get(0).question().lost().lost(why);
    assertEquals(List.of(), events);
    desk.grant(desk.holds.get(0), GRANTED);
    assertEquals(
        List.of(new EffectResult.Held(5, GRANTED), new EffectResult.Lost(17, 17, why)),
        List.copyOf(events));
  }

  @Test
  void theChangeThatEndsALockEndsItWhereItIsMade() {
    FakeAsyncTicketService.Lease lease = hold(5);
    perform(new Effect.Finish(6, 17, UPDATE));
    assertEquals(List.of(), desk.changes);
    lease.finishes.get(0).refuse(RejectionCode.STALE_REVISION, "it moved");
    assertEquals(6, only(EffectResult.Refused.class).id());
    perform(new Effect.Finish(7, 17, UPDATE));
    lease.finishes.get(1).answer(UPDATED);
    assertEquals(new EffectResult.Done(7, UPDATED), only(EffectResult.Done.class));
    perform(new Effect.Release(17));
    assertFalse(lease.released, "it is over");
  }

  @Test
  void aChangeUnderALockThatIsGoneIsTheServersToRefuse() {
    perform(new Effect.Finish(6, 17, UPDATE));
    assertEquals(UPDATE, desk.changes.get(0).question());
  }

  @Test
  void aPlaceInLineIsToldOf() {
    perform(new Effect.WaitForLock(5, WAIT));
    FakeAsyncTicketService.Turn turn = desk.turns.get(0);
    assertEquals(WAIT, turn.lock);
    turn.listener.waiting();
    turn.listener.lost();
    turn.listener.back(ServerAddress.parseAll("desk").get(0));
    turn.listener.granted(GRANTED);
    assertEquals(
        List.of(
            new EffectResult.LockWaitChanged(5, Phase.WAITING),
            new EffectResult.LockWaitChanged(5, Phase.AWAY),
            new EffectResult.LockWaitChanged(5, Phase.BACK),
            new EffectResult.LockWaitGranted(5, GRANTED)),
        List.copyOf(events));
    perform(new Effect.CancelLockWait(5));
    assertFalse(turn.cancelled, "who has the lock does not give it back by that");
  }

  @Test
  void aWaitThatFailsSaysWhy() {
    perform(new Effect.WaitForLock(5, WAIT));
    desk.turns
        .get(0)
        .listener
        .refused(
            new ConnectionException(
                ConnectionException.Kind.UNAUTHORIZED, "the token is not known"));
    assertEquals(
        new EffectResult.LockWaitRefused(5, "the token is not known"),
        only(EffectResult.LockWaitRefused.class));
  }

  @Test
  void aLineIsLeft() {
    perform(new Effect.WaitForLock(5, WAIT), new Effect.WaitForLock(6, WAIT));
    perform(new Effect.CancelLockWait(5), new Effect.CancelLockWait(99));
    assertTrue(desk.turns.get(0).cancelled);
    assertFalse(desk.turns.get(1).cancelled);
    runner.close();
    assertTrue(desk.turns.get(1).cancelled);
  }

  @Test
  void detailsAreFetched() {
    TicketDetails page = new TicketDetails("1", LOCKED, List.of(), List.of(), false);
    perform(
        new Effect.Fetch(5, LOCKED.id(), new DetailsCursor(9L, 2L)),
        new Effect.Fetch(6, LOCKED.id(), DetailsCursor.NEWEST));
    assertEquals(TicketRef.of(LOCKED.id()), desk.details.get(0).question().ticket());
    assertTrue(desk.details.get(0).question().history());
    assertEquals(new DetailsCursor(9L, 2L), desk.details.get(0).question().cursor());
    desk.details.get(0).answer(page);
    assertEquals(new EffectResult.Details(5, page), only(EffectResult.Details.class));
    desk.details.get(1).fail(ConnectionException.Kind.LOST, "no connection");
    assertEquals(
        new EffectResult.Refused(6, null, "no connection"), only(EffectResult.Refused.class));
  }

  private static Effect.FilterTickets sift(long id, int tickets) {
    List<Ticket> all = new ArrayList<>();
    for (int n = 1; n <= tickets; n++) {
      all.add(ticket(n).make());
    }
    Filter filter = new Filter(TicketQuery.ALL, TicketOrder.parse("-number"), null);
    return new Effect.FilterTickets(id, all, filter, ALICE, NOW);
  }

  @Test
  void aListIsMadeElsewhere() {
    perform(sift(5, 3));
    EffectResult.TicketsFiltered sifted = awaited(EffectResult.TicketsFiltered.class);
    assertEquals(5, sifted.id());
    assertEquals(List.of(3L, 2L, 1L), sifted.sorted().stream().map(Ticket::number).toList());
  }

  @Test
  void whoTypesFastGetsTheLastListAndNotAllOfThem() {
    // Made beforehand, so that they follow each other faster than any list is filtered.
    List<Effect> typed = new ArrayList<>();
    for (int id = 1; id <= 40; id++) {
      typed.add(sift(id, 5_000));
    }
    typed.forEach(this::perform);
    await().until(() -> !events.isEmpty() && id(events.get(events.size() - 1)) == 40);
    assertTrue(events.size() < 40, events.size() + " lists were made");
  }

  private static long id(UiEvent event) {
    return ((EffectResult.TicketsFiltered) event).id();
  }

  @Test
  void draftsAreKeptFoundTakenAndDroppedInOrder() {
    DraftKey key = new DraftKey.OfComment(LOCKED.id(), 17);
    perform(new Effect.SaveDraft(key, Map.of(), "Half"), new Effect.FindDraft(key));
    assertNull(awaited(EffectResult.DraftSaved.class).trouble());
    assertEquals("Half", awaited(EffectResult.DraftFound.class).text());
    perform(new Effect.TakeDraft(key), new Effect.DropDraft(key), new Effect.FindDraft(key));
    assertEquals(key, awaited(EffectResult.DraftMissing.class).key());
    perform(new Effect.SaveDraft(key, Map.of(), "More"));
    assertNull(awaited(EffectResult.DraftSaved.class).trouble());
    assertEquals(List.of(), events);
  }

  @Test
  void draftsAreOnDiskWhenItIsClosed() {
    DraftKey key = new DraftKey.OfComment(LOCKED.id(), 17);
    for (int n = 0; n < 50; n++) {
      perform(new Effect.SaveDraft(key, Map.of(), "Half " + n));
    }
    runner.close();
    assertEquals(50, events.size());
  }

  @Test
  void aVerbIsRunAndWhatItPrintsIsHarmless() {
    perform(new Effect.RunVerb(5, List.of("list", "x")));
    assertEquals(
        new EffectResult.VerbEnded(5, 3, List.of("ran [list, x] in 78", "\ufffd[2Jx")),
        awaited(EffectResult.VerbEnded.class));
  }

  @Test
  void aVerbThatBreaksEndsAllTheSame() {
    perform(new Effect.RunVerb(5, List.of("break")), new Effect.RunVerb(6, List.of("bug")));
    assertEquals(
        new EffectResult.Refused(5, null, "it broke"), awaited(EffectResult.Refused.class));
    assertEquals(6, awaited(EffectResult.Refused.class).id());
    perform(new Effect.RunVerb(7, List.of("list")));
    assertEquals(7, awaited(EffectResult.VerbEnded.class).id());
  }

  @Test
  void aSlowVerbIsInNobodysWayWhoLeaves() {
    perform(new Effect.RunVerb(5, List.of("slow")));
    long start = System.nanoTime();
    runner.close();
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(9).toNanos());
  }

  @Test
  void theRestIsDoneByTheLoopAndTheDesk() {
    perform(
        new Effect.Edit(5, "text"),
        Effect.LoopCommand.BELL,
        Effect.LoopCommand.SUSPEND,
        Effect.LoopCommand.REPAINT,
        new Effect.Reconnect(),
        Effect.LoopCommand.QUIT);
    assertEquals(List.of("edit text", "bell", "suspend", "repaint", "quit"), staged);
    assertEquals(1, desk.reconnects);
  }
}
