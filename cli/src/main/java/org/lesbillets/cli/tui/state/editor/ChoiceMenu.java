package org.lesbillets.cli.tui.state.editor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.model.Ticket;

/**
 * A question that one character answers.
 *
 * @param ticket which one it is about, as it was; null when it is about the list
 * @param reason with {@link Question#STEAL}, why; null for one's own lock
 */
public record ChoiceMenu(
    Question question, String label, List<Option> options, Ticket ticket, String reason)
    implements Input {

  /** What is asked. */
  public enum Question {
    PRIORITY,
    SORT,
    STEAL,
    /** Whether one's own lock is taken over, to edit the fields under it. */
    EDIT_UNDER_OWN,
    /** The same, to edit the description. */
    DESCRIBE_UNDER_OWN
  }

  /**
   * An answer.
   *
   * @param key the character that gives it
   * @param word what it is called; begins with {@code key}
   */
  public record Option(int key, String word) {
    public static Option of(String word) {
      return new Option(word.codePointAt(0), word);
    }
  }

  public ChoiceMenu {
    Objects.requireNonNull(question, "question");
    options = List.copyOf(options);
  }

  /** The word a character stands for. */
  public Optional<String> chosen(int key) {
    return options.stream().filter(option -> option.key() == key).map(Option::word).findFirst();
  }

  @Override
  public KeyContext place() {
    return KeyContext.CHOICE;
  }

  @Override
  public <R> R accept(Handler<R> handler) {
    return handler.onChoice(this);
  }
}
