package org.lesbillets.cli.tui.update;

import java.util.Optional;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.FormLease;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TicketForm.Saving;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketField;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.RejectionCode;

/** What came of what was asked for. */
final class Outcomes {
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
    }
    switch (asked.deed()) {
      case CHANGE -> say(asked, what);
      case CLAIM -> {
        say(asked, what);
        model.list.select(what.ticket().id());
      }
      case COMMENT -> commented(asked, what);
      case CREATE -> saved(what, new DraftKey.OfNew(), "You created #");
      case SAVE -> form(asked).ifPresent(form -> saved(what, Step.key(form), "You saved #"));
      case HOLD, FETCH, EDITOR, VERB, TURN ->
          throw new IllegalStateException(asked.deed() + " is no change");
    }
  }

  private void say(Pending asked, WireEvent what) {
    if (asked.done() != null) {
      step.done(asked.done());
    } else {
      step.done("You " + EventSentence.what(what).replace("their own", "your own") + ".");
    }
  }

  private void commented(Pending asked, WireEvent what) {
    box(asked)
        .ifPresent(
            box -> {
              step.close();
              step.effect(new Effect.DropDraft(Step.key(box)));
            });
    step.done("You commented on #" + what.ticket().number() + ".");
  }

  private void saved(WireEvent what, DraftKey key, String words) {
    step.close();
    step.effect(new Effect.DropDraft(key));
    step.done(words + what.ticket().number() + ".");
    model.list.select(what.ticket().id());
  }

  private Optional<CommentBox> box(Pending asked) {
    return model.input instanceof CommentBox box
            && box.ticket().equals(asked.ticket())
            && box.sending()
        ? Optional.of(box)
        : Optional.empty();
  }

  private Optional<TicketForm> form(Pending asked) {
    if (!(model.input instanceof TicketForm form)) {
      return Optional.empty();
    }
    boolean same = form.isNew() ? asked.ticket() == null : form.base().id().equals(asked.ticket());
    return same ? Optional.of(form) : Optional.empty();
  }

  void refused(UiEvent.Refused event) {
    Pending asked = model.pending.remove(event.id());
    if (asked == null) {
      return;
    }
    String sentence = sentence(event.sentence());
    switch (asked.deed()) {
      case CHANGE, CLAIM, VERB, TURN -> step.refuse(sentence);
      case COMMENT ->
          box(asked).ifPresentOrElse(box -> unsent(box, sentence), () -> step.refuse(sentence));
      case HOLD -> new FormLocks(step).refused(asked, sentence);
      case CREATE, SAVE ->
          form(asked).ifPresentOrElse(form -> unsaved(form, event), () -> step.refuse(sentence));
      case FETCH -> new Details(step).failed(asked.ticket(), sentence);
      case EDITOR -> step.refuse(sentence);
    }
  }

  private static String sentence(String told) {
    String text = Character.toUpperCase(told.charAt(0)) + told.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }

  private void unsent(CommentBox box, String sentence) {
    model.input = box.noticed(sentence);
    step.keepDraft();
  }

  private void unsaved(TicketForm form, UiEvent.Refused event) {
    boolean lost =
        event.code() == RejectionCode.STALE_TOKEN || event.code() == RejectionCode.NOT_LOCKED;
    TicketForm open = form.with(Saving.NO).noticed(sentence(event.sentence()));
    model.input = lost ? open.with(FormLease.lost(event.sentence())) : open;
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
      step.refuse(event.trouble());
    }
    if (model.input instanceof CommentBox box && event.text() != null) {
      model.input = box.with(TypedText.of(event.text()));
      step.keepDraft();
    } else if (model.input instanceof TicketForm form) {
      described(form, event);
    }
  }

  private void described(TicketForm form, UiEvent.Edited event) {
    TypedText before = form.value(TicketField.DESCRIPTION);
    boolean same = event.text() == null || event.text().equals(before.text());
    if (!same) {
      model.input = form.with(TicketField.DESCRIPTION, TypedText.of(event.text()));
      step.keepDraft();
    }
    if (model.describing) {
      model.describing = false;
      new FormSaving(step).save((TicketForm) model.input);
    }
  }

  void draftKept(UiEvent.DraftKept event) {
    if (event.trouble() != null) {
      model.kept = null;
      step.refuse("What you typed is not on disk: " + event.trouble());
    }
  }

  void draftFound(UiEvent.DraftFound event) {
    String notice = "This is your draft of " + event.when() + "; ";
    if (model.input instanceof TicketForm form && form.touched()
        || model.input instanceof CommentBox box && box.touched()) {
      return;
    }
    if (model.input instanceof CommentBox box && Step.key(box).equals(event.key())) {
      model.input = box.restored(event.text(), notice + throwAway());
      model.kept = event.text();
    } else if (model.input instanceof TicketForm form && isOf(form, event.key())) {
      restore(form, event, notice + throwAway());
    }
  }

  private String throwAway() {
    return model.settings.keys().keys(Action.DISCARD).stream()
        .findFirst()
        .map(key -> key + " throws it away.")
        .orElse("it goes when it is sent.");
  }

  private static boolean isOf(TicketForm form, DraftKey key) {
    if (form.isNew()) {
      return key instanceof DraftKey.OfNew;
    }
    return key instanceof DraftKey.OfEdit edit && edit.base().id().equals(form.base().id());
  }

  /** A draft of a ticket that has moved since is brought over to it. */
  private void restore(TicketForm form, UiEvent.DraftFound event, String notice) {
    TicketForm restored = form.restored(event.fields(), notice);
    if (event.key() instanceof DraftKey.OfEdit edit) {
      Ticket now = model.tickets.find(form.base().id()).orElse(null);
      TicketForm old = restored.rebased(edit.base(), restored.values(), form.theirs());
      restored = now == null ? old : FormLocks.rebased(old, now);
    }
    model.input = restored;
    model.kept = restored.texts();
  }

  void verbEnded(UiEvent.VerbEnded event) {
    model.pending.remove(event.id());
    if (event.lines().size() > 1) {
      model.pager =
          new Pager(
              Pager.Kind.OUTPUT,
              event.code() == 0 ? "Output" : "Output (exit code " + event.code() + ")",
              event.lines().stream().map(line -> new TextLine(TextLine.Kind.TEXT, line)).toList(),
              0);
    } else {
      String said = event.lines().isEmpty() ? "" : event.lines().get(0);
      if (event.code() == 0) {
        step.done(said.isEmpty() ? "Done." : said);
      } else {
        step.refuse(said.isEmpty() ? "It ended with exit code " + event.code() + "." : said);
      }
    }
  }
}
