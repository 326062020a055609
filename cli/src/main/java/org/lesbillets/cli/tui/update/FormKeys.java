package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.TicketForm;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.field.TicketField;

/** The keys in a form. */
final class FormKeys {
  private final UpdateContext context;
  private final UiModel model;
  private final TicketForm form;

  FormKeys(UpdateContext context, TicketForm form) {
    this.context = context;
    this.model = context.model;
    this.form = form;
  }

  private boolean isSent() {
    return form.saving() == TicketForm.Saving.SENT;
  }

  void type(String text) {
    TicketField<?> field = form.focused();
    if (isSent()) {
      late();
      return;
    }
    if (field == null) {
      return;
    }
    List<String> choices = FormText.choices(field);
    if (!choices.isEmpty()) {
      choose(field, choices, text);
    } else if (field == TicketField.DESCRIPTION) {
      model.input = form.with(field, Typing.lines(form.value(field), text));
    } else {
      model.input = form.with(field, Typing.line(form.value(field), text));
    }
  }

  /** What is typed while the form is sent would be in neither the ticket nor the draft. */
  private void late() {
    model.lateNanos = model.now.nanos();
    model.input = form.noticed("It is being saved: what is typed now is left out.");
  }

  /** The first letter chooses, and a blank takes the next. */
  private void choose(TicketField<?> field, List<String> choices, String text) {
    if (text.equals(" ")) {
      turn(field, choices, 1);
      return;
    }
    choices.stream()
        .filter(choice -> !text.isEmpty() && choice.startsWith(text))
        .findFirst()
        .ifPresent(choice -> model.input = form.with(field, TypedText.of(choice)));
  }

  private void turn(TicketField<?> field, List<String> choices, int by) {
    int now = choices.indexOf(form.value(field).text());
    String next = choices.get(Math.floorMod(now + by, choices.size()));
    model.input = form.with(field, TypedText.of(next));
  }

  void act(Action action) {
    switch (action) {
      case CANCEL -> leave();
      case DISCARD -> discard();
      case PUSH -> push();
      case NEXT_FIELD -> model.input = form.focusedOn(form.focus() + 1);
      case PREVIOUS_FIELD -> model.input = form.focusedOn(form.focus() - 1);
      case NEW_LINE -> newLine();
      case SAVE -> save();
      case EDITOR -> edit();
      default -> edit(action);
    }
  }

  private void push() {
    if (form.focused() == null) {
      save();
    } else {
      model.input = form.focusedOn(form.focus() + 1);
    }
  }

  /** Where there is but one line, the next is that of the next field. */
  private void newLine() {
    if (form.focused() == TicketField.DESCRIPTION) {
      type("\n");
    } else if (form.focused() != null) {
      push();
    }
  }

  private void save() {
    if (!isSent()) {
      new FormSaving(context).save(form);
    }
  }

  private void edit() {
    if (model.disk.sought != null && !form.touched()) {
      model.disk.editorWished = true;
    } else if (!isSent()) {
      String text = form.value(TicketField.DESCRIPTION).text();
      model.lent =
          !form.isNew()
              && text.equals(FormText.written(form.base().content(), TicketField.DESCRIPTION));
      long id =
          context.pend(PendingKind.EDITOR, form.isNew() ? null : form.base().id(), null, null);
      context.effect(new Effect.Edit(id, text));
    }
  }

  private void edit(Action action) {
    TicketField<?> field = form.focused();
    if (isSent()) {
      late();
      return;
    }
    if (field == null) {
      return;
    }
    List<String> choices = FormText.choices(field);
    if (choices.isEmpty()) {
      boolean lines = field == TicketField.DESCRIPTION;
      Typing typing = lines ? Typing.intoLines(model) : Typing.intoLine(model);
      TypedText typed = typing.after(action, form.value(field));
      if (typed != null) {
        model.input = form.with(field, typed);
      }
    } else if (action == Action.LEFT || action == Action.RIGHT) {
      turn(field, choices, action == Action.LEFT ? -1 : 1);
    }
  }

  /** What was typed is there again when one comes back. */
  private void leave() {
    if (form.touched() && form.isUnchanged()) {
      context.drop(UpdateContext.key(form));
    } else {
      context.keepDraft();
    }
    context.close();
    new FormLocks(context).release(form);
    if (form.touched() && !form.isUnchanged()) {
      context.done(
          form.isNew()
              ? "The new ticket is kept as a draft."
              : "What you wrote of #" + form.base().number() + " is kept as a draft.");
    }
  }

  private void discard() {
    context.close();
    new FormLocks(context).release(form);
    context.drop(UpdateContext.key(form));
    context.done("What was typed is thrown away.");
  }
}
