package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.Filter;
import org.lesbillets.cli.tui.state.FilterJob;
import org.lesbillets.cli.tui.state.TicketRows.Notice;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.query.QueryContext;

/** What the list shows: makes it anew when the filter changes, and keeps it up to date. */
final class ListUpdates {
  /** So many tickets are gone through at once; more are gone through elsewhere meanwhile. */
  private static final int AT_ONCE = 5_000;

  private final UpdateContext context;
  private final UiModel model;

  ListUpdates(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  /** Shows another filter. */
  void show(Filter filter) {
    model.filter = filter;
    model.wanted = null;
    sift(filter, false);
  }

  /** Looks at all tickets again: time went by, or much has changed. */
  void refresh() {
    boolean other = model.sifting != null && !model.sifting.refresh();
    if (!other) {
      sift(model.filter, true);
    } else {
      sift(model.filter, false);
    }
  }

  private void sift(Filter filter, boolean refresh) {
    model.siftedNanos = model.now.nanos();
    if (model.tickets.book().size() <= AT_ONCE) {
      model.sifting = null;
      Iterable<Ticket> all = model.tickets.book().stream()::iterator;
      take(TicketFilterer.sift(all, filter, model.me(), model.now.wall()), filter, refresh);
    } else {
      model.sifting = FilterJob.of(model.nextId(), filter, refresh);
      List<Ticket> all = model.tickets.book().tickets();
      context.effect(
          new Effect.Sift(model.sifting.id(), all, filter, model.me(), model.now.wall()));
    }
  }

  private void take(List<Ticket> sorted, Filter filter, boolean refresh) {
    boolean untouched = !model.whole && model.list.selectedIndex() <= 0;
    model.whole = model.tickets.isComplete();
    model.listed = filter;
    if (refresh) {
      model.list.refresh(sorted, filter.order().comparator());
    } else {
      model.list.show(sorted, filter.order().comparator());
    }
    if (untouched) {
      // While tickets come in, the cursor stays at the top, and not on the one that came first.
      model.list.moveTo(0);
    }
    goOn();
  }

  /**
   * Puts the cursor on a ticket, or has it go there as soon as it is in the list.
   *
   * @return false if it is known, and not in the list
   */
  boolean goTo(TicketId ticket) {
    model.wanted = ticket;
    goOn();
    if (model.wanted != null && !model.isSifting() && model.tickets.find(ticket).isPresent()) {
      model.wanted = null;
      return false;
    }
    return true;
  }

  private void goOn() {
    if (model.wanted != null && !model.isSifting() && model.list.select(model.wanted)) {
      model.wanted = null;
    }
  }

  /** A list that was made elsewhere is there. */
  void sifted(EffectResult.Sifted event) {
    FilterJob awaited = model.sifting;
    if (awaited == null || awaited.id() != event.id()) {
      return;
    }
    model.sifting = null;
    take(event.sorted(), awaited.filter(), awaited.refresh());
    QueryContext context = TicketFilterer.context(model.me(), model.now.wall());
    for (TicketId id : awaited.touched()) {
      model.tickets.find(id).ifPresent(ticket -> place(ticket, context, Notice.NONE));
    }
  }

  /** A ticket came or changed. */
  void changed(Ticket ticket, Notice notice) {
    if (model.sifting != null) {
      model.sifting.touched().add(ticket.id());
    }
    QueryContext context = TicketFilterer.context(model.me(), model.now.wall());
    if (!model.frozen) {
      place(ticket, context, notice);
      goOn();
    } else if (notice != Notice.NONE && isMissed(ticket, context)) {
      model.missed++;
    }
  }

  /** Whether somebody who looks at the list would have seen something. */
  private boolean isMissed(Ticket ticket, QueryContext context) {
    return model.list.find(ticket.id()).isPresent()
        || model.listed.query().matches(ticket, context);
  }

  private void place(Ticket ticket, QueryContext context, Notice notice) {
    model.list.take(ticket, model.listed.query().matches(ticket, context), notice, model.now);
  }

  /** Freezes the list, or lets it go on. */
  void freeze() {
    model.frozen = !model.frozen;
    model.missed = 0;
    if (!model.frozen) {
      refresh();
    }
  }
}
