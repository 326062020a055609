package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.text.RemainingLocks;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** What is said of one's own locks on leaving. */
class RemainingLocksTest {
  private final Play play =
      Play.live(IntStream.rangeClosed(1, 7).mapToObj(n -> ticket(n).make()).toArray(Ticket[]::new));

  private Optional<String> said() {
    return RemainingLocks.sentence(play.model);
  }

  private Play aliceLocks(long number, Duration ttl) {
    LockTerms terms = new LockTerms(ttl, null, "cli");
    return play.by(
        ALICE, new LockTicket(null, null, TicketRef.of(number), null, terms, null, null));
  }

  @Test
  void nothingIsSaidOfNothing() {
    assertEquals(
        Optional.empty(), RemainingLocks.sentence(UiModel.of(play.model.settings(), play.now)));
    play.bobLocks(1).press("j l").answer().press("u").answer();
    assertEquals(Optional.empty(), said());
  }

  @Test
  void aLockThatWasTakenByHandIsNamed() {
    play.press("l").answer().seconds(60);
    assertEquals(
        "You still hold the lock of #1, for 14m: billets unlock 1 releases it.",
        said().orElseThrow());
  }

  @Test
  void severalAreOneLine() {
    play.press("l j j l").answer();
    aliceLocks(2, Duration.ofHours(1));
    assertEquals(
        "You still hold the locks of #1, #2 and #3, for 1h at most: billets unlock 1 2 3 releases"
            + " them.",
        said().orElseThrow());
    for (int n = 4; n <= 7; n++) {
      aliceLocks(n, null);
    }
    assertEquals(
        "You still hold the locks of #1, #2, #3, #4, #5 and 2 more, for 1h at most: billets unlock"
            + " --mine releases them.",
        said().orElseThrow());
  }

  @Test
  void theLockOfAFormEndsWithIt() {
    play.press("e").answer();
    aliceLocks(2, AsyncTicketService.LEASE);
    assertEquals(Optional.empty(), said(), "the other is renewed by a program that lives");
  }

  @Test
  void anAnswerBehindTheLastNewsCounts() {
    play.press("l q");
    Effect.Change asked = play.next(Effect.Change.class);
    SequencedEvent locked = play.decide(ALICE, asked.change());
    play.take(new EffectResult.Done(asked.id(), EventMessage.answer(locked, "1")));
    assertEquals(
        "You still hold the lock of #1, for 15m: billets unlock 1 releases it.",
        said().orElseThrow());
  }

  @Test
  void whatAnotherHasTakenIsNotHeld() {
    play.press("l").answer().bobSteals(1, "urgent");
    assertEquals(Optional.empty(), said());
  }
}
