package org.lesbillets.server.desk.request;

import java.util.List;
import java.util.Optional;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ClientMessage.ImportTicket;
import org.lesbillets.server.journal.Imported;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Paged;
import org.lesbillets.server.world.TimeSource;

/**
 * Content-based idempotency of imports: a request to create a ticket whose id exists is answered as
 * a repeat when it says the same, and refused otherwise. The desk's thread; the journal is read
 * asynchronously, a page at a time.
 */
public final class DuplicateImportCheck {
  private static final long PAGE_BYTES = WireLimits.PART_BYTES;

  private final Journal journal;
  private final JournalLookup lookup;
  private final Replies replies;
  private final TimeSource time;

  public DuplicateImportCheck(DeskDependencies with, JournalLookup lookup, Replies replies) {
    this.journal = with.journal();
    this.time = with.time();
    this.lookup = lookup;
    this.replies = replies;
  }

  /**
   * Answers {@code request}: an import equal to the earlier import, or to the ticket as it is now,
   * changes nothing; any other request that would create {@code ticket} is refused.
   */
  public void answer(ChangeRequest request, Ticket ticket) {
    if (request.change() instanceof ImportTicket wanted) {
      lookup.read(request, () -> compare(request, wanted, ticket), Runnable::run);
    } else {
      replies.rejected(request, DeskMessages.OPERATION_ID_REUSED);
    }
  }

  /** The answer, to be given on the desk's thread. A worker's thread. */
  private Runnable compare(ChangeRequest request, ImportTicket wanted, Ticket ticket) {
    Optional<Imported> before =
        journal.reads().imported(ticket.id()).filter(one -> same(one, wanted));
    if (before.isPresent()) {
      return () -> replies.recorded(request, before.get().event());
    }
    return isNow(ticket, wanted)
        ? () -> replies.unchanged(request, ticket)
        : () -> replies.rejected(request, DeskMessages.imported(ticket));
  }

  /** The number is not compared: when the wanted one was taken, the import got the next. */
  private static boolean same(Imported imported, ImportTicket wanted) {
    return imported.event().event().ticket().saysSameAs(wanted(wanted, imported))
        && imported.comments().size() == wanted.comments().size()
        && Comment.begin(imported.comments(), wanted.comments());
  }

  /** As it was kept: a sleep that was over by then was left out. */
  private static Ticket wanted(ImportTicket wanted, Imported imported) {
    return wanted.ticket().sleepingOnlyIfFuture(imported.event().event().at());
  }

  /** Further comments may have been imported in messages of their own. */
  private boolean isNow(Ticket ticket, ImportTicket wanted) {
    return ticket.saysSameAs(wanted.ticket().sleepingOnlyIfFuture(time.now()))
        && wanted.comments().size() <= ticket.commentCount()
        && beginsWith(ticket, wanted.comments());
  }

  /** Whether these are the ticket's first comments; pages through them from the last. */
  private boolean beginsWith(Ticket ticket, List<Comment> first) {
    long before = first.size() + 1L;
    while (before > 1) {
      Paged<Comment> page =
          journal
              .reads()
              .comments(ticket.id(), new Page(before, WireLimits.DEFAULT_PAGE_LIMIT, PAGE_BYTES));
      for (Comment comment : page.items()) {
        before = comment.id();
        if (!comment.saysSameAs(first.get((int) before - 1))) {
          return false;
        }
      }
      if (!page.more()) {
        return before == 1;
      }
    }
    return true;
  }
}
