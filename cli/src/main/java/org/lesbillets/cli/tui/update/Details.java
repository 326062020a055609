package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.tui.state.DetailText;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.update.UiModel.Screen;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;

/** The ticket that is read. */
final class Details {
  private final Step step;
  private final UiModel model;

  Details(Step step) {
    this.step = step;
    this.model = step.model;
  }

  void open(Ticket ticket) {
    model.detail = DetailView.of(ticket.id());
    model.screen = Screen.DETAIL;
    fetch(null);
  }

  private void fetch(Long before) {
    TicketId ticket = model.detail.ticket();
    long id = step.pend(Deed.FETCH, ticket, null, null);
    step.effect(new Effect.Fetch(id, ticket, before));
  }

  /** Asks once more for what is newest: something may have been missed. */
  void again() {
    if (model.detail != null) {
      model.detail = model.detail.asked();
      fetch(null);
    }
  }

  void came(UiEvent.Details event) {
    Pending asked = model.pending.remove(event.id());
    if (asked != null && isRead(asked.ticket())) {
      model.detail = model.detail.with(event.details());
    }
  }

  void failed(TicketId ticket, String sentence) {
    if (isRead(ticket)) {
      model.detail = model.detail.failed(sentence);
    }
  }

  void happened(SequencedEvent event) {
    if (isRead(event.event().ticket().id())) {
      model.detail = model.detail.with(event);
    }
  }

  private boolean isRead(TicketId ticket) {
    return model.detail != null && model.detail.ticket().equals(ticket);
  }

  void scroll(int by) {
    scrollTo((long) model.detail.top() + by);
  }

  /** Scrolls as far as there is something to see; at the end, older things are asked for. */
  void scrollTo(long line) {
    int last = Math.max(0, lines() - model.layout().bodyRows());
    model.detail = model.detail.at((int) Math.max(0, Math.min(line, last)));
    boolean atEnd = model.detail.top() >= last;
    if (atEnd && model.detail.more() && !model.detail.loading()) {
      Long oldest = model.detail.oldest();
      model.detail = model.detail.asked();
      fetch(oldest);
    }
  }

  private int lines() {
    return model.subject().map(ticket -> text(ticket).lines(model.columns - 2).size()).orElse(0);
  }

  private DetailText text(Ticket ticket) {
    return new DetailText(
        ticket,
        model.detail,
        model.tickets.lease(ticket.id()).orElse(null),
        model.now,
        model.settings.zone());
  }
}
