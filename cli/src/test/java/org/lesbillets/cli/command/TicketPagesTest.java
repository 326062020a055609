package org.lesbillets.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** Whatever a server puts into its pages, nothing is left out. */
class TicketPagesTest {
  private static final AgentName BOB = new AgentName("bob");
  private static final Ticket TICKET = TicketMaker.ticket(17).make();

  private final List<Comment> comments = new ArrayList<>();
  private final List<SequencedEvent> events = new ArrayList<>();

  private void said(long revision) {
    comments.add(new Comment(revision, TicketMaker.NOW, BOB, "comment " + revision));
  }

  private void happened(long revision, WireEvent event) {
    events.add(new SequencedEvent(revision, revision - 1, event));
  }

  /** A ticket imported with some comments, to which this and that happened since. */
  private void make(Random random) {
    comments.clear();
    events.clear();
    long revision = random.nextInt(5);
    for (int i = random.nextInt(8); i > 0; i--) {
      said(++revision);
    }
    happened(++revision, new WireEvent.TicketCreated(TicketMaker.NOW, BOB, TICKET, true));
    for (int i = random.nextInt(12); i > 0; i--) {
      revision += 1 + random.nextInt(3);
      if (random.nextBoolean()) {
        said(revision);
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
  private TicketDetails page(Long before, boolean history, int limit) {
    long end = before == null ? Long.MAX_VALUE : before;
    List<Comment> newest =
        comments.stream()
            .filter(comment -> comment.id() < end)
            .sorted((a, b) -> Long.compare(b.id(), a.id()))
            .toList();
    List<SequencedEvent> last =
        events.stream()
            .filter(event -> event.revision() < end)
            .sorted((a, b) -> Long.compare(b.revision(), a.revision()))
            .toList();
    boolean more = newest.size() > limit || history && last.size() > limit;
    return new TicketDetails(
        "1",
        TICKET,
        newest.subList(0, Math.min(limit, newest.size())),
        history ? last.subList(0, Math.min(limit, last.size())) : null,
        more);
  }

  @Test
  void allCommentsAndEventsAreRead() throws Exception {
    SeededTest.run(
        random -> {
          for (int round = 0; round < 2_000; round++) {
            make(random);
            boolean history = random.nextBoolean();
            TicketPages pages = new TicketPages(history);
            TreeSet<Long> asked = new TreeSet<>();
            Long before = pages.take(page(null, history, 1 + random.nextInt(4)));
            while (before != null) {
              asked.add(before);
              before = pages.take(page(before, history, 1 + random.nextInt(4)));
            }
            assertEquals(comments, pages.comments(), () -> "asked for " + asked);
            assertEquals(history ? events : List.of(), pages.events(), () -> "asked for " + asked);
          }
        });
  }
}
