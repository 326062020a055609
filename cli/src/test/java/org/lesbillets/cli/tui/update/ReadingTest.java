package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.BOB;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.text.DetailText;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** What is read: a ticket with its comments and history, the overview, the help, output. */
class ReadingTest {
  private final Play play =
      Play.live(
          ticket(1).description("x\n".repeat(60)).make(),
          ticket(2).make(),
          ticket(3).priority(Priority.URGENT).make());

  private static Comment comment(long revision) {
    return new Comment(revision, NOW, BOB, "Comment " + revision);
  }

  private static TicketDetails page(Ticket ticket, long from, long to, boolean more) {
    List<SequencedEvent> events = new ArrayList<>();
    List<Comment> comments = new ArrayList<>();
    for (long revision = to; revision >= from; revision--) {
      WireEvent event = new WireEvent.TicketCommented(NOW, BOB, ticket, comment(revision));
      events.add(new SequencedEvent(revision, revision - 1, event));
      comments.add(comment(revision));
    }
    return new TicketDetails("1", ticket, comments, events, more);
  }

  private void page(long from, long to, boolean more) {
    Effect.Fetch fetch = play.next(Effect.Fetch.class);
    Ticket ticket = play.desk.book.find(fetch.ticket()).orElseThrow();
    play.take(new EffectResult.Details(fetch.id(), page(ticket, from, to, more)));
  }

  private List<Long> comments() {
    return play.model.detail().comments().stream().map(Comment::id).toList();
  }

  private void bobComments(long number, String text) {
    play.by(BOB, new CommentTicket(null, null, TicketRef.of(number), text));
  }

  /** The line one reads, the topmost. */
  private String read() {
    return lines().get(play.model.detail().top()).text();
  }

  /** The lines one sees. */
  private List<String> inSight() {
    int top = play.model.detail().top();
    int end = Math.min(lines().size(), top + play.model.layout().bodyRows());
    return lines().subList(top, end).stream().map(TextLine::text).toList();
  }

  private List<TextLine> lines() {
    return new DetailText(
            play.model.subject().orElseThrow(),
            play.model.detail(),
            play.model.tickets().lease(play.model.detail().ticket()).orElse(null),
            play.now,
            play.model.settings().zone())
        .lines(78);
  }

  @Test
  void aTicketIsOpenedAndItsPastIsFetched() {
    play.press("Enter");
    assertEquals(Screen.DETAIL, play.model.screen());
    assertTrue(play.model.detail().loading());
    Effect.Fetch fetch = play.last(Effect.Fetch.class);
    assertEquals(ticket(1).make().id(), fetch.ticket());
    assertEquals(DetailsCursor.NEWEST, fetch.cursor());
    page(10, 12, false);
    assertEquals(List.of(10L, 11L, 12L), comments());
    play.press("q");
    assertEquals(Screen.LIST, play.model.screen());
    assertNull(play.model.detail());
  }

  @Test
  void itIsLive() {
    play.press("Enter").answer();
    bobComments(1, "Hello.");
    assertEquals("Hello.", play.model.detail().comments().get(0).text());
    play.bobUpdates(1, TicketPatch.of(TicketField.TITLE, "Other"));
    assertEquals("Other", play.model.subject().orElseThrow().content().title());
    assertEquals(2, play.model.detail().history().size());
    bobComments(2, "Elsewhere.");
    assertEquals(1, play.model.detail().comments().size());
  }

  @Test
  void aCommentOneSendsComesInSightWhereverOneIs() {
    for (String where : List.of("g", "G")) {
      play.press("g Enter").answer().press(where + " c").type("Said at " + where);
      play.press("Enter").answer();
      assertTrue(inSight().contains("  Said at " + where), where + ": " + inSight());
      play.press("q");
    }
  }

  @Test
  void aCommentIsInSightAlsoWhenItsAnswerComesBeforeItsNews() {
    play.press("Enter").answer().press("c").type("Done.").press("Enter");
    Effect.Change sent = play.next(Effect.Change.class);
    SequencedEvent event = play.decide(Play.ALICE, sent.change());
    play.take(new EffectResult.Done(sent.id(), EventMessage.answer(event, "1")));
    assertTrue(inSight().contains("  Done."), inSight().toString());
    play.happened(event);
    assertTrue(inSight().contains("  Done."), inSight().toString());
    assertEquals(1, comments().size());
  }

  @Test
  void whatIsInSightStaysWhereItIs() {
    play.press("j Enter").answer().press("c").type("Done.").press("Enter").answer();
    assertEquals(0, play.model.detail().top());
    assertTrue(inSight().contains("  Done."), inSight().toString());
  }

  @Test
  void olderThingsAreFetchedAtTheEnd() {
    play.press("Enter");
    page(10, 12, true);
    play.press("j k");
    assertEquals(1, play.all(Effect.Fetch.class).size());
    play.press("G");
    assertEquals(10, play.last(Effect.Fetch.class).cursor().before());
    assertTrue(play.model.detail().loading());
    play.press("G G");
    assertEquals(2, play.all(Effect.Fetch.class).size(), "once is enough");
    page(8, 9, false);
    assertEquals(List.of(8L, 9L, 10L, 11L, 12L), comments());
    play.press("G");
    assertEquals(2, play.all(Effect.Fetch.class).size());
  }

  @Test
  void whatCannotBeFetchedIsSaidWhereItIsMissing() {
    play.press("Enter").refuse(Effect.Fetch.class, null, "there is no connection");
    assertFalse(play.model.detail().loading());
    assertEquals("There is no connection.", play.model.detail().trouble());
    assertEquals("", play.status());
  }

  @Test
  void anAnswerAboutAnotherTicketIsNotMixedIn() {
    play.press("Enter");
    Effect.Fetch first = play.next(Effect.Fetch.class);
    play.press("q j Enter");
    play.take(new EffectResult.Details(first.id(), page(play.desk.ticket(1), 10, 12, true)));
    assertEquals(List.of(), comments());
    assertTrue(play.model.detail().loading());
  }

  @Test
  void aHoleInThePastIsNotPaperedOver() {
    play.press("Enter");
    page(10, 12, false);
    play.lose("the server went away").welcome(Play.ALICE).snapshot(true).liven();
    play.next(Effect.Fetch.class);
    page(300, 310, true);
    assertEquals(300, comments().get(0));
    play.press("G");
    assertEquals(300, play.last(Effect.Fetch.class).cursor().before());
  }

  @Test
  void itScrollsAndStopsAtItsEnds() {
    play.press("Enter").answer().press("k");
    assertEquals(0, play.model.detail().top());
    play.press("j j PgDn");
    assertEquals(2 + 19, play.model.detail().top());
    play.press("G");
    int end = play.model.detail().top();
    play.press("j Down PgDn");
    assertEquals(end, play.model.detail().top());
    play.press("Ctrl-U");
    assertEquals(end - 9, play.model.detail().top());
    play.press("g");
    assertEquals(0, play.model.detail().top());
    play.press("Ctrl-D PgUp");
    assertEquals(0, play.model.detail().top());
  }

  @Test
  void whatOneReadsStaysWhereItIsThoughMoreIsPutAbove() {
    play.press("Enter");
    page(10, 60, false);
    while (!read().equals("  Comment 40")) {
      play.press("j");
    }
    bobComments(1, "New.\nOf two lines.");
    assertEquals("  Comment 40", read());
    play.bobLocks(1);
    assertEquals("  Comment 40", read());
    play.bobUnlocks(1).bobUpdates(1, TicketPatch.of(TicketField.TITLE, "long ".repeat(40)));
    assertEquals("  Comment 40", read());
    play.press("g");
    bobComments(1, "New.");
    assertEquals(0, play.model.detail().top());
  }

  @Test
  void theNextTicketIsReadWithoutGoingBack() {
    play.press("Enter ]");
    assertEquals(2, play.model.subject().orElseThrow().number());
    assertEquals(2, play.selected());
    play.press("] ]");
    assertEquals(3, play.model.subject().orElseThrow().number());
    assertEquals(3, play.all(Effect.Fetch.class).size(), "there is none behind the last");
    play.press("[ [ [");
    assertEquals(1, play.model.subject().orElseThrow().number());
  }

  @Test
  void theNextAfterATicketThatLeftTheListIsTheNextOne() {
    Play urgent =
        new Play(
                Play.settings(Play.view("urgent", "priority:urgent", "number")),
                IntStream.rangeClosed(1, 4)
                    .mapToObj(n -> ticket(n).priority(Priority.URGENT).make())
                    .toArray(Ticket[]::new))
            .connect();
    urgent
        .press("j Enter")
        .bobUpdates(2, TicketPatch.of(TicketField.PRIORITY, Priority.LOW))
        .press("]");
    assertEquals(3, urgent.model.subject().orElseThrow().number());
    urgent.press("[");
    assertEquals(1, urgent.model.subject().orElseThrow().number());
  }

  @Test
  void whatIsDoneIsDoneToWhatIsRead() {
    play.press("Enter j j")
        .bobUpdates(1, TicketPatch.of(TicketField.TITLE, "Other"))
        .press("x")
        .answer();
    assertFalse(play.desk.ticket(1).isOpen());
    play.press("e");
    assertEquals(1, ((TicketForm) play.model.input()).base().number());
    play.press("Esc c");
    assertEquals(1, ((CommentBox) play.model.input()).number());
    play.press("Esc");
    assertEquals(Screen.DETAIL, play.model.screen());
  }

  @Test
  void aTicketThatIsGoneForGoodIsNoException() {
    play.press("Enter").answer();
    play.part(List.of(play.desk.ticket(2)), 1, true, true, true);
    assertTrue(play.model.subject().isEmpty());
    for (String key : "j k G g PgDn x e c l L w u m a p t d".split(" ")) {
      play.press(key);
      assertNull(play.model.input(), key);
    }
    assertEquals("There is no ticket here to do that to.", play.status());
  }

  // The overview.

  @Test
  void theOverviewIsLookedAtAndLeft() {
    play.press("o");
    assertEquals(Screen.OVERVIEW, play.model.screen());
    play.press("q Enter o");
    assertEquals(Screen.OVERVIEW, play.model.screen());
    assertEquals(1, play.model.subject().orElseThrow().number());
    play.press("Esc");
    assertEquals(Screen.DETAIL, play.model.screen());
    assertNotNull(play.model.detail());
    play.press("o o");
    assertEquals(Screen.DETAIL, play.model.screen());
  }

  @Test
  void itsCountsAreThose() {
    play.bobLocks(2).press("o");
    assertEquals(3, play.model.tickets().open());
    assertEquals(1, play.model.tickets().locked());
    assertEquals(1, play.model.activity().changes()[0]);
    play.seconds(1);
    assertEquals(1, play.model.activity().locks()[0]);
  }

  // The help, and output.

  @Test
  void theHelpLiesOverWhateverThereWas() {
    play.press("c").type("Half a").press("F1");
    assertEquals(Pager.Kind.HELP, play.model.pager().kind());
    play.press("x").type("abc").paste("def").press("Esc");
    assertNull(play.model.pager());
    assertEquals("Half a", ((CommentBox) play.model.input()).typed().text());
  }

  @Test
  void theKeyThatShowsTheHelpPutsItAway() {
    play.press("? ?");
    assertNull(play.model.pager());
    play.press("c F1 F1").type("?");
    assertNull(play.model.pager());
    assertEquals("?", ((CommentBox) play.model.input()).typed().text());
  }

  @Test
  void aPasteWithNothingToTypeIntoIsLeftOutAndThatIsSaid() {
    play.paste("x\nq\n");
    assertEquals("What was pasted is left out: there is nothing here to type into.", play.status());
    assertEquals(Collections.emptyList(), play.all(Effect.Change.class));
    assertEquals(Screen.LIST, play.model.screen());
  }

  @Test
  void aLongTextScrolls() {
    play.press("?");
    int lines = play.model.pager().lines().size();
    play.press("j j k");
    assertEquals(1, play.model.pager().top());
    play.press("G j");
    assertEquals(lines - 20, play.model.pager().top());
    play.press("PgUp Ctrl-U");
    assertEquals(lines - 20 - 19 - 9, play.model.pager().top());
    play.press("Home k");
    assertEquals(0, play.model.pager().top());
    play.press("Ctrl-D PgDn q");
    assertNull(play.model.pager());
  }

  @Test
  void aShortTextStandsStill() {
    play.press(":").type("list").press("Enter");
    play.take(
        new EffectResult.VerbEnded(play.next(Effect.RunVerb.class).id(), 0, List.of("one", "two")));
    play.press("j G PgDn");
    assertEquals(0, play.model.pager().top());
  }
}
