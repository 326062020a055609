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

/** What the list shows: makes it anew when the filter changes, and keeps it up to date. */
record ListUpdates(UpdateContext context) {
  /** So many tickets are gone through at once; more are gone through elsewhere meanwhile. */
  private static final int AT_ONCE = 5_000;

  /** Shows another filter. */
  void show(Filter filter) {
    context.listing(context.listing().wanting(filter));
    sift(filter, false);
  }

  /** Looks at all tickets again: time went by, or much has changed. */
  void refresh() {
    sift(context.model.filter(), !context.listing().isFiltering());
  }

  private void sift(Filter filter, boolean refresh) {
    if (context.tickets().book().size() <= AT_ONCE) {
      context.listing(context.listing().filtering(null, context.now()));
      Iterable<Ticket> all = context.tickets().book().stream()::iterator;
      take(TicketFilterer.sift(all, filter, context.me(), context.now().wall()), filter, refresh);
    } else {
      long id = context.nextId();
      FilterJob job = FilterJob.of(id, filter, refresh);
      context.listing(context.listing().filtering(job, context.now()));
      List<Ticket> all = context.tickets().book().tickets();
      context.effect(new Effect.Sift(id, all, filter, context.me(), context.now().wall()));
    }
  }

  private void take(List<Ticket> sorted, Filter filter, boolean refresh) {
    boolean untouched = !context.listing().complete() && context.list().selectedIndex() <= 0;
    context.listing(context.listing().listing(filter, context.tickets().isComplete()));
    if (refresh) {
      context.list().refresh(sorted, filter.order().comparator());
    } else {
      context.list().show(sorted, filter.order().comparator());
    }
    if (untouched) {
      // While tickets come in, the cursor stays at the top, and not on the one that came first.
      context.list().moveTo(0);
    }
    goOn();
  }

  /**
   * Puts the cursor on a ticket, or has it go there as soon as it is in the list.
   *
   * @return false if it is known, and not in the list
   */
  boolean goTo(TicketId ticket) {
    context.listing(context.listing().seeking(ticket));
    goOn();
    if (context.listing().pendingSelection() != null
        && !context.model.isFiltering()
        && context.tickets().find(ticket).isPresent()) {
      context.listing(context.listing().seeking(null));
      return false;
    }
    return true;
  }

  private void goOn() {
    if (context.listing().pendingSelection() != null
        && !context.model.isFiltering()
        && context.list().select(context.listing().pendingSelection())) {
      context.listing(context.listing().seeking(null));
    }
  }

  /** A list that was made elsewhere is there. */
  void sifted(EffectResult.Sifted event) {
    FilterJob awaited = context.listing().job();
    if (awaited == null || awaited.id() != event.id()) {
      return;
    }
    take(event.sorted(), awaited.filter(), awaited.refresh());
    QueryContext query = TicketFilterer.context(context.me(), context.now().wall());
    for (TicketId id : awaited.changed()) {
      context.tickets().find(id).ifPresent(ticket -> place(ticket, query, Notice.NONE));
    }
  }

  /** A ticket came or changed. */
  void changed(Ticket ticket, Notice notice) {
    if (context.listing().job() != null) {
      context.listing(context.listing().with(context.listing().job().touching(ticket.id())));
    }
    QueryContext query = TicketFilterer.context(context.me(), context.now().wall());
    if (!context.model.isFrozen()) {
      place(ticket, query, notice);
      goOn();
    } else if (notice != Notice.NONE && isMissed(ticket, query)) {
      context.listing(context.listing().missedOne());
    }
  }

  /** Whether somebody who looks at the list would have seen something. */
  private boolean isMissed(Ticket ticket, QueryContext query) {
    return context.list().find(ticket.id()).isPresent()
        || context.listing().filters().listed().query().matches(ticket, query);
  }

  private void place(Ticket ticket, QueryContext query, Notice notice) {
    context
        .list()
        .take(
            ticket,
            context.listing().filters().listed().query().matches(ticket, query),
            notice,
            context.now());
  }

  /** Freezes the list, or lets it go on. */
  void freeze() {
    context.listing(context.listing().toggled());
    if (!context.model.isFrozen()) {
      refresh();
    }
  }
}
