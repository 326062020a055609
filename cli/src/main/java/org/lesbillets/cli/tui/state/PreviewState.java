package org.lesbillets.cli.tui.state;

import org.lesbillets.model.TicketId;

/**
 * The comments of the selected ticket, for the preview. Immutable.
 *
 * @param view the comments, as far as they are loaded
 * @param sinceNanos when the ticket was selected
 * @param asked whether the comments were requested
 */
public record PreviewState(DetailView view, long sinceNanos, boolean asked) {

  /** A ticket that has just been selected. */
  public static PreviewState of(TicketId ticket, Now now) {
    return new PreviewState(DetailView.of(ticket), now.nanos(), false);
  }

  public boolean isOf(TicketId ticket) {
    return view.ticket().equals(ticket);
  }

  public PreviewState with(DetailView newer) {
    return new PreviewState(newer, sinceNanos, asked);
  }

  public PreviewState asked(boolean now) {
    return new PreviewState(view, sinceNanos, now);
  }
}
