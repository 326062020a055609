package org.lesbillets.cli.tui.update;

import java.util.List;
import java.util.Locale;
import org.lesbillets.cli.edit.DraftBase;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.FormLease;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TicketForm.Saving;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.RejectionCode;

/** What came of what was asked for. */
final class Outcomes {
  /** The exit code of a verb that was called in a wrong way, and what it says then at most. */
  private static final int USAGE = 2;

  private static final int USAGE_LINES = 2;
  private static final String PROGRAM = "billets: ";

  private final Step step;
  private final UiModel model;

  Outcomes(Step step) {
    this.step = step;
    this.model = step.model;
  }

  void done(UiEvent.Done event) {
    Pending asked = model.pending.remove(event.id());
    if (asked == null) {
      return;
    }
    WireEvent what = event.event().event().event();
    if (what instanceof WireEvent.TicketLocked locked) {
      new FormLocks(step).taken(locked);
      new Turns(step).over(locked.ticket().id());
    }
    switch (asked.deed()) {
      case CHANGE -> say(asked, what);
      case CLAIM -> {
        say(asked, what);
        claimed(asked, what.ticket());
      }
      case COMMENT -> {
        sent(asked, new DraftKey.OfComment(asked.ticket(), what.ticket().number()));
        new Details(step).commented(event.event().event());
        step.answer(asked, "You commented on #" + what.ticket().number() + ".");
      }
      case CREATE -> saved(asked, what, new DraftKey.OfNew());
      case SAVE -> saved(asked, what, new DraftKey.OfEdit(DraftBase.of(known(what.ticket()))));
      case TAKE_OVER -> {
        say(asked, what);
        new FormLocks(step).tookOver((WireEvent.TicketLocked) what);
      }
      case HOLD, FETCH, EDITOR, VERB, TURN ->
          throw new IllegalStateException(asked.deed() + " is no change");
    }
  }

  /** One goes where the claimed ticket is; where it is in no list, it is read. */
  private void claimed(Pending asked, Ticket ticket) {
    if (hasGoneOn(asked)) {
      return;
    }
    boolean listed = new Listing(step).goTo(ticket.id());
    boolean reading = model.screen == UiModel.Screen.DETAIL;
    if (model.input == null && (reading || !listed)) {
      new Details(step).open(known(ticket));
    }
  }

  /** Whether a key went elsewhere since it was asked for: what it does next is not done here. */
  private boolean hasGoneOn(Pending asked) {
    return model.goneOnAt >= asked.id();
  }

  private Ticket known(Ticket told) {
    return model.tickets.find(told.id()).orElse(told);
  }

  private void say(Pending asked, WireEvent what) {
    if (asked.done() != null) {
      step.answer(asked, asked.done());
    } else if (what instanceof WireEvent.TicketLocked locked && locked.renewed()) {
      step.answer(asked, renewed(locked.ticket()));
    } else {
      step.answer(asked, "You " + EventSentence.what(what).replace("their own", "your own") + ".");
    }
  }

  private String renewed(Ticket ticket) {
    return "You hold it here: renewed for "
        + HumanTime.length(ticket.lock().ttl())
        + "; "
        + new LockAdvice(model).unlocking("#" + ticket.number())
        + ".";
  }

  /** Whoever left before the answer came may be typing something else by now. */
  private void sent(Pending asked, DraftKey key) {
    if (isAwaited(asked)) {
      step.close();
    }
    step.dropSent(key, asked.id());
  }

  private boolean isAwaited(Pending asked) {
    return model.awaited == asked.id();
  }

  private void saved(Pending asked, WireEvent what, DraftKey key) {
    boolean awaited = isAwaited(asked);
    sent(asked, key);
    step.answer(
        asked,
        (asked.deed() == Deed.CREATE ? "You created #" : "You saved #")
            + what.ticket().number()
            + ".");
    if (awaited && !hasGoneOn(asked)) {
      new Listing(step).goTo(what.ticket().id());
    }
  }

  void refused(UiEvent.Refused event) {
    Pending asked = model.pending.remove(event.id());
    if (asked == null) {
      return;
    }
    String sentence = sentence(what(asked, event) + event.sentence());
    switch (asked.deed()) {
      case CHANGE -> refuse(asked, event, sentence);
      case CLAIM, VERB, EDITOR -> refuse(event, sentence);
      case TURN -> {
        model.turns.remove(asked.ticket());
        refuse(event, sentence);
      }
      case COMMENT, CREATE, SAVE -> unsent(asked, event, sentence);
      case HOLD, TAKE_OVER -> new FormLocks(step).refused(asked, event, sentence);
      case FETCH -> new Details(step).failed(asked.ticket(), sentence);
    }
  }

  private void refuse(Pending asked, UiEvent.Refused event, String sentence) {
    LockRefusal why = LockRefusal.of(model, asked, event);
    if (why == null) {
      refuse(event, sentence);
    } else if (why.standing() == LockStanding.HERE) {
      step.done(why.sentence(model, sentence), why.seen());
    } else {
      step.refuse(why.sentence(model, sentence), why.seen());
    }
  }

  private void refuse(UiEvent.Refused event, String sentence) {
    step.refuse(sentence);
    if (event.code() == null) {
      model.reach = model.status;
    }
  }

  /** What could not even be asked for; of a refusal the server says itself what it is about. */
  private static String what(Pending asked, UiEvent.Refused event) {
    boolean unasked = event.code() == null && asked.words() != null && event.sentence() != null;
    return unasked ? asked.words() + ": " : "";
  }

  /** What somebody was told, as a sentence; who tells nothing is told to have told nothing. */
  static String sentence(String told) {
    if (told == null || told.isBlank()) {
      return "It was refused, and nobody said why.";
    }
    int first = told.split(" ", 2)[0].contains("://") ? 0 : told.offsetByCodePoints(0, 1);
    String text = told.substring(0, first).toUpperCase(Locale.ROOT) + told.substring(first);
    return ".!?".indexOf(text.charAt(text.length() - 1)) < 0 ? text + "." : text;
  }

  private void unsent(Pending asked, UiEvent.Refused event, String sentence) {
    if (!isAwaited(asked)) {
      step.refuse(sentence + " What you wrote is kept as a draft.");
      return;
    }
    model.awaited = 0;
    if (model.input instanceof CommentBox box) {
      model.input = box.noticed(sentence);
      step.keepDraft();
    } else if (model.input instanceof TicketForm form) {
      unsaved(form, event, sentence);
    }
  }

  private void unsaved(TicketForm form, UiEvent.Refused event, String sentence) {
    boolean lost =
        event.code() == RejectionCode.STALE_TOKEN || event.code() == RejectionCode.NOT_LOCKED;
    TicketForm open = form.with(Saving.NO).noticed(sentence);
    model.input = lost ? open.with(FormLease.lost(sentence)) : open;
    if (lost) {
      // Whoever renews it need not go on with that.
      new FormLocks(step).release(form);
    }
    step.keepDraft();
    // What is in the way may have been heard of while this was under way.
    new FormLocks(step).reloaded();
  }

  void edited(UiEvent.Edited event) {
    Pending asked = model.pending.remove(event.id());
    step.effect(new Effect.Repaint());
    if (asked == null) {
      return;
    }
    if (event.trouble() != null) {
      step.refuse(sentence(event.trouble()));
    }
    if (model.input instanceof CommentBox box && event.text() != null) {
      model.input = box.with(TypedText.of(event.text()));
      step.keepDraft();
    } else if (model.input instanceof TicketForm form) {
      described(form, event);
    }
  }

  private void described(TicketForm form, UiEvent.Edited event) {
    String before = form.value(TicketField.DESCRIPTION).text();
    if (event.text() == null || event.text().equals(before)) {
      model.input = model.lent ? form.following(TicketField.DESCRIPTION) : form;
    } else {
      model.input = form.with(TicketField.DESCRIPTION, TypedText.of(event.text()));
      step.keepDraft();
    }
    TicketForm now = (TicketForm) model.input;
    if (model.describing) {
      model.describing = false;
      described(now, event.trouble() != null);
    }
  }

  /** The form was only there for the editor: what came of it is sent, if it is in nobody's way. */
  private void described(TicketForm form, boolean failed) {
    if (failed) {
      step.close();
      new FormLocks(step).release(form);
    } else if (!form.touched() && !form.isUnchanged()) {
      // An earlier draft that was left as it is has not been sent.
      model.input = form;
    } else if (form.theirs().isEmpty()) {
      new FormSaving(step).save(form);
    } else {
      model.input = form.noticed("Others changed it meanwhile: look at both, and save.");
    }
  }

  void verbEnded(UiEvent.VerbEnded event) {
    model.pending.remove(event.id());
    if (event.lines().size() > 1 && !isUsage(event)) {
      String code = event.code() == 0 ? "" : " (exit code " + event.code() + ")";
      List<TextLine> lines =
          event.lines().stream().map(line -> new TextLine(TextLine.Kind.TEXT, line)).toList();
      printed(new Pager(Pager.Kind.OUTPUT, "Output" + code, lines, 0));
      return;
    }
    String said = event.lines().isEmpty() ? "" : event.lines().get(0);
    if (event.code() == 0) {
      step.done(said.isEmpty() ? "Done." : said);
    } else {
      step.refuse(
          said.isEmpty()
              ? "It ended with exit code " + event.code() + "."
              : sentence(said.startsWith(PROGRAM) ? said.substring(PROGRAM.length()) : said));
    }
  }

  /** Whether a verb was called in a wrong way, and says so in a sentence and where to look. */
  private static boolean isUsage(UiEvent.VerbEnded event) {
    return event.code() == USAGE
        && event.lines().size() <= USAGE_LINES
        && event.lines().get(0).startsWith(PROGRAM);
  }

  /** What is typed meanwhile goes where it is typed, and not into what was printed. */
  private void printed(Pager output) {
    if (model.input == null) {
      model.pager = output;
    } else {
      model.printed = output;
      step.inform("What the verb printed is shown when you are done here.");
    }
  }
}
