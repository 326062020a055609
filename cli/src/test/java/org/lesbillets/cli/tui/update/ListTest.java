package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.cli.tui.update.Play.BOB;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.Layout;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.state.list.ListRow;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.message.ClientMessage.CreateTicket;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.query.TicketOrder;

/** The list: live, filtered, sorted, frozen. */
class ListTest {
  private final Play play =
      Play.live(
          ticket(1).title("Printer").assignee("alice").make(),
          ticket(2).title("Mail").priority(Priority.HIGH).make(),
          ticket(3).title("Phone").priority(Priority.URGENT).assignee("bob").make(),
          ticket(4).title("Printer again").closed().make());

  private static Ticket[] many(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> ticket(n).title("Title " + n * 7919 % count).make())
        .toArray(Ticket[]::new);
  }

  private LinePrompt prompt() {
    return (LinePrompt) play.model.input();
  }

  private void bobCreates(String title) {
    play.by(BOB, new CreateTicket(null, null, TicketContent.titled(title)));
  }

  @Test
  void whereNothingIsSeenNothingIsDone() {
    play.resize(20, 5).press("m x c l Enter G");
    assertEquals(List.of(), play.asked);
    assertNull(play.model.input());
    play.press("q");
    assertEquals(1, play.all(Effect.LoopCommand.QUIT).size());
    play.resize(80, 24).press("c").type("a").resize(20, 5).type("b").press("Enter");
    assertEquals("ab", ((CommentBox) play.model.input()).typed().text());
    assertEquals(List.of(), play.all(Effect.Change.class));
  }

  @ParameterizedTest
  @CsvSource({"g", "G", "Esc"})
  void whatOneHasPassedByIsNotNewAnyMore(String key) {
    Play many = Play.live(many(60)).press("PgDn PgDn /").press("Enter s t");
    many.by(BOB, new CreateTicket(null, null, TicketContent.titled("A")));
    many.by(BOB, new CreateTicket(null, null, TicketContent.titled("Z")));
    assertEquals(1, many.model.list().arrivedAbove());
    assertEquals(1, many.model.list().arrivedBelow());
    many.press(key);
    assertEquals(0, many.model.list().arrivedAbove() + many.model.list().arrivedBelow());
  }

  @Test
  void theNameOfAFieldIsNoTextToLookForWhileItsColonIsAwaited() {
    play.press("/").type("mail -status");
    assertEquals("mail", play.model.filter().query().text());
    assertEquals(List.of(2L), play.listed());
    play.type(":closed").press("Enter");
    assertEquals("mail -status:closed", play.model.filter().query().text());
    play.press("/ Ctrl-U").type("status").press("Enter");
    assertEquals("status", play.model.filter().query().text());
  }

  @Test
  void theOpeningViewIsAKeyAway() {
    Filter start = play.model.filter();
    play.press("1");
    assertNotEquals(start, play.model.filter());
    play.press("`");
    assertEquals(start, play.model.filter());
    play.press("/").type("mail").press("Enter `");
    assertEquals(start, play.model.filter());
    assertEquals(List.of(1L, 2L, 3L, 4L), play.listed());
  }

  // Live.

  @Test
  void whatOthersDoIsThereWithoutAKey() {
    bobCreates("New");
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), play.listed());
    play.bobUpdates(2, TicketPatch.of(TicketField.TITLE, "E-mail"));
    assertEquals("E-mail", play.model.list().visible().get(1).shown().content().title());
    assertEquals("bob updated #2 (E-mail): title Mail → E-mail", play.status());
    assertEquals(StatusLine.Kind.HAPPENED, play.model.status().kind());
  }

  @Test
  void aChangedRowFlashesForAWhile() {
    play.bobUpdates(2, TicketPatch.of(TicketField.TITLE, "E-mail"));
    ListRow row = play.model.list().visible().get(1);
    assertTrue(row.isFresh(play.now));
    play.after(Duration.ofMillis(1_400));
    assertTrue(play.model.list().visible().get(1).isFresh(play.now));
    play.after(Duration.ofMillis(100));
    assertFalse(play.model.list().visible().get(1).isFresh(play.now));
  }

  @Test
  void aRenewedLockFlashesNothingAndSaysNothing() {
    play.bobLocks(2).seconds(60);
    int changes = play.model.activity().changes()[0];
    play.by(
        BOB,
        new LockTicket(
            null,
            null,
            TicketRef.of(2),
            play.desk.ticket(2).lock().token(),
            LockTerms.DEFAULT,
            null,
            null));
    assertEquals("", play.status());
    assertFalse(play.model.list().visible().get(1).isFresh(play.now));
    assertEquals(changes, play.model.activity().changes()[0]);
  }

  @Test
  void aTicketThatLeavesTheFilterStaysUntilTheCursorMoves() {
    play.press("1");
    assertEquals(List.of(1L), play.listed());
    play.press("3");
    play.bobUpdates(3, TicketPatch.of(TicketField.PRIORITY, Priority.LOW));
    assertTrue(play.model.list().selected().orElseThrow().gone());
    assertEquals(3, play.selected());
    play.press("j");
    assertEquals(List.of(), play.listed());
  }

  @Test
  void whatOneDoesToATicketThatLeftIsDoneToThatTicket() {
    play.press("3")
        .bobUpdates(3, TicketPatch.of(TicketField.PRIORITY, Priority.LOW))
        .press("x")
        .answer();
    assertFalse(play.desk.ticket(3).isOpen());
  }

  @Test
  void newTicketsOutsideTheWindowAreCounted() {
    Play small = new Play(Play.settings(Play.view(null, "", "-number")), many(9)).connect();
    small.resize(80, 10);
    assertEquals(5, small.listed().size());
    for (int n = 0; n < 3; n++) {
      small.by(BOB, new CreateTicket(null, null, TicketContent.titled("New")));
    }
    assertEquals(3, small.model.list().arrivedAbove());
    assertEquals(9, small.selected());
    small.press("k");
    assertEquals(2, small.model.list().arrivedAbove());
    small.press("g");
    assertEquals(0, small.model.list().arrivedAbove());
  }

  @Test
  void whatOnesSelfDoesIsNotToldAsNews() {
    play.press("m").answer();
    assertEquals("#1 is yours already.", play.status());
    play.press("j m").answer();
    assertEquals("You updated #2: assignee none → alice.", play.status());
    assertEquals(StatusLine.Kind.DONE, play.model.status().kind());
  }

  @Test
  void newsDoNotHideAnAnswer() {
    play.press("j m").answer().bobUpdates(3, TicketPatch.of(TicketField.TITLE, "Phones"));
    assertTrue(play.status().startsWith("You updated #2"), play.status());
    play.seconds(10);
    assertEquals("", play.status());
    play.bobUpdates(3, TicketPatch.of(TicketField.TITLE, "Phone"));
    assertTrue(play.status().startsWith("bob updated #3"), play.status());
  }

  @Test
  void escapeForgetsWhatWasSaid() {
    play.press("j m").answer().press("Esc");
    assertEquals("", play.status());
  }

  // The first list.

  @Test
  void whileTicketsComeInOneStaysAtTheTop() {
    Play loading = new Play(Play.settings(Play.view(null, "", "-number")), many(30));
    List<Ticket> all = loading.desk.tickets();
    loading.welcome(ALICE);
    loading.part(all.subList(0, 10), 30, false, true, false);
    assertEquals(10, loading.selected());
    assertTrue(loading.model.tickets().isLoading());
    assertEquals(
        "10 of 30", loading.model.tickets().loaded() + " of " + loading.model.tickets().total());
    loading.part(all.subList(10, 20), 30, false, false, false);
    loading.part(all.subList(20, 30), 30, false, false, true);
    assertEquals(30, loading.selected());
    assertEquals(0, loading.model.list().top());
  }

  @Test
  void whoHasMovedAlreadyStaysWhereTheyAre() {
    Play loading = new Play(Play.settings(Play.view(null, "", "-number")), many(30));
    List<Ticket> all = loading.desk.tickets();
    loading.welcome(ALICE).part(all.subList(0, 10), 30, false, true, false).press("j j");
    loading.part(all.subList(10, 30), 30, false, false, true);
    assertEquals(8, loading.selected());
  }

  @Test
  void whoMeIsIsKnownOnlyWhenTheServerSaidSo() {
    Play unborn =
        new Play(
            Play.settings(Play.view("mine", "assignee:me", "number")),
            ticket(1).assignee("alice").make());
    unborn.snapshot(false);
    assertEquals(List.of(), unborn.listed());
    unborn.welcome(ALICE);
    assertEquals(List.of(1L), unborn.listed());
    unborn.welcome(new AgentName("carol"));
    assertTrue(unborn.model.list().selected().orElseThrow().gone());
  }

  // Filters.

  @Test
  void theListIsFilteredAsOneTypes() {
    play.press("/").type("printer");
    assertEquals(List.of(1L, 4L), play.listed());
    play.type(" status:open");
    assertEquals(List.of(1L), play.listed());
    assertEquals("printer status:open", play.model.filter().query().text());
    play.press("Enter");
    assertNull(play.model.input());
    assertEquals(List.of(1L), play.listed());
  }

  @Test
  void whereNoShellReadsNothingIsSaidOfShells() {
    play.press("/").type("updated:");
    assertEquals("updated: wants a comparison, as in 'updated:<1d'", prompt().mistake());
  }

  @Test
  void aMistakeIsShownAndTheLastGoodFilterStays() {
    play.press("/").type("printer").paste(" st:open");
    assertTrue(prompt().mistake().contains("st"), prompt().mistake());
    assertEquals(List.of(1L, 4L), play.listed());
    play.press("Enter");
    assertEquals("printer st:open", prompt().typed().text(), "the line stays");
    assertTrue(prompt().mistake() != null);
    play.press("Left");
    assertTrue(prompt().mistake() != null, "moving mends nothing");
    play.press("End Ctrl-W Ctrl-W Ctrl-W").type("mail");
    assertNull(prompt().mistake());
    assertEquals(List.of(2L), play.listed());
  }

  @Test
  void escapeRestoresWhatWasThereBefore() {
    play.press("3 /").type("printer");
    assertEquals(List.of(), play.listed());
    play.press("Esc");
    assertEquals(List.of(3L), play.listed());
    assertEquals("urgent", play.model.filter().name());
  }

  @Test
  void escapeRestoresTheCursorToo() {
    play.press("j j /").type("printer");
    assertEquals(1, play.selected());
    play.press("Esc");
    assertEquals(3, play.selected());
  }

  @Test
  void whatIsTypedIntoTheFilterIsAnotherWord() {
    play.press("3 /");
    assertEquals("priority:urgent ", prompt().typed().text());
    play.type("phone");
    assertNull(prompt().mistake());
    assertEquals(List.of(3L), play.listed());
  }

  @Test
  void escapeInTheListLeavesTheFilterForTheView() {
    play.press("3 /").type("x").press("Enter");
    assertEquals(List.of(), play.listed());
    play.press("S Esc");
    assertEquals(List.of(3L), play.listed());
    assertEquals("urgent", play.model.filter().name());
    assertFalse(play.model.filter().order().descending(), "the order stays");
  }

  @Test
  void aFilterIsRecalled() {
    play.press("/").type("mail").press("Enter Esc /").type("printer");
    play.press("Up");
    assertEquals("mail", prompt().typed().text());
    assertEquals(List.of(2L), play.listed());
    play.press("Left Down");
    assertEquals("printer", prompt().typed().text(), "what was typed is not lost by moving");
    assertEquals(List.of(1L, 4L), play.listed());
    play.press("Up Up Up");
    assertEquals("mail", prompt().typed().text());
  }

  @Test
  void aPastedFilterIsOneLine() {
    play.press("/").paste("mail\r\n\tstatus:open\u001b");
    assertEquals("mail  status:open", prompt().typed().text());
    assertEquals(List.of(2L), play.listed());
  }

  @Test
  void aLineHasAnEnd() {
    play.press("/").paste("x".repeat(9_000));
    assertEquals(TextEditing.LONGEST_LINE, prompt().typed().text().length());
    play.press("Ctrl-U Ctrl-Y Ctrl-Y");
    assertEquals(TextEditing.LONGEST_LINE, prompt().typed().text().length());
  }

  @Test
  void whatWasKilledInACommentKeepsToTheLine() {
    play.press("c").type("a").press("Alt-Enter Alt-Enter").type("?").press("Ctrl-W Esc /");
    play.press("Ctrl-Y");
    assertFalse(prompt().typed().text().contains("\n"));
    assertTrue(prompt().typed().text().startsWith("a"), prompt().typed().text());
  }

  // Views and sorting.

  @Test
  void theNumbersShowTheViews() {
    play.press("1");
    assertEquals("mine", play.model.filter().name());
    assertEquals(List.of(1L), play.listed());
    play.press("2");
    assertEquals(List.of(2L), play.listed());
    play.press("3");
    assertEquals(List.of(3L), play.listed());
    play.press("9");
    assertEquals(
        "There is no view 9: put one into config.toml, under [[tui.views]].", play.status());
    assertEquals(List.of(3L), play.listed());
    play.press("0");
    assertEquals("", play.status());
    assertEquals(List.of(4L, 3L, 2L, 1L).size(), play.listed().size());
    assertTrue(play.model.filter().query().isAll());
  }

  @ParameterizedTest
  @CsvSource({
    "n, -number, '4 3 2 1'",
    "t, title, '2 3 1 4'",
    "p, -priority, '3 2 1 4'",
    "a, assignee, '1 3 2 4'"
  })
  void oneSortsByAColumnAndTheCursorStaysOnItsTicket(String key, String order, String numbers) {
    play.press("j s");
    assertTrue(play.model.input() instanceof ChoiceMenu);
    play.press(key);
    assertEquals(order, play.model.filter().order().toString());
    assertEquals(numbers, String.join(" ", play.listed().stream().map(n -> n + "").toList()));
    assertEquals(2, play.selected());
    play.press("S");
    TicketOrder turned = play.model.filter().order();
    assertEquals(!order.startsWith("-"), turned.descending());
    play.press("s " + key);
    assertEquals(order, play.model.filter().order().toString(), "again turns it round");
  }

  @Test
  void aSortedListStaysSorted() {
    play.press("s p").bobUpdates(4, TicketPatch.of(TicketField.PRIORITY, Priority.URGENT));
    assertEquals(List.of(3L, 4L, 2L, 1L), play.listed());
  }

  // Freezing.

  @Test
  void aFrozenListStandsStillAndCountsWhatItMisses() {
    play.press("Space");
    assertTrue(play.model.listing().frozen());
    bobCreates("New");
    play.bobLocks(2).bobUpdates(3, TicketPatch.of(TicketField.TITLE, "Phones"));
    assertEquals(List.of(1L, 2L, 3L, 4L), play.listed());
    assertEquals("Phone", play.model.list().visible().get(2).shown().content().title());
    assertEquals(3, play.model.listing().missed());
    assertEquals(5, play.model.tickets().open() + play.model.tickets().closed());
    play.press("Space");
    assertFalse(play.model.listing().frozen());
    assertEquals(0, play.model.listing().missed());
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), play.listed());
  }

  @Test
  void aFrozenListMissesOnlyWhatItWouldShow() {
    play.press("3 Space").bobUpdates(1, TicketPatch.of(TicketField.TITLE, "Printers"));
    assertEquals(0, play.model.listing().missed());
    play.bobUpdates(1, TicketPatch.of(TicketField.PRIORITY, Priority.URGENT));
    assertEquals(1, play.model.listing().missed());
    play.bobLocks(3);
    assertEquals(2, play.model.listing().missed());
  }

  @Test
  void whatLeftAFrozenListStaysUntilTheCursorMoves() {
    play.press("3 Space")
        .bobUpdates(3, TicketPatch.of(TicketField.PRIORITY, Priority.LOW))
        .press("Space");
    assertTrue(play.model.list().selected().orElseThrow().gone());
    assertEquals(3, play.selected());
  }

  @Test
  void oneActsOnWhatATicketIsNowThoughTheListIsFrozen() {
    play.press("Space")
        .bobUpdates(1, TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED))
        .press("x")
        .answer();
    assertTrue(play.desk.ticket(1).isOpen());
  }

  // Time.

  @Test
  void timeAloneMovesTicketsInAndOut() {
    Play stale =
        new Play(
                Play.settings(Play.view("stale", "held:>30m", "number")),
                ticket(1).locked("bob", Duration.ofMinutes(29), Duration.ofHours(1)).make(),
                ticket(2).make())
            .connect();
    assertEquals(List.of(), stale.listed());
    for (int n = 0; n < 20; n++) {
      stale.seconds(6);
    }
    assertEquals(List.of(1L), stale.listed());
  }

  // Many tickets.

  @Test
  void aLongListIsMadeElsewhere() {
    Play large = new Play(Play.settings(Play.view(null, "", "number")), many(6_000)).connect();
    assertTrue(large.asked.stream().anyMatch(Effect.FilterTickets.class::isInstance));
    large.answer();
    assertEquals(6_000, large.model.list().size());
    large.press("/").type("9");
    assertTrue(large.model.listing().isFiltering());
    assertEquals(6_000, large.model.list().size(), "the old list stays meanwhile");
    large.answer();
    assertFalse(large.model.listing().isFiltering());
    assertTrue(large.model.list().size() < 6_000);
  }

  @Test
  void whatHappensWhileAListIsMadeIsInIt() {
    Play large = new Play(Play.settings(Play.view(null, "", "number")), many(6_000)).connect();
    large.answer().press("/").type("special");
    List<Effect.FilterTickets> sifts = large.all(Effect.FilterTickets.class);
    large.bobUpdates(5_999, TicketPatch.of(TicketField.TITLE, "special"));
    large.by(BOB, new CreateTicket(null, null, TicketContent.titled("special too")));
    for (Effect.FilterTickets sift : sifts) {
      large.take(
          new EffectResult.TicketsFiltered(
              sift.id(),
              TicketFilterer.filter(sift.tickets(), sift.filter(), sift.me(), sift.now())));
    }
    assertEquals(List.of(5_999L, 6_001L), large.listed());
  }

  @Test
  void onlyTheListOneWaitsForIsShown() {
    Play large = new Play(Play.settings(Play.view(null, "", "number")), many(6_000)).connect();
    large.answer().press("/").type("12");
    List<Effect.FilterTickets> sifts = new ArrayList<>(large.all(Effect.FilterTickets.class));
    Effect.FilterTickets first = sifts.get(sifts.size() - 2);
    large.take(new EffectResult.TicketsFiltered(first.id(), List.of()));
    assertEquals(6_000, large.model.list().size());
    large.answer();
    assertTrue(large.model.list().size() > 0 && large.model.list().size() < 6_000);
  }

  // The rest of the keys.

  @Test
  void thePreviewIsShownAndHiddenAndThatIsSaidWhereOneDoesNotSeeIt() {
    play.press("v");
    assertEquals("The preview is off.", play.status());
    play.press("v");
    assertEquals(
        "The preview is on, where there is room for it: from 110 columns or 36 rows on.",
        play.status());
    play.press("Esc").resize(120, 40);
    assertEquals(Layout.Preview.BESIDE, play.model.layout().preview());
    play.press("v");
    assertEquals(Layout.Preview.NONE, play.model.layout().preview());
    assertEquals("", play.status());
  }

  @Test
  void theNextFreeTicketOfTheViewIsClaimedAndOneIsThere() {
    play.press("2 C");
    ClaimTicket claim = (ClaimTicket) play.lastChange();
    assertEquals("assignee:none status:open", claim.query().text());
    assertEquals(TicketOrder.BY_NUMBER, claim.order());
    play.answer();
    assertEquals(2, play.selected());
    assertEquals(ALICE, play.desk.ticket(2).content().assignee());
    assertEquals("You claimed #2 for 15m.", play.status());
    play.press("x").answer();
    assertFalse(play.desk.ticket(2).isOpen());
  }

  @Test
  void aClaimedTicketThatLeftTheListIsRead() {
    Play long50 = new Play(Play.settings(Play.view("free", "assignee:none", "number")), many(60));
    long50.connect().press("G C").answer();
    assertEquals(Screen.DETAIL, long50.model.screen());
    assertEquals(1, long50.model.subject().orElseThrow().number());
  }

  @Test
  void whoClaimsWhileReadingReadsWhatTheyClaimed() {
    play.press("j j Enter C").answer();
    assertEquals(Screen.DETAIL, play.model.screen());
    assertEquals(2, play.model.subject().orElseThrow().number());
  }

  @Test
  void whoTypesMeanwhileIsNotTakenElsewhere() {
    play.press("2 C c").type("x").answer();
    assertTrue(play.model.input() instanceof CommentBox);
    assertEquals(Screen.LIST, play.model.screen());
  }

  @Test
  void nothingToClaimIsASentence() {
    play.press("1 C").answer();
    assertEquals("No free ticket matches: look later.", play.status());
  }

  @Test
  void oneWithoutATicketSaysSo() {
    Play empty = Play.live();
    for (String key : "Enter e c d m a p x t l u L w".split(" ")) {
      empty.press("Esc").press(key);
      assertTrue(empty.status().startsWith("There is no ticket here to "), key);
      assertNull(empty.model.input(), key);
    }
  }

  @Test
  void theAnswerToAChangeThatWasMadeBeforeIsNoNews() {
    play.press("x");
    Effect.Change change = play.next(Effect.Change.class);
    SequencedEvent event = play.decide(ALICE, change.change());
    play.take(new EffectResult.Done(change.id(), EventMessage.answer(event, "1")));
    assertEquals("You closed #1.", play.status());
    play.take(new EffectResult.Done(change.id(), EventMessage.answer(event, "1"))).happened(event);
    assertEquals("You closed #1.", play.status());
  }
}
