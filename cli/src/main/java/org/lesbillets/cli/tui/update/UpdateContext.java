package org.lesbillets.cli.tui.update;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.LockSeen;
import org.lesbillets.cli.tui.state.Notices;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.Peek;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.PendingWork;
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

  Peek peek() {
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

  void peek(Peek peek) {
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

  // What is said.

  /** Says something, unless what is said now weighs more. */
  void say(StatusLine.Kind kind, String text) {
    say(kind, text, null);
  }

  /**
   * Says something of a lock; when the lock is another, it is not said any more.
   *
   * @param about null when it is of none
   */
  void say(StatusLine.Kind kind, String text, LockSeen about) {
    if (kind != StatusLine.Kind.HAPPENED || status().isIdle()) {
      status(new StatusLine(kind, text, now().nanos(), about));
    }
  }

  void done(String text) {
    done(text, null);
  }

  void done(String text, LockSeen about) {
    say(StatusLine.Kind.DONE, text, about);
  }

  /** Says the result of an effect, unless something else was refused since it was asked for. */
  void answer(PendingEffect asked, String text) {
    if (!status().isWeighty() || status().sinceNanos() < asked.sinceNanos()) {
      done(text);
    }
  }

  /** Says what came about by itself, unless something is said that weighs more. */
  void inform(String text) {
    if (!status().isWeighty()) {
      done(text);
    }
  }

  void refuse(String text) {
    refuse(text, null);
  }

  void refuse(String text, LockSeen about) {
    say(StatusLine.Kind.REFUSED, text, about);
  }

  /** Says what must not be missed, and rings. */
  void alarm(String text) {
    alarm(text, null);
  }

  void alarm(String text, LockSeen about) {
    say(StatusLine.Kind.ALARM, text, about);
    ring();
  }

  void ring() {
    if (notices().rings(now())) {
      notices(notices().rang(now()));
      effect(new Effect.Bell());
    }
  }

  // What is asked for.

  /** An id for an effect, higher than all before. */
  long nextId() {
    pending(pending().next());
    return pending().lastId();
  }

  /**
   * Notes that something is under way.
   *
   * @param words what, for people; null where nobody need know
   */
  long pend(PendingKind kind, TicketId ticket, String words) {
    return pend(kind, ticket, words, null);
  }

  /** As above, with what to say when it is done. */
  long pend(PendingKind kind, TicketId ticket, String words, String done) {
    long id = nextId();
    long now = now().nanos();
    pending(pending().with(new PendingEffect(id, kind, ticket, words, done, now)));
    return id;
  }

  /** Takes an effect that is answered off the pending ones; null when it is none of them. */
  PendingEffect answered(long id) {
    PendingEffect asked = pending().effects().get(id);
    pending(pending().without(id));
    return asked;
  }

  /** Asks for a change to a ticket. */
  void change(Ticket ticket, String words, ClientMessage.Change change) {
    effect(new Effect.Change(pend(PendingKind.CHANGE, ticket.id(), words), change));
  }

  /**
   * Asks for other fields of a ticket.
   *
   * @param doing what is done, before the number: {@code closing}
   */
  void update(Ticket ticket, TicketPatch patch, String doing) {
    change(
        ticket,
        doing + " #" + ticket.number(),
        new ClientMessage.UpdateTicket(
            null, null, TicketRef.of(ticket.id()), patch, null, null, false));
  }

  /** A lock was taken by hand. */
  void tookByHand(Ticket locked) {
    Ticket known = tickets().find(locked.id()).orElse(null);
    pending(pending().with(pending().locks().tookByHand(locked, known)));
  }

  /** The screen has another size, or another part of it is free. */
  void layOut() {
    model.list().height(model.layout().listRows());
  }
}
