package org.lesbillets.server.desk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.ImportTicket;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.wire.WireLimits;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;

/**
 * Answers requests that would make a ticket that is there already. Called on the desk's thread and
 * answers there; the journal is read by a worker meanwhile, a page at a time.
 */
final class DuplicateImportCheck {
  private static final long PAGE_BYTES = WireLimits.PART_BYTES;

  private final Journal journal;
  private final TimeSource time;
  private final Executor workers;
  private final Executor desk;
  private final Replies answers;
  private final LockTimes lockTimes;

  /**
   * @param foundation its workers are bounded, and may refuse a task
   * @param desk runs tasks on the desk's thread
   */
  DuplicateImportCheck(
      TicketDesk.Foundation foundation, Executor desk, Replies answers, LockTimes lockTimes) {
    this.journal = foundation.journal();
    this.time = foundation.time();
    this.workers = foundation.workers();
    this.desk = desk;
    this.answers = answers;
    this.lockTimes = lockTimes;
  }

  /**
   * Answers {@code request}: an import that says what was imported before, or what is there now,
   * changes nothing; whatever else would make {@code ticket} is refused.
   */
  void answer(ChangeRequest request, Ticket ticket) {
    if (!(request.change() instanceof ImportTicket wanted)) {
      answers.rejected(request, IdempotencyCheck.usedElsewhere());
      return;
    }
    try {
      workers.execute(() -> compare(request, wanted, ticket));
    } catch (RejectedExecutionException e) {
      answers.rejected(request, RejectionCode.BUSY, "The server has too much to do: try again.");
    }
  }

  private void compare(ChangeRequest request, ImportTicket wanted, Ticket ticket) {
    try {
      Optional<Imported> before = journal.imported(ticket.id()).filter(came -> same(came, wanted));
      if (before.isPresent()) {
        SequencedEvent event = before.get().event();
        desk.execute(() -> answers.event(request, lockTimes.withRemaining(event), true));
      } else if (isNow(ticket, wanted)) {
        desk.execute(() -> answers.unchanged(request, ticket, time.now()));
      } else {
        desk.execute(() -> answers.rejected(request, saysSomethingElse(ticket)));
      }
    } catch (JournalException e) {
      desk.execute(
          () -> answers.rejected(request, RejectionCode.UNCERTAIN, IdempotencyCheck.unreadable(e)));
    }
  }

  private static Decision.Rejected saysSomethingElse(Ticket ticket) {
    return new Decision.Rejected(
        RejectionCode.INVALID, DeskMessages.imported(ticket), RejectionDetails.field("id"));
  }

  /** The number may be another one: where it was taken, the ticket got the next. */
  private static boolean same(Imported came, ImportTicket wanted) {
    return sameText(came.event().event().ticket(), wanted.ticket())
        && came.comments().size() == wanted.comments().size()
        && says(came.comments(), wanted.comments());
  }

  private static boolean sameText(Ticket one, Ticket other) {
    return one.content().equals(other.content())
        && one.created().equals(other.created())
        && one.updated().equals(other.updated());
  }

  private static boolean says(List<Comment> some, List<Comment> others) {
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).withId(Comment.SELF).equals(others.get(i).withId(Comment.SELF))) {
        return false;
      }
    }
    return true;
  }

  /** Comments beyond those of the import may have come in messages of their own. */
  private boolean isNow(Ticket ticket, ImportTicket wanted) {
    return sameText(ticket, wanted.ticket())
        && wanted.comments().size() <= ticket.commentCount()
        && beginsWith(ticket, wanted.comments());
  }

  /** Whether these are the ticket's first comments; reads them from the last to the first. */
  private boolean beginsWith(Ticket ticket, List<Comment> first) {
    long before = ticket.revision() + 1;
    long place = ticket.commentCount();
    while (place > 0) {
      Paged<Comment> page =
          journal.comments(
              ticket.id(), new Page(before, WireLimits.DEFAULT_PAGE_LIMIT, PAGE_BYTES));
      for (Comment comment : page.items()) {
        place--;
        if (place < first.size() && !says(List.of(comment), List.of(first.get((int) place)))) {
          return false;
        }
        before = comment.id();
      }
      if (!page.more()) {
        return place == 0;
      }
    }
    return true;
  }
}
