package org.lesbillets.cli.tui.update;

import java.time.Duration;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.Place;
import org.lesbillets.cli.tui.state.ChoiceMenu;
import org.lesbillets.cli.tui.state.CommentBox;
import org.lesbillets.cli.tui.state.HelpLines;
import org.lesbillets.cli.tui.state.Input;
import org.lesbillets.cli.tui.state.LinePrompt;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.TicketForm;

/** What a key does where one is. */
final class Keys {
  private static final Duration SEEN = Duration.ofSeconds(3);

  /** So long nobody who types pauses. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Step step;
  private final UiModel model;

  Keys(Step step) {
    this.step = step;
    this.model = step.model;
  }

  void press(Key key) {
    Place place = model.place();
    Action action = model.settings.keys().action(place, key).orElse(null);
    if (model.layout().isTooSmall() && !isForTheBlind(action)
        || movesBehind(key)
        || isLate(place, key)) {
      return;
    }
    forgetAlarm();
    if (place == Place.LIST || place == Place.DETAIL) {
      goElsewhere();
    }
    if (action != null && everywhere(action)) {
      return;
    }
    act(place, key, action);
  }

  /** After a key on the list or the ticket, no late answer moves the cursor. */
  private void goElsewhere() {
    model.wanted = null;
    model.goneOnAt = model.lastId();
  }

  /** Motions act at once on the screen behind an input that is being sent and takes no keys. */
  private boolean movesBehind(Key key) {
    boolean sending =
        model.input instanceof CommentBox box && box.sending()
            || model.input instanceof TicketForm form && form.saving() == TicketForm.Saving.SENT;
    if (!sending || model.pager != null || model.screen == UiModel.Screen.OVERVIEW) {
      return false;
    }
    Place behind = model.screen == UiModel.Screen.LIST ? Place.LIST : Place.DETAIL;
    Action motion = motion(behind, key);
    if (motion == null) {
      return false;
    }
    goElsewhere();
    act(behind, key, motion);
    return true;
  }

  /** What a key does somewhere if that only moves the cursor or the text; else null. */
  private Action motion(Place place, Key key) {
    return model.settings.keys().action(place, key).filter(Action::isMotion).orElse(null);
  }

  private void act(Place place, Key key, Action action) {
    switch (place) {
      case LIST -> {
        if (action != null) {
          new ListKeys(step).act(action);
        }
      }
      case DETAIL -> {
        if (action != null) {
          new DetailKeys(step).act(action);
        }
      }
      case OVERVIEW -> {
        if (action != null) {
          new DetailKeys(step).overview(action);
        }
      }
      case PAGER -> {
        if (action != null) {
          new PagerKeys(step).act(action);
        }
      }
      case LINE, TEXT, CHOICE, FORM -> model.input.accept(new Typed(key, action));
    }
  }

  /** Where nothing is seen nothing is done, but leaving; a character that is typed is not lost. */
  private boolean isForTheBlind(Action action) {
    if (action == null) {
      return model.input != null;
    }
    return switch (action) {
      case EXIT, QUIT, SUSPEND, REPAINT -> true;
      default -> false;
    };
  }

  /**
   * Whether a character was meant for a form that is gone: somebody typed on while it was being
   * saved, and has not paused since.
   */
  private boolean isLate(Place place, Key key) {
    if (model.lateNanos == null) {
      return false;
    }
    if (motion(place, key) != null) {
      // A motion is harmless, whatever it was meant for.
      return false;
    }
    boolean pause = model.now.since(model.lateNanos).compareTo(PAUSE) >= 0;
    if (pause || !key.types() || place.isTyping()) {
      model.lateNanos = null;
      return false;
    }
    model.lateNanos = model.now.nanos();
    step.refuse("What you typed on while it was sent is left out.");
    return true;
  }

  /** Who presses a key a while after an alarm has seen it. */
  private void forgetAlarm() {
    StatusLine said = model.status;
    if (said.kind() == StatusLine.Kind.ALARM
        && model.now.since(said.sinceNanos()).compareTo(SEEN) >= 0) {
      model.status = StatusLine.NOTHING;
    }
  }

  /** Actions that are the same wherever one is; false for all others. */
  private boolean everywhere(Action action) {
    switch (action) {
      case EXIT -> {
        step.keepDraft();
        step.effect(new Effect.Quit());
      }
      case SUSPEND -> {
        step.keepDraft();
        step.effect(new Effect.Suspend());
      }
      case REPAINT -> step.effect(new Effect.Repaint());
      case HELP, HELP_WHILE_TYPING -> help(step);
      case RECONNECT -> reconnect();
      case BELL -> {
        model.bell = !model.bell;
        step.done(model.bell ? "The bell is on." : "The bell is off.");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Also where all seems well: a connection that does not answer is then found out soon. */
  private void reconnect() {
    step.effect(new Effect.Reconnect());
    if (model.link.isStale(model.now)) {
      step.say(StatusLine.Kind.WAITING, "Connecting now.");
    } else {
      step.done("The connection is live.");
    }
  }

  /** Shows what can be pressed. */
  static void help(Step step) {
    UiSettings settings = step.model.settings;
    step.model.pager =
        new Pager(
            Pager.Kind.HELP,
            "Keys",
            HelpLines.of(settings.keys(), settings.start(), settings.views()),
            0);
  }

  /** A key for an input, perhaps with an action. */
  private final class Typed implements Input.Handler<Void> {
    private final Key key;
    private final Action action;

    Typed(Key key, Action action) {
      this.key = key;
      this.action = action;
    }

    @Override
    public Void onLine(LinePrompt prompt) {
      LineKeys line = new LineKeys(step, prompt);
      if (action != null) {
        line.act(action);
      } else if (key.types()) {
        line.type(Character.toString(key.character()));
      }
      return null;
    }

    @Override
    public Void onComment(CommentBox box) {
      CommentKeys comment = new CommentKeys(step, box);
      if (action != null) {
        comment.act(action);
      } else if (key.types()) {
        comment.type(Character.toString(key.character()));
      }
      return null;
    }

    @Override
    public Void onChoice(ChoiceMenu menu) {
      if (action != null) {
        step.close();
      } else if (key.types()) {
        new ChoiceKeys(step, menu).answer(key.character());
      }
      return null;
    }

    @Override
    public Void onForm(TicketForm form) {
      FormKeys keys = new FormKeys(step, form);
      if (action != null) {
        keys.act(action);
      } else if (key.types()) {
        keys.type(Character.toString(key.character()));
      }
      return null;
    }
  }

  /** A paste is text, and never keys. */
  void paste(String text) {
    if (model.pager == null && model.input instanceof LinePrompt prompt) {
      new LineKeys(step, prompt).type(text);
    } else if (model.pager == null && model.input instanceof CommentBox box) {
      new CommentKeys(step, box).type(text);
    } else if (model.pager == null && model.input instanceof TicketForm form) {
      new FormKeys(step, form).type(text);
    } else {
      step.refuse("What was pasted is left out: there is nothing here to type into.");
    }
  }
}
