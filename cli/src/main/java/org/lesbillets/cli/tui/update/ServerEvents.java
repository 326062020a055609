package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.ServerConnection;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.list.ListRows.Notice;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.cli.tui.text.ShownText;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;

/**
 * Events of the watch: the handshake, snapshots, changes by all agents, the state of the
 * connection. Reports what concerns this agent. On the thread of the view.
 */
record ServerEvents(UpdateContext context) implements WatchEvent.Visitor {
  /** The cells of a title inside a sentence, and of one at its end. */
  private static final int LEAST_TITLE = 40;

  private static final int MOST_TITLE = 100;

  @Override
  public void onWelcomed(WatchEvent.Welcomed event) {
    boolean other =
        context.connection.welcome() != null && !event.welcome().agent().equals(context.me());
    boolean first = context.connection.welcome() == null;
    context.connection =
        context.connection.welcomed(event.server(), event.welcome(), context.now.nanos());
    if (other || first) {
      // The agent decides what filters with "me" match.
      new ListUpdates(context).refresh();
      new CountUpdates(context).again();
    }
  }

  @Override
  public void onSnapshotLoaded(WatchEvent.SnapshotLoaded event) {
    SnapshotPart part = event.part();
    boolean again = context.tickets.isComplete();
    if (part.first()) {
      context.tickets.begin();
    }
    context.tickets.add(part.tickets(), part.total(), context.now);
    if (part.last()) {
      context.tickets.end(part.at().revision());
      snapshotLoaded(again);
    } else if (part.first() && !again) {
      new ListUpdates(context).refresh();
    }
  }

  private void snapshotLoaded(boolean again) {
    new CountUpdates(context).again();
    if (context.listing.frozen()) {
      context.listing = context.listing.missedOne();
    } else {
      new ListUpdates(context).refresh();
    }
    if (again) {
      context.connection = context.connection.withSnapshotReplaced();
      context.pending = context.pending.with(context.pending.locks().seen(context.tickets));
      context.status(context.status().after(context.tickets));
      context.inform("Reloaded: what happened meanwhile is in, but was not shown.");
      new DetailUpdates(context).again();
      new FormLocks(context).reloaded();
    }
  }

  @Override
  public void onHappened(WatchEvent.Happened happened) {
    SequencedEvent event = happened.event().event();
    List<TextLine> read = new DetailUpdates(context).anchor(event.event().ticket().id());
    Ticket before = context.tickets.apply(event, context.now).orElse(null);
    if (!event.event().isRenewal()) {
      context.activity = context.activity.change();
    }
    Ticket now = context.tickets.find(event.event().ticket().id()).orElseThrow();
    Notice notice = event.event().isRenewal() ? Notice.NONE : Notice.CHANGED;
    new ListUpdates(context).changed(now, notice);
    new CountUpdates(context).changed(before, now);
    new DetailUpdates(context).happened(event, read);
    if (event.event() instanceof WireEvent.TicketRedacted) {
      new DetailUpdates(context).again();
    }
    context.pending = context.pending.with(context.pending.locks().seen(now));
    context.status(context.status().after(event.event(), now));
    if (!new FormLockLoss(context).happened(now, event.event())) {
      report(event.event(), before);
    }
  }

  private void report(WireEvent event, Ticket before) {
    AgentName me = context.me();
    if (me == null || event.isRenewal()) {
      return;
    }
    if (me.equals(event.by())) {
      // An older message about others may be out of date.
      if (context.status().kind() == StatusLine.Kind.HAPPENED) {
        context.status(StatusLine.NOTHING);
      }
      return;
    }
    String said = sentence(event, context.time());
    if (isAssignedTo(event, before, me)) {
      context.alarm(given(event));
    } else if (isMyLockBroken(event, me)) {
      context.alarm(said);
    } else {
      context.say(StatusLine.Kind.HAPPENED, said);
    }
  }

  /**
   * The sentence for an event: agent, action and ticket with its title; a returned claim begins
   * with that.
   */
  private static String sentence(WireEvent event, HumanTime time) {
    String said = EventSentence.whoAndWhat(event, time);
    String number = "#" + event.ticket().number();
    String named = number + " (" + title(event, LEAST_TITLE) + ")";
    int start = said.indexOf(number);
    String before = said.substring(0, start);
    String behind = said.substring(start + number.length());
    if (event instanceof WireEvent.TicketUnlocked unlocked && unlocked.returned()) {
      String how = before.endsWith(" on ") ? before.replaceFirst(" on $", "") : before + "it";
      return named + " came back: " + how + behind;
    }
    return before + named + behind;
  }

  private static String given(WireEvent event) {
    String number = "#" + event.ticket().number();
    String title = title(event, MOST_TITLE);
    return event.by() == null
        ? number + " is yours now: " + title
        : event.by() + " gave you " + number + ": " + title;
  }

  private static String title(WireEvent event, int cells) {
    return CellText.cut(ShownText.line(event.ticket().content().title()), cells, "…");
  }

  /**
   * Whether an event breaks a lock of this agent.
   *
   * @param me null before the handshake
   */
  static boolean isMyLockBroken(WireEvent event, AgentName me) {
    if (event instanceof WireEvent.TicketLocked locked) {
      return me != null && me.equals(locked.stolenFrom());
    }
    return me != null
        && event instanceof WireEvent.TicketUnlocked unlocked
        && unlocked.reason() == UnlockReason.FORCED
        && unlocked.ended() != null
        && me.equals(unlocked.ended().holder());
  }

  private static boolean isAssignedTo(WireEvent event, Ticket before, AgentName me) {
    if (!me.equals(event.ticket().content().assignee())) {
      return false;
    }
    if (event instanceof WireEvent.TicketUpdated updated) {
      return updated.changes().stream()
          .map(FieldChange::field)
          .anyMatch(TicketField.ASSIGNEE::equals);
    }
    return event instanceof WireEvent.TicketCreated && before == null;
  }

  @Override
  public void onConnectionChanged(WatchEvent.ConnectionChanged event) {
    event.state().accept(new Links());
  }

  /** Changes of the state of the connection. */
  private final class Links implements ConnectionState.Visitor {
    @Override
    public void onConnecting(ConnectionState.Connecting state) {
      context.connection =
          context.connection.with(context.connection.link().connecting(state.attempt()));
    }

    @Override
    public void onLive(ConnectionState.Live state) {
      ServerConnection before = context.connection;
      context.connection = before.settled(context.now.nanos());
      if (context.notices.saysReach(false)) {
        context.status(StatusLine.NOTHING);
      }
      if (before.reconnected()) {
        String reloaded =
            before.snapshotReplaced()
                ? ", and reloaded: what happened meanwhile is in, but was not shown."
                : ".";
        context.inform("Connected to " + state.server() + reloaded);
        if (context.status().kind() == StatusLine.Kind.DONE) {
          context.notices = context.notices.ofReach();
        }
        new DetailUpdates(context).again();
      }
    }

    @Override
    public void onReconnecting(ConnectionState.Reconnecting state) {
      long next = context.now.plus(state.nextTry()).nanos();
      context.connection =
          context.connection.with(
              context.connection.link().waiting(state.attempt(), next, Sentence.of(state.cause())));
      if (context.notices.saysReach(true)) {
        context.status(StatusLine.NOTHING);
      }
      new EditorUpdates(context).saveDraft();
    }

    @Override
    public void onDraining(ConnectionState.Draining state) {
      context.connection = context.connection.withDrained(!state.cancelled());
      if (state.cancelled()) {
        if (context.notices.saysReach(false)) {
          context.status(StatusLine.NOTHING);
        }
        context.inform("The server is not drained any more: the connection stays.");
      } else {
        context.alarm(
            "The server is drained and ends this connection in "
                + Durations.inSentence(state.after())
                + "; your locks stay, and this view connects again when it is back.");
        context.notices = context.notices.ofReach();
      }
    }

    @Override
    public void onClosed(ConnectionState.Closed state) {}
  }

  @Override
  public void onGivenUp(WatchEvent.GivenUp event) {
    String sentence = Sentence.of(event.sentence());
    context.connection = context.connection.with(context.connection.link().givenUp(sentence));
    new EditorUpdates(context).saveDraft();
    context.alarm(sentence + " " + tryAgain());
    context.notices = context.notices.ofReach();
  }

  private String tryAgain() {
    return context
        .settings
        .keys()
        .key(Action.RECONNECT)
        .map(key -> key + " tries again.")
        .orElse("Leave, and come back.");
  }
}
