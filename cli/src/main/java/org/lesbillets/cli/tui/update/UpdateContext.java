package org.lesbillets.cli.tui.update;

import java.util.ArrayList;
import java.util.List;
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
import org.lesbillets.cli.tui.state.list.ListRows;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.cli.tui.state.list.TicketList;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;

/**
 * The accumulator of one update: the model so far, replaced part by part, and the effects so far,
 * in order. Lives for one event, on the thread of the view.
 */
final class UpdateContext {
  private final List<Effect> effects = new ArrayList<>();

  /** The model so far; read it again after each call, since it is replaced and never changed. */
  UiModel model;

  UpdateContext(UiModel model) {
    this.model = model;
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  // Parts of the model, to read.

  TicketList listing() {
    return model.listing();
  }

  EditorState editor() {
    return model.editor();
  }

  DraftState drafts() {
    return model.editor().drafts();
  }

  Input input() {
    return model.input();
  }

  PendingWork pending() {
    return model.pending();
  }

  ServerConnection connection() {
    return model.connection();
  }

  Viewport view() {
    return model.view();
  }

  Notices notices() {
    return model.notices();
  }

  StatusLine status() {
    return model.status();
  }

  LiveTickets tickets() {
    return model.tickets();
  }

  ListRows list() {
    return model.list();
  }

  UiSettings settings() {
    return model.settings();
  }

  Now now() {
    return model.now();
  }

  AgentName me() {
    return model.me();
  }

  DetailView detail() {
    return model.detail();
  }

  PreviewState peek() {
    return model.peek();
  }

  // Parts of the model, to replace.

  void view(Viewport view) {
    model = model.with(view);
  }

  void connection(ServerConnection connection) {
    model = model.with(connection);
  }

  void listing(TicketList listing) {
    model = model.with(listing);
  }

  void detail(DetailView detail) {
    model = model.with(model.reading().with(detail));
  }

  void peek(PreviewState peek) {
    model = model.with(model.reading().with(peek));
  }

  void editor(EditorState editor) {
    model = model.with(editor);
  }

  void input(Input input) {
    editor(model.editor().with(input));
  }

  void drafts(DraftState drafts) {
    editor(model.editor().with(drafts));
  }

  void pending(PendingWork pending) {
    model = model.with(pending);
  }

  void notices(Notices notices) {
    model = model.with(notices);
  }

  void status(StatusLine status) {
    notices(model.notices().with(status));
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
      status(new StatusLine(kind, text, now().nanos(), about));
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
    if (notices().rings(now())) {
      notices(notices().rang(now()));
      effect(Effect.LoopCommand.BELL);
    }
  }

  // Requests.

  /** An id for an effect, higher than all before. */
  long nextId() {
    pending(pending().next());
    return pending().lastId();
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
    long now = now().nanos();
    pending(pending().with(new PendingEffect(id, kind, ticket, words, done, now)));
    return id;
  }

  /** Removes the pending effect of an answer; null when the id is unknown. */
  PendingEffect answered(long id) {
    PendingEffect asked = pending().effects().get(id);
    pending(pending().without(id));
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
    Ticket known = tickets().find(locked.id()).orElse(null);
    pending(pending().with(pending().locks().tookByHand(locked, known)));
  }

  /** Adapts the window of the list to the layout. */
  void layOut() {
    model.list().height(model.layout().listRows());
  }
}
