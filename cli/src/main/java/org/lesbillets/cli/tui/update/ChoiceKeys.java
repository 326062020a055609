package org.lesbillets.cli.tui.update;

import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.update.EditorUpdates.InputKeys;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.query.TicketOrder;

/**
 * The keys of a {@link ChoiceMenu}: one character answers its question. On the thread of the view.
 */
record ChoiceKeys(UpdateContext context, ChoiceMenu menu) implements InputKeys {
  @Override
  public void act(Action action) {
    new EditorUpdates(context).close();
  }

  @Override
  public void type(String text) {
    String word = menu.chosen(text.codePointAt(0)).orElse(null);
    if (word == null) {
      return;
    }
    new EditorUpdates(context).close();
    switch (menu.question()) {
      case PRIORITY ->
          context.update(
              menu.ticket(),
              TicketPatch.of(TicketField.PRIORITY, TicketField.PRIORITY.type().parse(word)),
              "setting the priority of");
      case SORT ->
          new ListUpdates(context).show(context.listing.filters().wanted().withOrder(order(word)));
      case STEAL -> {
        if (word.equals("yes")) {
          new LockKeys(context).steal(menu.ticket(), menu.reason());
        }
      }
      case EDIT_UNDER_OWN, DESCRIBE_UNDER_OWN -> {
        if (word.equals("yes")) {
          new FormLocks(context).takeOver(menu);
        }
      }
    }
  }

  /**
   * The order for a chosen field: descending for times and priority; choosing it again reverses it.
   */
  private TicketOrder order(String word) {
    TicketOrder.Field field = TicketOrder.parse(word).field();
    boolean down =
        switch (field) {
          case CREATED, UPDATED, PRIORITY -> true;
          case NUMBER, TITLE, ASSIGNEE -> false;
        };
    TicketOrder now = context.listing.filters().wanted().order();
    return new TicketOrder(field, now.field() == field ? !now.descending() : down);
  }
}
