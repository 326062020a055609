package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.state.list.FilterJob;
import org.lesbillets.cli.tui.state.list.ListRows.Notice;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.query.QueryContext;

/**
 * The rows of the list: made again when filter or order change, updated row by row as events
 * arrive. More than {@value #AT_ONCE} tickets are filtered by a {@link FilterJob} on a worker
 * thread; tickets that change while it runs are matched again when it ends. On the thread of the
 * view.
 */
record ListUpdates(UpdateContext context) {
  /** The most tickets filtered at once; it takes under a frame. */
  private static final int AT_ONCE = 5_000;

  /** Switches to another filter. */
  void show(Filter filter) {
    context.listing = context.listing.wanting(filter);
    filter(filter, false);
  }

  /** Filters all tickets again: time has passed, or a snapshot was loaded. */
  void refresh() {
    filter(context.listing.filters().wanted(), !context.listing.isFiltering());
  }

  private void filter(Filter filter, boolean refresh) {
    if (context.tickets.book().size() <= AT_ONCE) {
      context.listing = context.listing.filtering(null, context.now);
      Iterable<Ticket> all = context.tickets.book().stream()::iterator;
      take(TicketFilterer.filter(all, filter, context.me(), context.now.wall()), filter, refresh);
    } else {
      long id = context.nextId();
      FilterJob job = new FilterJob(id, filter, refresh, null);
      context.listing = context.listing.filtering(job, context.now);
      List<Ticket> all = context.tickets.book().tickets();
      context.effect(new Effect.FilterTickets(id, all, filter, context.me(), context.now.wall()));
    }
  }

  private void take(List<Ticket> sorted, Filter filter, boolean refresh) {
    boolean untouched = !context.listing.complete() && context.list().selectedIndex() <= 0;
    context.listing = context.listing.listing(filter, context.tickets.isComplete());
    if (refresh) {
      context.list().refresh(sorted, filter.order().comparator());
    } else {
      context.list().show(sorted, filter.order().comparator());
    }
    if (untouched) {
      // While the first snapshot loads, the cursor stays at the top.
      context.list().moveTo(0);
    }
    selectPending();
  }

  /**
   * Selects a ticket, now or as soon as it is in the list.
   *
   * @return false if it is known, and not in the list
   */
  boolean goTo(TicketId ticket) {
    context.listing = context.listing.seeking(ticket);
    selectPending();
    if (context.listing.pendingSelection() != null
        && !context.listing.isFiltering()
        && context.tickets.find(ticket).isPresent()) {
      context.listing = context.listing.seeking(null);
      return false;
    }
    return true;
  }

  private void selectPending() {
    if (context.listing.pendingSelection() != null
        && !context.listing.isFiltering()
        && context.list().select(context.listing.pendingSelection())) {
      context.listing = context.listing.seeking(null);
    }
  }

  /** The result of a filter job; ignored unless it is the one awaited. */
  void filtered(EffectResult.TicketsFiltered event) {
    FilterJob awaited = context.listing.job();
    if (awaited == null || awaited.id() != event.id()) {
      return;
    }
    take(event.sorted(), awaited.filter(), awaited.refresh());
    QueryContext query = TicketFilterer.context(context.me(), context.now.wall());
    for (TicketId id : awaited.changed()) {
      context.tickets.find(id).ifPresent(ticket -> place(ticket, query, Notice.NONE));
    }
  }

  /** Applies the change of one ticket. */
  void changed(Ticket ticket, Notice notice) {
    if (context.listing.job() != null) {
      context.listing = context.listing.with(context.listing.job().touching(ticket.id()));
    }
    QueryContext query = TicketFilterer.context(context.me(), context.now.wall());
    if (!context.listing.frozen()) {
      place(ticket, query, notice);
      selectPending();
    } else if (notice != Notice.NONE && isMissed(ticket, query)) {
      context.listing = context.listing.missedOne();
    }
  }

  /** Whether a change would be visible if the list were not frozen. */
  private boolean isMissed(Ticket ticket, QueryContext query) {
    return context.list().find(ticket.id()).isPresent()
        || context.listing.filters().listed().query().matches(ticket, query);
  }

  private void place(Ticket ticket, QueryContext query, Notice notice) {
    context
        .list()
        .take(
            ticket,
            context.listing.filters().listed().query().matches(ticket, query),
            notice,
            context.now);
  }

  /** Freezes the list, or resumes it. */
  void freeze() {
    context.listing = context.listing.toggled();
    if (!context.listing.frozen()) {
      refresh();
    }
  }
}
