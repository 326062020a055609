package org.lesbillets.cli.tui.update;

import java.time.Duration;
import java.util.List;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.Layout;
import org.lesbillets.cli.tui.state.LinkState;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.PreviewState;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.text.DetailText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.DetailsCursor;

/**
 * The ticket on the detail screen and in the preview: fetched in pages, extended by events,
 * scrolled. On the thread of the view; bounded by the pages a person has scrolled through.
 */
record DetailUpdates(UpdateContext context) {
  /** Lines that are compared to find the scroll position again in changed text. */
  private static final int ANCHOR = 3;

  /**
   * The search distance beyond the difference in length: lines may be removed and added at once.
   */
  private static final int NEAR = 20;

  /** The debounce interval of the preview: rows that are scrolled past are not fetched. */
  private static final Duration REST = Duration.ofMillis(150);

  void open(Ticket ticket) {
    context.detail = DetailView.of(ticket.id());
    context.view = context.view.with(Screen.DETAIL);
    fetch(ticket.id(), DetailsCursor.NEWEST);
  }

  private boolean isRead(TicketId ticket) {
    return context.detail != null && context.detail.ticket().equals(ticket);
  }

  private boolean isPeeked(TicketId ticket) {
    return context.peek != null && context.peek.isOf(ticket);
  }

  private void fetch(TicketId ticket, DetailsCursor cursor) {
    long id = context.pend(PendingKind.FETCH, ticket, null);
    context.effect(new Effect.Fetch(id, ticket, cursor));
  }

  /** Fetches the newest page again: events may be missing after a reconnect. */
  void again() {
    if (context.peek != null) {
      context.peek = context.peek.asked(false);
    }
    if (context.detail != null) {
      context.detail = context.detail.asked();
      fetch(context.detail.ticket(), DetailsCursor.NEWEST);
    }
  }

  void fetched(EffectResult.Details event) {
    PendingEffect asked = context.answered(event.id());
    if (asked != null && isPeeked(asked.ticket())) {
      context.peek = context.peek.with(context.peek.view().with(event.details()));
    }
    if (asked != null && isRead(asked.ticket())) {
      List<TextLine> before = anchor(asked.ticket());
      context.detail = context.detail.with(event.details());
      keepPosition(before);
    }
  }

  /**
   * The lines of the open ticket as an anchor for {@link #keepPosition}; empty if it is not
   * scrolled.
   */
  List<TextLine> anchor(TicketId ticket) {
    return isRead(ticket) && context.detail.top() > 0 ? lines() : List.of();
  }

  /**
   * Restores the scroll position after lines were inserted above it: searches the anchor in the new
   * text.
   */
  private void keepPosition(List<TextLine> before) {
    int top = context.detail.top();
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
          context.detail = context.detail.at(line);
          return;
        }
      }
    }
  }

  void failed(TicketId ticket, String sentence) {
    if (isRead(ticket)) {
      context.detail = context.detail.failed(sentence);
    }
    if (isPeeked(ticket)) {
      context.peek = context.peek.with(context.peek.view().failed(sentence));
    }
  }

  /**
   * Applies an event.
   *
   * @param before the result of {@link #anchor} before the event
   */
  void happened(SequencedEvent event, List<TextLine> before) {
    peeked(event);
    if (isRead(event.event().ticket().id())) {
      context.detail = context.detail.with(event);
      keepPosition(before);
    }
  }

  private void peeked(SequencedEvent event) {
    if (isPeeked(event.event().ticket().id())) {
      context.peek = context.peek.with(context.peek.view().with(event));
    }
  }

  /** Applies the event of a comment sent here, and scrolls to it. */
  void commented(SequencedEvent event) {
    peeked(event);
    if (isRead(event.event().ticket().id())
        && event.event() instanceof WireEvent.TicketCommented commented) {
      context.detail = context.detail.with(event);
      int rows = context.view.layout().bodyRows();
      context
          .model()
          .subject()
          .map(ticket -> text(ticket).place(commented.comment(), columns()))
          .filter(line -> line < context.detail.top() || line + 1 >= context.detail.top() + rows)
          .ifPresent(line -> scrollTo(line - 1));
    }
  }

  /** Scrolls within the text; at its end, fetches the next older page. */
  void scrollTo(long line) {
    int last = Math.max(0, lines().size() - context.view.layout().bodyRows());
    context.detail = context.detail.at((int) Math.max(0, Math.min(line, last)));
    boolean atEnd = context.detail.top() >= last;
    if (atEnd && context.detail.more() && !context.detail.loading()) {
      DetailsCursor oldest = context.detail.oldest();
      context.detail = context.detail.asked();
      fetch(context.detail.ticket(), oldest);
    }
  }

  private List<TextLine> lines() {
    return context.model().subject().map(ticket -> text(ticket).lines(columns())).orElse(List.of());
  }

  private int columns() {
    return Math.max(1, context.view.columns() - 2);
  }

  private DetailText text(Ticket ticket) {
    return new DetailText(
        ticket,
        context.detail,
        context.tickets.lease(ticket.id()).orElse(null),
        context.now,
        context.settings.zone());
  }

  /** Makes the preview follow the cursor; called after every event. */
  void followCursor() {
    TicketId chosen =
        isPreviewShown()
            ? context.list().selected().map(row -> row.shown().id()).orElse(null)
            : null;
    if (chosen == null) {
      context.peek = null;
    } else if (context.peek == null || !context.peek.isOf(chosen)) {
      context.peek = PreviewState.of(chosen, context.now);
    }
  }

  private boolean isPreviewShown() {
    return context.view.screen() == Screen.LIST
        && context.view.layout().preview() != Layout.Preview.NONE;
  }

  /** Fetches the comments for the preview once the cursor has rested on its ticket (debounce). */
  void tick() {
    PreviewState peek = context.peek;
    if (peek != null
        && !peek.asked()
        && context.connection.link().kind() == LinkState.Kind.LIVE
        && context.now.since(peek.sinceNanos()).compareTo(REST) >= 0
        && context.model().subject().filter(ticket -> ticket.commentCount() > 0).isPresent()) {
      context.peek = peek.asked(true);
      fetch(peek.view().ticket(), DetailsCursor.NEWEST);
    }
  }
}
