package org.lesbillets.cli.tui.update;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.command.edit.Typist;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.LockSnapshot;
import org.lesbillets.cli.tui.state.Notices;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.PendingWork;
import org.lesbillets.cli.tui.state.PreviewState;
import org.lesbillets.cli.tui.state.ServerConnection;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.state.Viewport;
import org.lesbillets.cli.tui.state.editor.DraftState;
import org.lesbillets.cli.tui.state.editor.EditorState;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.list.Activity;
import org.lesbillets.cli.tui.state.list.ListRows;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.cli.tui.state.list.TicketList;
import org.lesbillets.cli.tui.state.list.ViewCounts;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/**
 * The accumulator of one update: the parts of the model so far, each a value that is replaced, and
 * the effects so far, in order. Lives for one event, on the thread of the view.
 */
final class UpdateContext {
  private final List<Effect> effects = new ArrayList<>();

  final UiSettings settings;
  final Now now;
  final LiveTickets tickets;
  Viewport view;
  ServerConnection connection;
  ViewCounts counts;
  Activity activity;
  TicketList listing;
  DetailView detail;
  PreviewState peek;
  EditorState editor;
  PendingWork pending;
  Notices notices;

  /**
   * @param now the time of the event
   */
  UpdateContext(UiModel model, Now now) {
    this.settings = model.settings();
    this.now = now;
    this.tickets = model.tickets();
    this.view = model.view();
    this.connection = model.connection();
    this.counts = model.counts();
    this.activity = model.activity();
    this.listing = model.listing();
    this.detail = model.detail();
    this.peek = model.peek();
    this.editor = model.editor();
    this.pending = model.pending();
    this.notices = model.notices();
  }

  /** The model so far; a part that is replaced later is not in it. */
  UiModel model() {
    return new UiModel(
        settings,
        now,
        view,
        connection,
        tickets,
        counts,
        activity,
        listing,
        detail,
        peek,
        editor,
        pending,
        notices);
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  // Parts of parts.

  DraftState drafts() {
    return editor.drafts();
  }

  void drafts(DraftState drafts) {
    editor = editor.with(drafts);
  }

  Input input() {
    return editor.input();
  }

  void input(Input input) {
    editor = editor.with(input);
  }

  StatusLine status() {
    return notices.status();
  }

  void status(StatusLine status) {
    notices = notices.with(status);
  }

  ListRows list() {
    return listing.rows();
  }

  AgentName me() {
    return connection.me();
  }

  /** What is typed is read as of now, in the time zone that is displayed. */
  Typist typist() {
    return new Typist(me(), clock());
  }

  /** Formatter of moments. */
  HumanTime time() {
    return new HumanTime(clock());
  }

  private Clock clock() {
    return Clock.fixed(now.wall(), settings.zone());
  }

  // Messages.

  /** Sets the status line, unless its message has priority. */
  void say(StatusLine.Kind kind, String text) {
    say(kind, text, null);
  }

  /**
   * Sets the status line to a message about a lock, which is cleared when that lock ends.
   *
   * @param about null for no lock
   */
  void say(StatusLine.Kind kind, String text, LockSnapshot about) {
    if (kind != StatusLine.Kind.HAPPENED || status().isIdle()) {
      status(new StatusLine(kind, text, now.nanos(), about));
    }
  }

  void done(String text) {
    done(text, null);
  }

  void done(String text, LockSnapshot about) {
    say(StatusLine.Kind.DONE, text, about);
  }

  /** Reports the result of an effect, unless a rejection was shown since its request. */
  void answer(PendingEffect asked, String text) {
    if (!status().isWeighty() || status().sinceNanos() < asked.sinceNanos()) {
      done(text);
    }
  }

  /** Reports news, unless a rejection or an alarm is shown. */
  void inform(String text) {
    if (!status().isWeighty()) {
      done(text);
    }
  }

  void refuse(String text) {
    refuse(text, null);
  }

  void refuse(String text, LockSnapshot about) {
    say(StatusLine.Kind.REFUSED, text, about);
  }

  /** Reports what must not be missed, and rings. */
  void alarm(String text) {
    alarm(text, null);
  }

  void alarm(String text, LockSnapshot about) {
    say(StatusLine.Kind.ALARM, text, about);
    ring();
  }

  void ring() {
    if (notices.rings(now)) {
      notices = notices.rang(now);
      effect(Effect.LoopCommand.BELL);
    }
  }

  // Requests.

  /** An id for an effect, higher than all before. */
  long nextId() {
    pending = pending.next();
    return pending.lastId();
  }

  /**
   * Registers a pending effect.
   *
   * @param words what it does, for people; null where that is not shown
   */
  long pend(PendingKind kind, TicketId ticket, String words) {
    return pend(kind, ticket, words, null);
  }

  /** As above, with the message for its success. */
  long pend(PendingKind kind, TicketId ticket, String words, String done) {
    long id = nextId();
    pending = pending.with(new PendingEffect(id, kind, ticket, words, done, now.nanos()));
    return id;
  }

  /** Removes the pending effect of an answer; null when the id is unknown. */
  PendingEffect answered(long id) {
    PendingEffect asked = pending.effects().get(id);
    pending = pending.without(id);
    return asked;
  }

  /** Requests a change of a ticket. */
  void change(Ticket ticket, String words, ClientMessage.Change change) {
    effect(new Effect.Change(pend(PendingKind.CHANGE, ticket.id(), words), change));
  }

  /**
   * Requests an update of a ticket without a lock token.
   *
   * @param doing what is done, before the number: {@code closing}
   */
  void update(Ticket ticket, TicketPatch patch, String doing) {
    change(
        ticket,
        doing + " #" + ticket.number(),
        new ClientMessage.UpdateTicket(TicketRef.of(ticket.id()), patch, null));
  }

  /** Registers a lock taken by hand. */
  void tookByHand(Ticket locked) {
    Ticket known = tickets.find(locked.id()).orElse(null);
    pending = pending.with(pending.locks().tookByHand(locked, known));
  }

  /** Adapts the window of the list to the layout. */
  void layOut() {
    list().height(view.layout().listRows());
  }
}
