package org.lesbillets.cli.tui.update;

import java.util.List;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.cli.tui.update.EditorUpdates.InputKeys;
import org.lesbillets.model.field.TicketField;

/** The keys of a {@link TicketForm}: focus, text, choices, save. On the thread of the view. */
record FormKeys(UpdateContext context, TicketForm form) implements InputKeys {
  private boolean isSent() {
    return form.saving() == TicketForm.Saving.SENT;
  }

  @Override
  public void type(String text) {
    TicketField<?> field = form.focused();
    if (isSent()) {
      late();
      return;
    }
    if (field == null) {
      return;
    }
    List<String> choices = field.type().choices();
    if (!choices.isEmpty()) {
      choose(field, choices, text);
    } else if (field == TicketField.DESCRIPTION) {
      context.input(form.with(field, TextEditing.lines(form.value(field), text)));
    } else {
      context.input(form.with(field, TextEditing.line(form.value(field), text)));
    }
  }

  /**
   * Rejects typing while the form is being sent: it would be in neither the ticket nor the draft.
   */
  private void late() {
    context.editor = context.editor.late(context.now.nanos());
    context.input(form.noticed("It is being saved: what is typed now is left out."));
  }

  /** Selects a choice by its first letter; the space bar selects the next one. */
  private void choose(TicketField<?> field, List<String> choices, String text) {
    if (text.equals(" ")) {
      turn(field, choices, 1);
      return;
    }
    choices.stream()
        .filter(choice -> !text.isEmpty() && choice.startsWith(text))
        .findFirst()
        .ifPresent(choice -> context.input(form.with(field, TypedText.of(choice))));
  }

  private void turn(TicketField<?> field, List<String> choices, int by) {
    int now = choices.indexOf(form.value(field).text());
    String next = choices.get(Math.floorMod(now + by, choices.size()));
    context.input(form.with(field, TypedText.of(next)));
  }

  @Override
  public void act(Action action) {
    switch (action) {
      case CANCEL -> leave();
      case DISCARD -> discard();
      case PUSH -> push();
      case NEXT_FIELD -> context.input(form.focusedOn(form.focus() + 1));
      case PREVIOUS_FIELD -> context.input(form.focusedOn(form.focus() - 1));
      case NEW_LINE -> newLine();
      case SAVE -> save();
      case EDITOR -> new ExternalEditing(context).begin();
      default -> edit(action);
    }
  }

  private void push() {
    if (form.focused() == null) {
      save();
    } else {
      context.input(form.focusedOn(form.focus() + 1));
    }
  }

  /** Inserts a newline in the description; in single-line fields, moves on to the next field. */
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

  private void edit(Action action) {
    TicketField<?> field = form.focused();
    if (isSent()) {
      late();
      return;
    }
    if (field == null) {
      return;
    }
    List<String> choices = field.type().choices();
    if (choices.isEmpty()) {
      boolean lines = field == TicketField.DESCRIPTION;
      TextEditing typing = lines ? TextEditing.intoLines(context) : TextEditing.intoLine(context);
      TypedText typed = typing.after(action, form.value(field));
      if (typed != null) {
        context.input(form.with(field, typed));
      }
    } else if (action == Action.LEFT || action == Action.RIGHT) {
      turn(field, choices, action == Action.LEFT ? -1 : 1);
    }
  }

  /** Closes the form, releases its lock and keeps the fields as a draft. */
  private void leave() {
    if (form.touched() && form.isUnchanged()) {
      new EditorUpdates(context).drop(form.draftKey());
    } else {
      new EditorUpdates(context).saveDraft();
    }
    new EditorUpdates(context).close();
    new FormLocks(context).release(form);
    if (form.touched() && !form.isUnchanged()) {
      context.done(
          form.isNew()
              ? "The new ticket is kept as a draft."
              : "What you wrote of #" + form.base().number() + " is kept as a draft.");
    }
  }

  private void discard() {
    new EditorUpdates(context).close();
    new FormLocks(context).release(form);
    new EditorUpdates(context).drop(form.draftKey());
    context.done("What was typed is thrown away.");
  }
}
