package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TicketRows.Notice;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.cli.tui.text.ShownText;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;

/** What the desk tells. */
final class ServerEvents implements WatchEvent.Handler<Void> {
  /** Of a title among other words, and of one that stands alone, so many cells are shown. */
  private static final int LEAST_TITLE = 40;

  private static final int MOST_TITLE = 100;

  private final UpdateContext context;
  private final UiModel model;

  ServerEvents(UpdateContext context) {
    this.context = context;
    this.model = context.model;
  }

  @Override
  public Void onWelcomed(WatchEvent.Welcomed news) {
    boolean other = model.welcome != null && !news.welcome().agent().equals(model.me());
    boolean first = model.welcome == null;
    model.server = news.server();
    model.welcome = news.welcome();
    connected();
    if (other || first) {
      // Who "me" is decides what some filters show.
      new ListUpdates(context).refresh();
      new CountUpdates(context).again();
    }
    return null;
  }

  /** From here on the server is heard, though what it tells first may take a while. */
  private void connected() {
    model.away |= model.link.cause() != null;
    model.link = model.link.live(model.now.nanos());
  }

  @Override
  public Void onSnapshotLoaded(WatchEvent.SnapshotLoaded news) {
    SnapshotPart part = news.part();
    boolean again = model.tickets.isComplete();
    if (part.first()) {
      model.tickets.begin();
    }
    model.tickets.add(part.tickets(), part.total(), model.now);
    if (part.last()) {
      model.tickets.end(part.at().revision());
      told(again);
    } else if (part.first() && !again) {
      new ListUpdates(context).refresh();
    }
    return null;
  }

  private void told(boolean again) {
    new CountUpdates(context).again();
    if (model.frozen) {
      model.missed++;
    } else {
      new ListUpdates(context).refresh();
    }
    if (again) {
      model.reloaded = true;
      model.tickets.book().stream().forEach(model.own::seen);
      new Said(context).reloaded();
      context.inform("Reloaded: what happened meanwhile is in, but was not shown.");
      new DetailUpdates(context).again();
      new FormLocks(context).reloaded();
    }
  }

  @Override
  public Void onHappened(WatchEvent.Happened news) {
    SequencedEvent event = news.event().event();
    List<TextLine> read = new DetailUpdates(context).seen(event.event().ticket().id());
    Ticket before = model.tickets.apply(event, model.now).orElse(null);
    if (!isRenewal(event.event())) {
      model.activity.change(model.now);
    }
    Ticket now = model.tickets.find(event.event().ticket().id()).orElseThrow();
    new ListUpdates(context).changed(now, notice(event.event()));
    new CountUpdates(context).changed(before, now);
    new DetailUpdates(context).happened(event, read);
    model.own.seen(now);
    new Said(context).happened(now, event.event());
    if (!new FormLockLoss(context).happened(now, event.event())) {
      tell(event.event(), before);
    }
    return null;
  }

  private static Notice notice(WireEvent event) {
    return isRenewal(event) ? Notice.NONE : Notice.CHANGED;
  }

  private static boolean isRenewal(WireEvent event) {
    return event instanceof WireEvent.TicketLocked locked && locked.renewed();
  }

  private void tell(WireEvent event, Ticket before) {
    AgentName me = model.me();
    if (me == null || isRenewal(event)) {
      return;
    }
    if (me.equals(event.by())) {
      // What others did before may not be so any more.
      if (model.status.kind() == StatusLine.Kind.HAPPENED) {
        model.status = StatusLine.NOTHING;
      }
      return;
    }
    String said = sentence(event);
    if (isAssignedTo(event, before, me)) {
      context.alarm(given(event));
    } else if (isMyLockBroken(event, me)) {
      context.alarm(said);
    } else {
      context.say(StatusLine.Kind.HAPPENED, said);
    }
  }

  /** Who did what, with the title behind the number; first of all that a claim came back. */
  private static String sentence(WireEvent event) {
    String said = EventSentence.whoAndWhat(event);
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
   * Whether another agent took a lock away.
   *
   * @param me whose lock; null while that is not known
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
  public Void onConnectionChanged(WatchEvent.ConnectionChanged news) {
    news.state().accept(new Links());
    return null;
  }

  /** The states of the connection. */
  private final class Links implements ConnectionState.Handler<Void> {
    @Override
    public Void onConnecting(ConnectionState.Connecting state) {
      model.link = model.link.connecting(state.attempt());
      return null;
    }

    @Override
    public Void onLive(ConnectionState.Live state) {
      model.link = model.link.live(model.now.nanos());
      if (saysThatItIs(false)) {
        model.status = StatusLine.NOTHING;
      }
      if (model.away) {
        model.away = false;
        String reloaded =
            model.reloaded
                ? ", and reloaded: what happened meanwhile is in, but was not shown."
                : ".";
        context.inform("Connected to " + state.server() + reloaded);
        if (model.status.kind() == StatusLine.Kind.DONE) {
          model.reach = model.status;
        }
        new DetailUpdates(context).again();
      }
      model.reloaded = false;
      return null;
    }

    private boolean saysThatItIs(boolean reached) {
      boolean done = model.status.kind() == StatusLine.Kind.DONE;
      return model.status == model.reach && done == reached;
    }

    @Override
    public Void onReconnecting(ConnectionState.Reconnecting state) {
      long next = model.now.plus(state.nextTry()).nanos();
      model.link = model.link.waiting(state.attempt(), next, Sentence.of(state.cause()));
      if (saysThatItIs(true)) {
        model.status = StatusLine.NOTHING;
      }
      context.keepDraft();
      return null;
    }

    @Override
    public Void onClosed(ConnectionState.Closed state) {
      return null;
    }
  }

  @Override
  public Void onGivenUp(WatchEvent.GivenUp news) {
    String sentence = Sentence.of(news.sentence());
    model.link = model.link.givenUp(sentence);
    context.keepDraft();
    context.alarm(sentence + " " + tryAgain());
    model.reach = model.status;
    return null;
  }

  private String tryAgain() {
    List<Key> keys = model.settings.keys().keys(Action.RECONNECT);
    return keys.isEmpty() ? "Leave, and come back." : keys.get(0) + " tries again.";
  }
}
