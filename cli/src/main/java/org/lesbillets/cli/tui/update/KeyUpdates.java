package org.lesbillets.cli.tui.update;

import java.time.Duration;
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

/**
 * Dispatch of keys and pastes by what has the focus: pager, input, or the screen behind. On the
 * thread of the view.
 */
record KeyUpdates(UpdateContext context) {
  private static final Duration SEEN = Duration.ofSeconds(3);

  /** The pause after which typing is intentional again. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  void press(Key key) {
    KeyContext keyContext = context.model.keyContext();
    Action action = context.settings().keys().action(keyContext, key).orElse(null);
    if (context.model.layout().isTooSmall() && !worksUnseen(action)
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
    context.listing(context.listing().seeking(null));
    context.pending(context.pending().navigated());
  }

  /** Applies a motion to the screen behind an input that is being sent and takes no keys. */
  private boolean movesBehind(Key key) {
    boolean sending =
        context.input() instanceof CommentBox box && box.sending()
            || context.input() instanceof TicketForm form
                && form.saving() == TicketForm.Saving.SENT;
    if (!sending || context.model.pager() != null || context.model.screen() == Screen.OVERVIEW) {
      return false;
    }
    KeyContext behind = context.model.screen() == Screen.LIST ? KeyContext.LIST : KeyContext.DETAIL;
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
    return context.settings().keys().action(keyContext, key).filter(Action::isMotion).orElse(null);
  }

  private void act(KeyContext keyContext, Key key, Action action) {
    switch (keyContext) {
      case LIST -> {
        if (action != null) {
          new ListKeys(context).act(action);
        }
      }
      case DETAIL -> {
        if (action != null) {
          new ReadingKeys(context).detail(action);
        }
      }
      case OVERVIEW -> {
        if (action != null) {
          new ReadingKeys(context).overview(action);
        }
      }
      case PAGER -> {
        if (action != null) {
          new ReadingKeys(context).pager(action);
        }
      }
      case LINE, TEXT, CHOICE, FORM -> context.input().accept(new Typed(key, action));
    }
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
    if (context.editor().lateNanos() == null) {
      return false;
    }
    if (motion(keyContext, key) != null) {
      // A motion changes nothing, whatever it was meant for.
      return false;
    }
    boolean pause = context.now().since(context.editor().lateNanos()).compareTo(PAUSE) >= 0;
    if (pause || !key.types() || keyContext.isTyping()) {
      context.editor(context.editor().late(null));
      return false;
    }
    context.editor(context.editor().late(context.now().nanos()));
    context.refuse("What you typed on while it was sent is left out.");
    return true;
  }

  /** Clears an alarm that was on the screen long enough to be read. */
  private void forgetAlarm() {
    StatusLine said = context.status();
    if (said.kind() == StatusLine.Kind.ALARM
        && context.now().since(said.sinceNanos()).compareTo(SEEN) >= 0) {
      context.status(StatusLine.NOTHING);
    }
  }

  /** Executes an action that is the same on every screen; false for all others. */
  private boolean everywhere(Action action) {
    switch (action) {
      case EXIT -> {
        new EditorUpdates(context).keepDraft();
        context.effect(new Effect.Quit());
      }
      case SUSPEND -> {
        new EditorUpdates(context).keepDraft();
        context.effect(new Effect.Suspend());
      }
      case REPAINT -> context.effect(new Effect.Repaint());
      case HELP, HELP_WHILE_TYPING -> new ReadingKeys(context).help();
      case RECONNECT -> reconnect();
      case BELL -> {
        context.notices(context.notices().withBell(!context.notices().bell()));
        context.done(context.notices().bell() ? "The bell is on." : "The bell is off.");
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
    if (context.model.link().isStale(context.now())) {
      context.say(StatusLine.Kind.WAITING, "Connecting now.");
    } else {
      context.done("The connection is live.");
    }
  }

  /** A key, perhaps bound to an action, applied to the open input. */
  private final class Typed implements Input.Visitor {
    private final Key key;
    private final Action action;

    Typed(Key key, Action action) {
      this.key = key;
      this.action = action;
    }

    @Override
    public void onLine(LinePrompt prompt) {
      LineKeys line = new LineKeys(context, prompt);
      if (action != null) {
        line.act(action);
      } else if (key.types()) {
        line.type(Character.toString(key.character()));
      }
    }

    @Override
    public void onComment(CommentBox box) {
      CommentKeys comment = new CommentKeys(context, box);
      if (action != null) {
        comment.act(action);
      } else if (key.types()) {
        comment.type(Character.toString(key.character()));
      }
    }

    @Override
    public void onChoice(ChoiceMenu menu) {
      if (action != null) {
        new EditorUpdates(context).close();
      } else if (key.types()) {
        new ChoiceKeys(context, menu).answer(key.character());
      }
    }

    @Override
    public void onForm(TicketForm form) {
      FormKeys keys = new FormKeys(context, form);
      if (action != null) {
        keys.act(action);
      } else if (key.types()) {
        keys.type(Character.toString(key.character()));
      }
    }
  }

  /** Inserts a paste as text; nothing in it is a key press. */
  void paste(String text) {
    if (context.model.pager() == null && context.input() instanceof LinePrompt prompt) {
      new LineKeys(context, prompt).type(text);
    } else if (context.model.pager() == null && context.input() instanceof CommentBox box) {
      new CommentKeys(context, box).type(text);
    } else if (context.model.pager() == null && context.input() instanceof TicketForm form) {
      new FormKeys(context, form).type(text);
    } else {
      context.refuse("What was pasted is left out: there is nothing here to type into.");
    }
  }
}
