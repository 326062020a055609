package org.lesbillets.cli.tui.state;

import org.lesbillets.model.TicketId;

/**
 * What the preview knows of the chosen ticket beyond the ticket itself. Immutable.
 *
 * @param view its comments, as far as they came
 * @param sinceNanos when it was chosen
 * @param asked whether the comments were asked for
 */
public record Peek(DetailView view, long sinceNanos, boolean asked) {

  /** A ticket that was chosen just now. */
  public static Peek of(TicketId ticket, Now now) {
    return new Peek(DetailView.of(ticket), now.nanos(), false);
  }

  public boolean isOf(TicketId ticket) {
    return view.ticket().equals(ticket);
  }

  public Peek with(DetailView newer) {
    return new Peek(newer, sinceNanos, asked);
  }

  public Peek asked(boolean now) {
    return new Peek(view, sinceNanos, now);
  }
}
