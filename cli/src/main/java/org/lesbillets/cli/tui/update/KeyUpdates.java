package org.lesbillets.cli.tui.update;

import java.time.Duration;
import java.util.function.Consumer;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.update.EditorUpdates.InputKeys;

/**
 * Dispatch of keys and pastes by what has the focus: pager, input, or the screen behind. On the
 * thread of the view.
 */
record KeyUpdates(UpdateContext context) {
  private static final Duration SEEN = Duration.ofSeconds(3);

  /** The pause after which typing is intentional again. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  void press(Key key) {
    KeyContext keyContext = context.model().keyContext();
    Action action = context.settings.keys().action(keyContext, key).orElse(null);
    if (context.view.layout().isTooSmall() && !worksUnseen(action)
        || movesBehind(key)
        || isLate(keyContext, key)) {
      return;
    }
    forgetAlarm();
    if (keyContext == KeyContext.LIST || keyContext == KeyContext.DETAIL) {
      navigated();
    }
    if (action != null && everywhere(action)) {
      return;
    }
    act(keyContext, key, action);
  }

  /** Voids the pending selection: a late answer must not move a cursor that a key has moved. */
  private void navigated() {
    context.listing = context.listing.seeking(null);
    context.pending = context.pending.navigated();
  }

  /** Applies a motion to the screen behind an input that is being sent and takes no keys. */
  private boolean movesBehind(Key key) {
    boolean sending =
        context.input() instanceof CommentBox box && box.sending()
            || context.input() instanceof TicketForm form
                && form.saving() == TicketForm.Saving.SENT;
    if (!sending || context.view.pager() != null || context.view.screen() == Screen.OVERVIEW) {
      return false;
    }
    KeyContext behind = context.view.screen() == Screen.LIST ? KeyContext.LIST : KeyContext.DETAIL;
    Action motion = motion(behind, key);
    if (motion == null) {
      return false;
    }
    navigated();
    act(behind, key, motion);
    return true;
  }

  /** The action of a key if it only moves the cursor or scrolls; else null. */
  private Action motion(KeyContext keyContext, Key key) {
    return context.settings.keys().action(keyContext, key).filter(Action::isMotion).orElse(null);
  }

  private void act(KeyContext keyContext, Key key, Action action) {
    switch (keyContext) {
      case LIST -> on(action, new ListKeys(context)::act);
      case DETAIL -> on(action, new ReadingKeys(context)::detail);
      case OVERVIEW -> on(action, new ReadingKeys(context)::overview);
      case PAGER -> on(action, new ReadingKeys(context)::pager);
      case LINE, TEXT, CHOICE, FORM -> {
        on(action, inputKeys()::act);
        if (action == null && key.types()) {
          inputKeys().type(Character.toString(key.character()));
        }
      }
    }
  }

  private static void on(Action action, Consumer<Action> keys) {
    if (action != null) {
      keys.accept(action);
    }
  }

  /** The keys of the open input. */
  private InputKeys inputKeys() {
    Input input = context.input();
    if (input instanceof LinePrompt prompt) {
      return new LineKeys(context, prompt);
    }
    if (input instanceof CommentBox box) {
      return new CommentKeys(context, box);
    }
    return input instanceof TicketForm form
        ? new FormKeys(context, form)
        : new ChoiceKeys(context, (ChoiceMenu) input);
  }

  /**
   * Whether an action works on a terminal that is too small to draw: only leaving it, and typing.
   */
  private boolean worksUnseen(Action action) {
    if (action == null) {
      return context.input() != null;
    }
    return switch (action) {
      case EXIT, QUIT, SUSPEND, REPAINT -> true;
      default -> false;
    };
  }

  /**
   * Whether a character was meant for an input that has closed: typed without a pause since the
   * input was sent (type-ahead).
   */
  private boolean isLate(KeyContext keyContext, Key key) {
    if (context.editor.lateNanos() == null) {
      return false;
    }
    if (motion(keyContext, key) != null) {
      // A motion changes nothing, whatever it was meant for.
      return false;
    }
    boolean pause = context.now.since(context.editor.lateNanos()).compareTo(PAUSE) >= 0;
    if (pause || !key.types() || keyContext.isTyping()) {
      context.editor = context.editor.late(null);
      return false;
    }
    context.editor = context.editor.late(context.now.nanos());
    context.refuse("What you typed on while it was sent is left out.");
    return true;
  }

  /** Clears an alarm that was on the screen long enough to be read. */
  private void forgetAlarm() {
    StatusLine said = context.status();
    if (said.kind() == StatusLine.Kind.ALARM
        && context.now.since(said.sinceNanos()).compareTo(SEEN) >= 0) {
      context.status(StatusLine.NOTHING);
    }
  }

  /** Executes an action that is the same wherever it is bound; false for all others. */
  private boolean everywhere(Action action) {
    switch (action) {
      case EXIT -> {
        new EditorUpdates(context).saveDraft();
        context.effect(Effect.LoopCommand.QUIT);
      }
      case SUSPEND -> {
        new EditorUpdates(context).saveDraft();
        context.effect(Effect.LoopCommand.SUSPEND);
      }
      case COMMAND ->
          new EditorUpdates(context).open(LinePrompt.of(LinePrompt.Purpose.COMMAND, "", null));
      case OVERVIEW -> context.view = context.view.with(Screen.OVERVIEW);
      case REPAINT -> context.effect(Effect.LoopCommand.REPAINT);
      case HELP, HELP_WHILE_TYPING -> new ReadingKeys(context).help();
      case RECONNECT -> reconnect();
      case BELL -> {
        context.notices = context.notices.withBell(!context.notices.bell());
        context.done(context.notices.bell() ? "The bell is on." : "The bell is off.");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Reconnects, also over a live connection: one that does not answer is detected sooner. */
  private void reconnect() {
    context.effect(new Effect.Reconnect());
    if (context.connection.link().isStale(context.now)) {
      context.say(StatusLine.Kind.WAITING, "Connecting now.");
    } else {
      context.done("The connection is live.");
    }
  }

  /** Inserts a paste as text; nothing in it is a key press. */
  void paste(String text) {
    Input input = context.input();
    if (context.view.pager() != null || input == null || input instanceof ChoiceMenu) {
      context.refuse("What was pasted is left out: there is nothing here to type into.");
    } else {
      inputKeys().type(text);
    }
  }
}
