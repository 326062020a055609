package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.BOB;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.model.Comment;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** The comments of the chosen ticket, beside the list. */
class PreviewsTest {
  private static final Duration TICK = Duration.ofMillis(200);

  private final Play play =
      Play.live(
              ticket(1).make().withCommentCount(1),
              ticket(2).make().withCommentCount(1),
              ticket(3).make())
          .resize(140, 40);

  private List<String> shown() {
    return play.model.peek().view().comments().stream().map(Comment::text).toList();
  }

  private void came(Effect.Fetch fetch, String text) {
    Comment comment = new Comment(1, NOW, BOB, text);
    TicketDetails page =
        new TicketDetails(
            "1",
            play.desk.book.find(fetch.ticket()).orElseThrow(),
            List.of(comment),
            List.of(),
            false);
    play.take(new EffectResult.Details(fetch.id(), page));
  }

  @Test
  void theyAreFetchedWhenTheCursorRests() {
    assertEquals(0, play.all(Effect.Fetch.class).size());
    play.after(TICK);
    came(play.next(Effect.Fetch.class), "One");
    assertEquals(List.of("One"), shown());
    play.after(TICK).after(TICK);
    assertEquals(1, play.all(Effect.Fetch.class).size(), "once");
  }

  @Test
  void ticketsOnePassesByAreNotAskedFor() {
    for (int n = 0; n < 20; n++) {
      play.press(n % 2 == 0 ? "j" : "k").after(Duration.ofMillis(50));
    }
    assertEquals(0, play.all(Effect.Fetch.class).size());
    play.press("G").after(TICK).after(TICK);
    assertEquals(0, play.all(Effect.Fetch.class).size(), "the last one has no comments");
  }

  @Test
  void anAnswerAboutAnotherTicketIsNotMixedIn() {
    play.after(TICK);
    Effect.Fetch first = play.next(Effect.Fetch.class);
    play.press("j");
    came(first, "One");
    assertEquals(List.of(), shown());
    play.after(TICK);
    came(play.next(Effect.Fetch.class), "Two");
    assertEquals(List.of("Two"), shown());
  }

  @Test
  void theyAreLive() {
    play.after(TICK);
    came(play.next(Effect.Fetch.class), "One");
    play.by(BOB, new CommentTicket(null, null, TicketRef.of(1), "Hello."));
    play.by(BOB, new CommentTicket(null, null, TicketRef.of(2), "Elsewhere."));
    assertEquals(List.of("One", "Hello."), shown());
  }

  @Test
  void oneSeesWhatOneHasSent() {
    play.press("G c").type("Done.").press("Enter").answer();
    assertEquals(List.of("Done."), shown());
    assertNull(play.model.input());
  }

  @Test
  void whatCannotBeFetchedIsSaidThereAndAskedForAgainAfterALoss() {
    play.after(TICK).refuse(Effect.Fetch.class, null, "there is no connection");
    assertEquals("There is no connection.", play.model.peek().view().trouble());
    play.lose("the server went away").after(TICK);
    assertEquals(1, play.all(Effect.Fetch.class).size(), "not while there is no connection");
    play.back().after(TICK);
    assertEquals(2, play.all(Effect.Fetch.class).size());
    came(play.next(Effect.Fetch.class), "One");
    assertEquals(List.of("One"), shown());
    assertNull(play.model.peek().view().trouble());
  }

  @Test
  void withoutAPreviewNothingIsFetched() {
    play.press("v").after(TICK).resize(80, 24).press("v").after(TICK).press("j").after(TICK);
    assertEquals(0, play.all(Effect.Fetch.class).size());
    assertNull(play.model.peek());
    play.resize(140, 40).after(TICK).after(TICK);
    assertEquals(1, play.all(Effect.Fetch.class).size());
    assertTrue(play.model.peek().isOf(ticket(2).make().id()));
  }
}
