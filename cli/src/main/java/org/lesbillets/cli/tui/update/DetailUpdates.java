package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.text.DetailText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;

/** The ticket that is read. */
final class DetailUpdates {
  /** So many lines that stand together are found again among others. */
  private static final int ANCHOR = 3;

  /** How far they can move without there being more lines than before: some went, some came. */
  private static final int NEAR = 20;

  private final UpdateContext context;
  private final UiModel model;

  DetailUpdates(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  void open(Ticket ticket) {
    model.detail = DetailView.of(ticket.id());
    model.screen = Screen.DETAIL;
    fetch(null);
  }

  private void fetch(Long before) {
    TicketId ticket = model.detail.ticket();
    long id = context.pend(PendingKind.FETCH, ticket, null, null);
    context.effect(new Effect.Fetch(id, ticket, before));
  }

  /** Asks once more for what is newest: something may have been missed. */
  void again() {
    if (model.peek != null) {
      model.peek = model.peek.asked(false);
    }
    if (model.detail != null) {
      model.detail = model.detail.asked();
      fetch(null);
    }
  }

  void came(EffectResult.Details event) {
    PendingEffect asked = model.pending.remove(event.id());
    if (asked != null && isPeeked(asked.ticket())) {
      model.peek = model.peek.with(model.peek.view().with(event.details()));
    }
    if (asked != null && isRead(asked.ticket())) {
      List<TextLine> before = seen(asked.ticket());
      model.detail = model.detail.with(event.details());
      standStill(before);
    }
  }

  /** The lines of a ticket, if it is read and one has scrolled into it. */
  List<TextLine> seen(TicketId ticket) {
    return isRead(ticket) && model.detail.top() > 0 ? lines() : List.of();
  }

  /** What one reads stays where it is, though something was put above it. */
  private void standStill(List<TextLine> before) {
    int top = model.detail.top();
    if (top >= before.size()) {
      return;
    }
    List<TextLine> read = before.subList(top, Math.min(before.size(), top + ANCHOR));
    List<TextLine> after = lines();
    int most = NEAR + Math.abs(after.size() - before.size());
    for (int by = 0; by <= most; by++) {
      for (int line : new int[] {top + by, top - by}) {
        int end = line + read.size();
        if (line >= 0 && end <= after.size() && after.subList(line, end).equals(read)) {
          model.detail = model.detail.at(line);
          return;
        }
      }
    }
  }

  void failed(TicketId ticket, String sentence) {
    if (isRead(ticket)) {
      model.detail = model.detail.failed(sentence);
    }
    if (isPeeked(ticket)) {
      model.peek = model.peek.with(model.peek.view().failed(sentence));
    }
  }

  /**
   * @param before what {@link #seen} gave before the event
   */
  void happened(SequencedEvent event, List<TextLine> before) {
    peeked(event);
    if (isRead(event.event().ticket().id())) {
      model.detail = model.detail.with(event);
      standStill(before);
    }
  }

  private void peeked(SequencedEvent event) {
    if (isPeeked(event.event().ticket().id())) {
      model.peek = model.peek.with(model.peek.view().with(event));
    }
  }

  /** A comment one has sent oneself: it comes in sight, wherever one is in the ticket. */
  void commented(SequencedEvent event) {
    peeked(event);
    if (isRead(event.event().ticket().id())
        && event.event() instanceof WireEvent.TicketCommented commented) {
      model.detail = model.detail.with(event);
      int rows = model.layout().bodyRows();
      model
          .subject()
          .map(ticket -> text(ticket).place(commented.comment(), columns()))
          .filter(line -> line < model.detail.top() || line + 1 >= model.detail.top() + rows)
          .ifPresent(line -> scrollTo(line - 1));
    }
  }

  private boolean isPeeked(TicketId ticket) {
    return model.peek != null && model.peek.isOf(ticket);
  }

  private boolean isRead(TicketId ticket) {
    return model.detail != null && model.detail.ticket().equals(ticket);
  }

  void scroll(int by) {
    scrollTo((long) model.detail.top() + by);
  }

  /** Scrolls as far as there is something to see; at the end, older things are asked for. */
  void scrollTo(long line) {
    int last = Math.max(0, lines().size() - model.layout().bodyRows());
    model.detail = model.detail.at((int) Math.max(0, Math.min(line, last)));
    boolean atEnd = model.detail.top() >= last;
    if (atEnd && model.detail.more() && !model.detail.loading()) {
      Long oldest = model.detail.oldest();
      model.detail = model.detail.asked();
      fetch(oldest);
    }
  }

  private List<TextLine> lines() {
    return model.subject().map(ticket -> text(ticket).lines(columns())).orElse(List.of());
  }

  private int columns() {
    return Math.max(1, model.columns - 2);
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
