package org.lesbillets.cli.tui.update;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.state.Activity;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.DraftState;
import org.lesbillets.cli.tui.state.Filter;
import org.lesbillets.cli.tui.state.FilterJob;
import org.lesbillets.cli.tui.state.Input;
import org.lesbillets.cli.tui.state.Layout;
import org.lesbillets.cli.tui.state.LinePrompt;
import org.lesbillets.cli.tui.state.Link;
import org.lesbillets.cli.tui.state.LiveTickets;
import org.lesbillets.cli.tui.state.LockStanding;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.OwnLocks;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.Peek;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.TicketRows;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.state.ViewCounts;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ServerMessage.Welcome;

/**
 * All that the live view knows. The updates of this package change it; whoever draws it reads it
 * between two of them. Owned by one thread; bounded by the tickets there are, and by what one has
 * typed.
 */
public final class UiModel {
  final UiSettings settings;
  final LiveTickets tickets = new LiveTickets();
  final TicketRows list = new TicketRows();
  final Activity activity = new Activity();
  final ViewCounts counts;
  final Map<Long, PendingEffect> pending = new LinkedHashMap<>();

  /** The lines one stands in: for each ticket the id of the effect. */
  final Map<TicketId, Long> turns = new HashMap<>();

  final OwnLocks own = new OwnLocks();
  final DraftState disk = new DraftState();

  final Map<LinePrompt.Purpose, List<String>> typedBefore = new EnumMap<>(LinePrompt.Purpose.class);
  Now now;
  int columns = 80;
  int rows = 24;
  Link link;
  ServerAddress server;
  Welcome welcome;

  /** What the list is to show. */
  Filter filter;

  /** What it does show: another one while a list is being made. */
  Filter listed;

  /** The view that was chosen last, and that filters typed since can be left for. */
  Filter view;

  FilterJob sifting;
  Screen screen = Screen.LIST;
  DetailView detail;

  /** What the preview knows of the chosen ticket; null where it is not shown. */
  Peek peek;

  Pager pager;
  Input input;

  /** The filter before one began to type another, and the ticket the cursor was on. */
  Filter before;

  TicketId ticketBefore;

  /** Where the cursor is to go when it comes into the list, unless it is moved before. */
  TicketId wanted;

  /** The id of the last effect there was when a key last went elsewhere. */
  long goneOnAt;

  /** Whether the list was ever one of all tickets there are. */
  boolean whole;

  /** What a verb printed while something was typed; it is shown when that is done. */
  Pager printed;

  /** Whether what is shown was told anew, and not just gone on with, since one was live. */
  boolean reloaded;

  /** Whether the connection that has come about came after one that was lost. */
  boolean away;

  StatusLine status = StatusLine.NOTHING;
  boolean frozen;
  int missed;
  boolean preview = true;
  boolean bell;
  String killed = "";

  /** Whether the form is only there for the description, which is edited elsewhere. */
  boolean describing;

  /** When a key was last pressed that came too late for what was sent; null when none was. */
  Long lateNanos;

  /** What was last said of whether the server can be reached; it is over when that changes. */
  StatusLine reach;

  /** What the open input has sent and waits for: the id of the effect; 0 when there is nothing. */
  long awaited;

  /** Whether the description in somebody's editor was the ticket's, and not their own, at first. */
  boolean lent;

  /** When it rang last; null when it never did. */
  Long rangNanos;

  long siftedNanos;
  private long lastId;

  public UiModel(UiSettings settings, Now now) {
    this.settings = settings;
    this.counts = new ViewCounts(settings.listedViews());
    this.now = now;
    this.link = Link.unborn(now.nanos());
    this.filter = settings.start();
    this.listed = settings.start();
    this.view = settings.start();
    this.bell = settings.bell();
    this.disk.keptNanos = now.nanos();
    this.siftedNanos = now.nanos();
    list.show(List.of(), listed.order().comparator());
    list.height(layout().listRows());
  }

  long nextId() {
    return ++lastId;
  }

  long lastId() {
    return lastId;
  }

  /** Where the next key is looked up. */
  public KeyContext place() {
    if (pager != null) {
      return KeyContext.PAGER;
    }
    if (input != null) {
      return input.place();
    }
    return switch (screen) {
      case LIST -> KeyContext.LIST;
      case DETAIL -> KeyContext.DETAIL;
      case OVERVIEW -> KeyContext.OVERVIEW;
    };
  }

  public Layout layout() {
    return Layout.of(columns, rows, preview);
  }

  public UiSettings settings() {
    return settings;
  }

  public Now now() {
    return now;
  }

  public LiveTickets tickets() {
    return tickets;
  }

  public TicketRows list() {
    return list;
  }

  /** How many tickets each view has. */
  public ViewCounts counts() {
    return counts;
  }

  public Activity activity() {
    return activity;
  }

  public Link link() {
    return link;
  }

  /** The server of the present or the last connection; null before the first. */
  public ServerAddress server() {
    return server;
  }

  /** Who the server takes us for; null before the first connection. */
  public AgentName me() {
    return welcome == null ? null : welcome.agent();
  }

  /** Whether the server keeps tickets in memory only. */
  public boolean isEphemeral() {
    return welcome != null && welcome.ephemeral();
  }

  public Filter filter() {
    return filter;
  }

  /** Whether the list does not show the filter yet. */
  public boolean isSifting() {
    return sifting != null && !sifting.refresh();
  }

  public Screen screen() {
    return screen;
  }

  /** The ticket that is read; null when none is. */
  public DetailView detail() {
    return detail;
  }

  /** What the preview knows of the chosen ticket; null where it is not shown. */
  public Peek peek() {
    return peek;
  }

  /** The text that is read; null when none is. */
  public Pager pager() {
    return pager;
  }

  /** What takes the keys; null when the screen does. */
  public Input input() {
    return input;
  }

  public StatusLine status() {
    return status;
  }

  public boolean isFrozen() {
    return frozen;
  }

  /** How many changes the frozen list does not show. */
  public int missed() {
    return missed;
  }

  /** Whose the lock of a ticket is. */
  public LockStanding standing(Ticket ticket) {
    return own.standing(ticket, me(), pending.values());
  }

  /** Whether one stands in the line for a ticket's lock. */
  public boolean isWaitingFor(TicketId ticket) {
    return turns.containsKey(ticket);
  }

  /** What one waits for so long already that one should be told; null when there is nothing. */
  public String waitingWords() {
    return PendingEffect.words(pending.values(), now);
  }

  /** Nanoseconds until there is more to say of what one waits for; Long.MAX_VALUE if never. */
  public long untilWaitingTold() {
    return PendingEffect.untilMoreIsTold(pending.values(), now);
  }

  /** The ticket the keys speak of, as it is now: the one that is read, or chosen. */
  public Optional<Ticket> subject() {
    if (detail != null) {
      return tickets.find(detail.ticket());
    }
    return list.selected().flatMap(row -> tickets.find(row.shown().id()));
  }

  /** What was typed before into such a line, the oldest first. */
  List<String> typedBefore(LinePrompt.Purpose purpose) {
    return typedBefore.computeIfAbsent(purpose, none -> new ArrayList<>());
  }
}
