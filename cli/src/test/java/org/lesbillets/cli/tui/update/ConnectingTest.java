package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.cli.tui.update.Play.BOB;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;

/** The connection: what is said of it, and what is shown without it. */
class ConnectingTest {
  private final Play play = Play.live(ticket(1).make(), ticket(2).make());

  private String link() {
    return play.model.link().words(play.now);
  }

  private void bobUpdatesUnseen(long number, String title) {
    play.decide(
        BOB,
        new UpdateTicket(
            null,
            null,
            TicketRef.of(number),
            TicketPatch.of(TicketField.TITLE, title),
            null,
            null,
            false));
  }

  @Test
  void itIsSaidInWords() {
    assertEquals("live", link());
    play.silence(Duration.ofSeconds(9));
    assertEquals("stale 9 s", link());
    play.tick();
    assertEquals("live", link());
    play.lose("the server went away");
    assertEquals("reconnecting (try 1, next in 2 s)", link());
    play.state(new ConnectionState.Connecting(1));
    assertEquals("reconnecting (try 1)", link());
    play.welcome(ALICE);
    assertEquals("live", link(), "the server is heard, whatever it still has to tell");
    play.liven();
    assertEquals("live", link());
  }

  @Test
  void theListStaysReadableAndIsStale() {
    play.lose("the server went away").seconds(90);
    assertTrue(play.model.link().isStale(play.now));
    assertEquals(List.of(1L, 2L), play.listed());
    play.press("j");
    assertEquals(2, play.selected());
    assertEquals(List.of(), play.all(Effect.LoopCommand.QUIT));
  }

  @Test
  void itGoesOnWithoutAFlickerWhereNothingWasMissed() {
    play.press("j").lose("the server went away").seconds(3).welcome(ALICE).liven();
    assertEquals(2, play.selected());
    assertEquals("Connected to " + Play.SERVER + ".", play.status());
    bobUpdatesUnseen(2, "Theirs");
    assertFalse(play.model.tickets().isLoading());
  }

  private Play drained(boolean cancelled) {
    return play.state(new ConnectionState.Draining(Play.SERVER, Duration.ofSeconds(30), cancelled));
  }

  @Test
  void aDrainIsSaidUntilTheServerIsBack() {
    drained(false);
    String said = "The server is drained and ends this connection in 30 s";
    assertTrue(play.status().startsWith(said), play.status());
    assertTrue(play.model.connection().drained());
    play.lose("the server ended the connection").seconds(60);
    assertTrue(play.status().startsWith(said), play.status());
    play.back();
    assertFalse(play.model.connection().drained());
    assertEquals("Connected to " + Play.SERVER + ".", play.status());
  }

  @Test
  void aDrainThatIsCancelledIsSaidNoMore() {
    drained(false);
    drained(true);
    assertFalse(play.model.connection().drained());
    assertEquals("The server is not drained any more: the connection stays.", play.status());
  }

  @Test
  void aConnectionThatIsLostAgainIsNotSaidToBeThere() {
    play.lose("the server went away").back();
    assertEquals("Connected to " + Play.SERVER + ".", play.status());
    play.lose("it was cut");
    assertEquals("", play.status());
    assertEquals("It was cut.", play.model.link().cause(), "this is said in its place");
  }

  @Test
  void whatWasDoneIsStillDoneWithoutAConnection() {
    play.lose("the server went away").back().press("m").answer();
    String done = play.status();
    assertFalse(done.startsWith("Connected"), done);
    play.lose("it was cut");
    assertEquals(done, play.status());
  }

  @Test
  void whatHadToBeReloadedIsSaidEvenAfterTheConnection() {
    play.press("j").lose("the server went away");
    bobUpdatesUnseen(1, "Theirs");
    play.welcome(ALICE).part(List.of(play.desk.ticket(1)), 2, true, true, false);
    assertEquals("Ticket 1", play.model.list().visible().get(0).shown().content().title());
    play.part(List.of(play.desk.ticket(2)), 2, true, false, true).liven();
    assertEquals("Theirs", play.model.list().visible().get(0).shown().content().title());
    assertEquals(2, play.selected());
    assertEquals(
        "Connected to "
            + Play.SERVER
            + ", and reloaded: what happened meanwhile is in, but was not shown.",
        play.status());
    play.lose("the server went away").back();
    assertEquals("Connected to " + Play.SERVER + ".", play.status());
  }

  @Test
  void aHoleThatIsMendedOverTheSameConnectionIsSaid() {
    play.snapshot(true);
    assertEquals("Reloaded: what happened meanwhile is in, but was not shown.", play.status());
  }

  @Test
  void aFrozenListIsReloadedWhenItGoesOn() {
    play.press("Space").lose("the server went away");
    bobUpdatesUnseen(1, "Theirs");
    play.snapshot(true).liven();
    assertEquals("Ticket 1", play.model.list().visible().get(0).shown().content().title());
    assertEquals(1, play.model.listing().missed());
    play.press("Space");
    assertEquals("Theirs", play.model.list().visible().get(0).shown().content().title());
  }

  @Test
  void whatIsGivenUpSaysSoAndCanBeTriedAgain() {
    play.news(new WatchEvent.GivenUp("the server does not know this token"));
    assertEquals("offline", link());
    assertEquals("The server does not know this token. r tries again.", play.status());
    assertEquals(StatusLine.Kind.ALARM, play.model.status().kind());
    assertEquals(List.of(), play.all(Effect.LoopCommand.QUIT));
    play.press("r");
    assertEquals(1, play.all(Effect.Reconnect.class).size());
    play.state(new ConnectionState.Connecting(1)).welcome(ALICE).liven();
    assertEquals("live", link());
    assertEquals("Connected to " + Play.SERVER + ".", play.status(), "what was to be done is done");
  }

  @Test
  void whoHasNoKeyForItIsToldSomethingElse() throws Exception {
    KeyMap keys = KeyMap.of(Map.of("reconnect", List.of()));
    Play other = new Play(Play.settings(keys, Play.view(null, "", "number")));
    other.news(new WatchEvent.GivenUp("no"));
    assertEquals("No. Leave, and come back.", other.status());
  }

  @Test
  void whatCouldNotBeAskedSaysWhatItWasUntilThereIsAConnection() {
    String cause = "ws://127.0.0.1:7420/tickets cannot be reached";
    play.lose(cause + ".").press("m");
    play.refuse(Effect.Change.class, null, cause);
    assertEquals("Assigning #1: " + cause + ".", play.status());
    play.back();
    assertEquals("Connected to " + Play.SERVER + ".", play.status());
    assertEquals(cause + ".", Sentence.of(cause), "an address is not written otherwise");
  }

  @Test
  void whoIsLiveNeedNotConnect() {
    play.press("r");
    assertEquals("The connection is live.", play.status());
    assertEquals(1, play.all(Effect.Reconnect.class).size());
    play.lose("the server went away").press("r");
    assertEquals(2, play.all(Effect.Reconnect.class).size());
    assertEquals(StatusLine.Kind.WAITING, play.model.status().kind());
  }

  @Test
  void theFirstConnectionIsNoNews() {
    assertEquals("", play.status());
    assertEquals(ALICE, play.model.me());
    assertEquals(Play.SERVER, play.model.connection().address());
  }

  @Test
  void theEndOfTheWatchIsNothingToSay() {
    play.state(new ConnectionState.Closed());
    assertEquals("live", link());
  }

  @Test
  void whatIsReadIsFetchedAgainWhenTheServerIsBack() {
    play.press("Enter").answer().forget().lose("the server went away").back();
    assertEquals(1, play.all(Effect.Fetch.class).size());
    assertTrue(play.model.detail().loading());
    play.answer();
    assertFalse(play.model.detail().loading());
  }
}
