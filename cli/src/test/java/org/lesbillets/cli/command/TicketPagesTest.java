package org.lesbillets.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** Whatever a server puts into its pages, nothing is left out. */
class TicketPagesTest {
  private static final AgentName BOB = new AgentName("bob");
  private static final Ticket TICKET = TicketMaker.ticket(17).make();

  private final List<Comment> comments = new ArrayList<>();
  private final List<SequencedEvent> events = new ArrayList<>();

  private void said(long id) {
    comments.add(new Comment(id, TicketMaker.NOW, BOB, "comment " + comments.size()));
  }

  private void happened(long revision, WireEvent event) {
    events.add(new SequencedEvent(revision, revision - 1, event));
  }

  /**
   * A ticket imported with some comments, to which this and that happened since.
   *
   * @param numbers whether the server numbers comments; else their ids are revisions, and those of
   *     an import just below the first event's
   */
  private void make(Random random, boolean numbers) {
    comments.clear();
    events.clear();
    long revision = random.nextInt(5);
    for (int i = random.nextInt(8); i > 0; i--) {
      said(numbers ? comments.size() + 1 : ++revision);
    }
    happened(++revision, new WireEvent.TicketCreated(TicketMaker.NOW, BOB, TICKET, true));
    for (int i = random.nextInt(12); i > 0; i--) {
      revision += 1 + random.nextInt(3);
      if (random.nextBoolean()) {
        said(numbers ? comments.size() + 1 : revision);
        happened(
            revision,
            new WireEvent.TicketCommented(
                TicketMaker.NOW, BOB, TICKET, comments.get(comments.size() - 1)));
      } else {
        happened(
            revision, new WireEvent.TicketUpdated(TicketMaker.NOW, BOB, TICKET, List.of(), false));
      }
    }
  }

  /** A page of at most so many of each kind, as a server makes it. */
  private TicketDetails page(DetailsCursor cursor, boolean numbers, boolean history, int limit) {
    Long commentsBefore = numbers ? cursor.commentsBefore() : cursor.before();
    List<Comment> newest = newestFirst(comments, Comment::id, commentsBefore);
    List<SequencedEvent> last = newestFirst(events, SequencedEvent::revision, cursor.before());
    boolean more = newest.size() > limit || history && last.size() > limit;
    return new TicketDetails(
        "1",
        TICKET,
        newest.subList(0, Math.min(limit, newest.size())),
        history ? last.subList(0, Math.min(limit, last.size())) : null,
        more);
  }

  private static <T> List<T> newestFirst(List<T> all, ToLongFunction<T> place, Long before) {
    return all.stream()
        .filter(one -> before == null || place.applyAsLong(one) < before)
        .sorted(Comparator.comparingLong(place).reversed())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allCommentsAndEventsAreRead(boolean numbers) throws Exception {
    SeededTest.run(
        random -> {
          for (int round = 0; round < 2_000; round++) {
            make(random, numbers);
            boolean history = random.nextBoolean();
            TicketPages pages = new TicketPages(history);
            List<DetailsCursor> asked = new ArrayList<>();
            DetailsCursor cursor = DetailsCursor.NEWEST;
            while (cursor != null) {
              asked.add(cursor);
              cursor = pages.take(page(cursor, numbers, history, 1 + random.nextInt(4)));
            }
            assertEquals(comments, pages.comments(), () -> "asked for " + asked);
            assertEquals(history ? events : List.of(), pages.events(), () -> "asked for " + asked);
          }
        });
  }
}
