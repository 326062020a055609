package org.lesbillets.cli.tui.state;

import java.util.List;
import java.util.Optional;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.state.editor.EditorState;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.list.Activity;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.state.list.ListRows;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.cli.tui.state.list.TicketList;
import org.lesbillets.cli.tui.state.list.ViewCounts;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/**
 * All that the live view knows, as one value: an update replaces it whole, the renderer reads it.
 *
 * <p>Immutable but for two indexes that all values share, {@link LiveTickets} and the {@link
 * ListRows} of the list; they are confined to the thread of the view. Bounded by the number of
 * tickets, and by what a person types.
 *
 * @param view size, screen and pager
 * @param tickets all tickets; a mutable index
 * @param counts the number of tickets in each saved view
 * @param activity changes and locks of the last hour
 * @param listing the list; its rows are a mutable index
 * @param detail the ticket on the detail screen; null for none
 * @param peek the comments for the preview; null where none is shown
 * @param editor the open input
 * @param pending effects without an answer, and the locks of this view
 * @param notices the status line and the bell
 */
public record UiModel(
    UiSettings settings,
    Now now,
    Viewport view,
    ServerConnection connection,
    LiveTickets tickets,
    ViewCounts counts,
    Activity activity,
    TicketList listing,
    DetailView detail,
    PreviewState peek,
    EditorState editor,
    PendingWork pending,
    Notices notices) {

  /** Before the first event. */
  public static UiModel of(UiSettings settings, Now now) {
    TicketList listing = TicketList.of(settings.start(), now);
    listing.rows().show(List.of(), settings.start().order().comparator());
    listing.rows().height(Viewport.INITIAL.layout().listRows());
    return new UiModel(
        settings,
        now,
        Viewport.INITIAL,
        ServerConnection.unborn(now.nanos()),
        new LiveTickets(),
        ViewCounts.of(settings.listedViews()),
        Activity.NONE,
        listing,
        null,
        null,
        EditorState.initial(now),
        PendingWork.NONE,
        Notices.silent(settings.bell()));
  }

  /** The context that the next key is looked up in. */
  public KeyContext keyContext() {
    if (pager() != null) {
      return KeyContext.PAGER;
    }
    if (input() != null) {
      return input().keyContext();
    }
    return switch (screen()) {
      case LIST -> KeyContext.LIST;
      case DETAIL -> KeyContext.DETAIL;
      case OVERVIEW -> KeyContext.OVERVIEW;
    };
  }

  public Layout layout() {
    return view.layout();
  }

  public Screen screen() {
    return view.screen();
  }

  /** The text in place of the whole screen; null for none. */
  public Pager pager() {
    return view.pager();
  }

  public LinkState link() {
    return connection.link();
  }

  /** The authenticated agent; null before the first handshake. */
  public AgentName me() {
    return connection.me();
  }

  /** Whether the server keeps tickets in memory only. */
  public boolean isEphemeral() {
    return connection.welcome() != null && connection.welcome().ephemeral();
  }

  public ListRows list() {
    return listing.rows();
  }

  /** The filter the list is to show. */
  public Filter filter() {
    return listing.filters().wanted();
  }

  /** The open input; null when the screen has the focus. */
  public Input input() {
    return editor.input();
  }

  public StatusLine status() {
    return notices.status();
  }

  /** The holder of the lock of a ticket. */
  public LockStanding standing(Ticket ticket) {
    return pending.locks().standing(ticket, me(), pending.effects().values());
  }

  /** Whether this view waits for a ticket's lock. */
  public boolean isWaitingFor(TicketId ticket) {
    return pending.lockWaits().containsKey(ticket);
  }

  /** What an overdue effect does, in words; null for none. */
  public String waitingWords() {
    return pending.words(now).orElse(null);
  }

  /** Nanoseconds until {@link #waitingWords} changes by time; Long.MAX_VALUE for never. */
  public long untilWaitingShown() {
    return pending.untilShown(now);
  }

  /** The ticket that keys act on, in its present version: the open one, else the selected one. */
  public Optional<Ticket> subject() {
    return detail() != null
        ? tickets.find(detail().ticket())
        : list().selected().flatMap(row -> tickets.find(row.shown().id()));
  }
}
