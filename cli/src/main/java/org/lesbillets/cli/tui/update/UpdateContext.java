package org.lesbillets.cli.tui.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.DraftKey;
import org.lesbillets.cli.tui.state.Input;
import org.lesbillets.cli.tui.state.Layout;
import org.lesbillets.cli.tui.state.LockSeen;
import org.lesbillets.cli.tui.state.PendingEffect;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;

/** One event being dealt with: the model, the effects so far, and what all updates need. */
final class UpdateContext {
  private static final long RING_NANOS = TimeUnit.SECONDS.toNanos(1);

  final UiModel model;
  private final List<Effect> effects = new ArrayList<>();

  UpdateContext(UiModel model) {
    this.model = model;
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

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
    boolean happened = kind == StatusLine.Kind.HAPPENED;
    StatusLine.Kind now = model.status.kind();
    boolean idle = now == StatusLine.Kind.NOTHING || now == StatusLine.Kind.HAPPENED;
    if (!happened || idle) {
      model.status = new StatusLine(kind, text, model.now.nanos(), about);
    }
  }

  void done(String text) {
    say(StatusLine.Kind.DONE, text);
  }

  /** Says what came of something, unless something else was refused since it was asked for. */
  void answer(PendingEffect asked, String text) {
    StatusLine.Kind now = model.status.kind();
    boolean weighty = now == StatusLine.Kind.ALARM || now == StatusLine.Kind.REFUSED;
    if (!weighty || model.status.sinceNanos() < asked.sinceNanos()) {
      done(text);
    }
  }

  /** Says what came about by itself, unless something is said that weighs more. */
  void inform(String text) {
    StatusLine.Kind now = model.status.kind();
    if (now != StatusLine.Kind.ALARM && now != StatusLine.Kind.REFUSED) {
      done(text);
    }
  }

  void done(String text, LockSeen about) {
    say(StatusLine.Kind.DONE, text, about);
  }

  void refuse(String text) {
    refuse(text, null);
  }

  void refuse(String text, LockSeen about) {
    say(StatusLine.Kind.REFUSED, text, about);
  }

  /** Says what nobody must miss, and rings. */
  void alarm(String text) {
    alarm(text, null);
  }

  void alarm(String text, LockSeen about) {
    say(StatusLine.Kind.ALARM, text, about);
    ring();
  }

  /** One ring is enough for what comes all at once. */
  void ring() {
    boolean rings = model.rangNanos != null && model.now.nanos() - model.rangNanos < RING_NANOS;
    if (model.bell && !rings) {
      model.rangNanos = model.now.nanos();
      effect(new Effect.Bell());
    }
  }

  /**
   * Notes that something is under way.
   *
   * @param words what, for people; null where nobody need know
   * @param done what to say when it is done; null where the event says it
   */
  long pend(PendingKind deed, TicketId ticket, String words, String done) {
    long id = model.nextId();
    model.pending.put(id, new PendingEffect(id, deed, ticket, words, done, model.now.nanos()));
    return id;
  }

  /** Asks for a change to a ticket. */
  void change(Ticket ticket, String words, String done, ClientMessage.Change change) {
    effect(new Effect.Change(pend(PendingKind.CHANGE, ticket.id(), words, done), change));
  }

  static TicketRef ref(Ticket ticket) {
    return TicketRef.of(ticket.id());
  }

  /** Opens an input in place of the one that is there, whose text is kept. */
  void open(Input input) {
    keepDraft();
    if (model.status.kind() != StatusLine.Kind.ALARM) {
      // What was said is read by now, and its place is wanted for the keys that work here.
      model.status = StatusLine.NOTHING;
    }
    model.input = input;
    model.disk.kept = typed(input);
    model.describing = false;
    model.disk.sought = null;
    model.disk.editorWished = false;
    model.awaited = 0;
  }

  /** Opens an input, and looks for what was kept of it. */
  void openWithDraft(Input input, DraftKey key) {
    open(input);
    model.disk.sought = key;
    effect(new Effect.FindDraft(key));
  }

  /** Closes the input; what it holds is not wanted any more. */
  void close() {
    model.input = null;
    model.disk.kept = null;
    model.describing = false;
    model.disk.sought = null;
    model.disk.editorWished = false;
    model.awaited = 0;
    if (model.printed != null) {
      model.pager = model.printed;
      model.printed = null;
    }
  }

  /** Puts on disk what was typed, if it is not there already. */
  void keepDraft() {
    Object typed = typed(model.input);
    if (typed == null || typed.equals(model.disk.kept) || !isTouched(model.input)) {
      return;
    }
    model.disk.kept = typed;
    model.disk.keptNanos = model.now.nanos();
    if (model.input instanceof TicketForm form) {
      keep(new Effect.KeepDraft(key(form), form.values(), null));
    } else if (model.input instanceof CommentBox box && box.typed().text().isBlank()) {
      drop(key(box));
    } else if (model.input instanceof CommentBox box) {
      keep(new Effect.KeepDraft(key(box), Map.of(), box.typed().text()));
    }
  }

  private void keep(Effect.KeepDraft draft) {
    model.disk.keptAt.put(draft.key().subject(), model.lastId());
    effect(draft);
  }

  /** Forgets a draft. */
  void drop(DraftKey key) {
    model.disk.keptAt.remove(key.subject());
    effect(new Effect.DropDraft(key));
  }

  /** Forgets a draft that was sent, unless something else was typed in its place since. */
  void dropSent(DraftKey key, long id) {
    if (model.disk.keptAt.getOrDefault(key.subject(), 0L) < id) {
      drop(key);
    }
  }

  private static boolean isTouched(Input input) {
    return input instanceof TicketForm form && form.touched()
        || input instanceof CommentBox box && box.touched();
  }

  /** What of an input is worth keeping; null when nothing is. */
  private static Object typed(Input input) {
    if (input instanceof TicketForm form) {
      return form.texts();
    }
    return input instanceof CommentBox box ? box.typed().text() : null;
  }

  static DraftKey key(TicketForm form) {
    return form.isNew() ? new DraftKey.OfNew() : new DraftKey.OfEdit(form.base());
  }

  static DraftKey key(CommentBox box) {
    return new DraftKey.OfComment(box.ticket(), box.number());
  }

  /** The screen has another size, or another part of it is free. */
  void layOut() {
    Layout layout = model.layout();
    model.list.height(layout.listRows());
  }
}
