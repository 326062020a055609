package org.lesbillets.cli.tui.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.cli.text.ShellWords;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.Pager;
import org.lesbillets.cli.tui.state.PendingKind;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.text.Sentence;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.query.Spelling;

/**
 * The command line behind the colon: verbs of billets, run by an effect, and the few words the view
 * executes itself. On the thread of the view.
 */
record CommandLineUpdates(UpdateContext context) {
  /** The placeholder for the selected ticket among the arguments. */
  static final String HERE = ".";

  /** Exit code of a usage error, and the most lines its message has. */
  private static final int USAGE = 2;

  private static final int USAGE_LINES = 2;
  private static final String PROGRAM = "billets: ";

  void run(String text) {
    List<String> words;
    try {
      words = new ArrayList<>(ShellWords.split(text));
    } catch (IllegalArgumentException e) {
      context.refuse(e.getMessage());
      return;
    }
    if (!words.isEmpty() && words.get(0).equals("billets")) {
      words.remove(0);
    }
    if (!words.isEmpty() && !own(words) && isVerb(words.get(0)) && named(words)) {
      verb(words);
    }
  }

  /** Whether a word is a verb; if not, the status line suggests the nearest one. */
  private boolean isVerb(String word) {
    Set<String> verbs = context.settings.verbs().keySet();
    if (verbs.isEmpty() || verbs.contains(word) || UiSettings.isExternal(word)) {
      return true;
    }
    String near = Spelling.nearest(word, List.copyOf(context.settings.localWords()));
    context.refuse(
        word.startsWith("-")
            ? "Begin with the verb: options stand behind it."
            : "There is no verb '"
                + word
                + (near == null
                    ? "': Tab shows those there are."
                    : "': did you mean '" + near + "'?"));
    return false;
  }

  /** Executes the words the view knows itself; false for all others. */
  private boolean own(List<String> words) {
    String first = words.get(0);
    if (Set.of("q", "quit", "exit").contains(first)) {
      context.effect(Effect.LoopCommand.QUIT);
      return true;
    }
    if (first.equals("?") || first.equals("help") && words.size() == 1) {
      new ReadingKeys(context).help();
      return true;
    }
    boolean bare = words.stream().noneMatch(word -> word.startsWith("-"));
    if (first.equals("edit") && words.size() <= 2 && bare) {
      edit(words.size() == 2 ? words.get(1) : HERE);
      return true;
    }
    return false;
  }

  private void edit(String ref) {
    Optional<Ticket> ticket = ref.equals(HERE) ? context.model().subject() : find(ref);
    ticket.ifPresentOrElse(
        new FormLocks(context)::edit,
        () -> context.refuse("There is no ticket '" + ref + "' here."));
  }

  private Optional<Ticket> find(String ref) {
    try {
      List<Ticket> found = context.tickets.book().matches(TicketRef.typed(ref), 2);
      return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Replaces the placeholder by the number of the selected ticket; false if there is none. */
  private boolean named(List<String> words) {
    int sign = words.indexOf(HERE);
    if (sign < 0) {
      return true;
    }
    Optional<Ticket> here = context.model().subject();
    if (here.isEmpty()) {
      context.refuse("There is no ticket here that " + HERE + " could stand for.");
      return false;
    }
    String number = Long.toString(here.get().number());
    words.replaceAll(word -> word.equals(HERE) ? number : word);
    return true;
  }

  private void verb(List<String> words) {
    if (words.get(0).equals("lock") && words.contains("--wait")) {
      context.refuse("To stand in a line, say how long (--wait=5m), or " + waiting());
      return;
    }
    if (UiSettings.isExternal(words.get(0)) || words.contains("--")) {
      context.refuse(
          "'"
              + String.join(" ", words)
              + "' needs a terminal of its own: run it in a shell, as billets …");
      return;
    }
    run(words);
  }

  private String waiting() {
    return context
        .settings
        .keys()
        .key(Action.WAIT)
        .map(key -> "press " + key + " on the ticket.")
        .orElse("run it in a shell.");
  }

  private void run(List<String> words) {
    long id = context.pend(PendingKind.VERB, null, "billets " + words.get(0));
    context.effect(new Effect.RunVerb(id, words));
  }

  /** A verb has ended: its output is shown, or its one line said. */
  void ended(EffectResult.VerbEnded event) {
    context.answered(event.id());
    if (event.lines().size() > 1 && !isUsage(event)) {
      String code = event.code() == 0 ? "" : " (exit code " + event.code() + ")";
      List<TextLine> lines =
          event.lines().stream().map(line -> new TextLine(TextLine.Kind.TEXT, line)).toList();
      printed(new Pager(Pager.Kind.OUTPUT, "Output" + code, lines, 0));
      return;
    }
    String said = event.lines().isEmpty() ? "" : event.lines().get(0);
    if (event.code() == 0) {
      context.done(said.isEmpty() ? "Done." : said);
    } else {
      context.refuse(
          said.isEmpty()
              ? "It ended with exit code " + event.code() + "."
              : Sentence.of(said.startsWith(PROGRAM) ? said.substring(PROGRAM.length()) : said));
    }
  }

  /** Whether a verb printed only a usage error. */
  private static boolean isUsage(EffectResult.VerbEnded event) {
    return event.code() == USAGE
        && event.lines().size() <= USAGE_LINES
        && event.lines().get(0).startsWith(PROGRAM);
  }

  /** Shows the output in the pager; while an input is open, queues it behind that. */
  private void printed(Pager output) {
    if (context.input() == null) {
      context.view = context.view.with(output);
    } else {
      context.view = context.view.queued(output);
      context.inform("What the verb printed is shown when you are done here.");
    }
  }
}
