package org.lesbillets.cli.tui.state;

import org.lesbillets.model.TicketId;

/**
 * The tickets that are read: on the detail screen, and in the preview beside the list. Immutable.
 *
 * @param detail null when no ticket is open
 * @param peek null where no preview is shown
 */
public record DetailState(DetailView detail, PreviewState peek) {
  static final DetailState NONE = new DetailState(null, null);

  public DetailState with(DetailView other) {
    return new DetailState(other, peek);
  }

  public DetailState with(PreviewState other) {
    return new DetailState(detail, other);
  }

  public boolean isRead(TicketId ticket) {
    return detail != null && detail.ticket().equals(ticket);
  }

  public boolean isPeeked(TicketId ticket) {
    return peek != null && peek.isOf(ticket);
  }
}
