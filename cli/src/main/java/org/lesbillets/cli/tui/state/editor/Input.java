package org.lesbillets.cli.tui.state.editor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/** An input that has the focus in place of the screen behind it. A sealed family; immutable. */
public sealed interface Input
    permits Input.LinePrompt, Input.CommentBox, Input.ChoiceMenu, TicketForm {
  /** The context its keys are looked up in. */
  KeyContext keyContext();

  /** Whether anything was typed since it was opened. */
  default boolean touched() {
    return false;
  }

  /** The key of its draft; null for an input that has none. */
  default DraftKey draftKey() {
    return null;
  }

  /** The text that is worth a draft, compared with what was saved; null for none. */
  default Object savedText() {
    return null;
  }

  /**
   * A prompt at the bottom.
   *
   * @param ticket its ticket, as it was when opened; null for filter and command
   * @param mistake what is wrong with the text, a sentence, or null
   * @param hint completions, or null
   * @param back how far back in the history; 0 for the new line
   * @param stash the new line while an older one is shown
   */
  record LinePrompt(
      Purpose purpose,
      TypedText typed,
      Ticket ticket,
      String mistake,
      String hint,
      int back,
      String stash)
      implements Input {

    /** The purposes. */
    public enum Purpose {
      FILTER("/"),
      COMMAND(":"),
      ASSIGNEE("assign to: "),
      TAGS("tags, with commas between: "),
      SNOOZE("asleep until: "),
      REASON("why is it taken from them: ");

      private final String label;

      Purpose(String label) {
        this.label = label;
      }

      public String label() {
        return label;
      }
    }

    public LinePrompt {
      Objects.requireNonNull(purpose, "purpose");
      Objects.requireNonNull(typed, "typed");
    }

    /** A prompt with an initial text. */
    public static LinePrompt of(Purpose purpose, String text, Ticket ticket) {
      return new LinePrompt(purpose, TypedText.of(text), ticket, null, null, 0, "");
    }

    public LinePrompt with(TypedText other) {
      return new LinePrompt(purpose, other, ticket, null, null, back, stash);
    }

    /** With the cursor elsewhere in the same text. */
    public LinePrompt moved(TypedText same) {
      return new LinePrompt(purpose, same, ticket, mistake, hint, back, stash);
    }

    public LinePrompt mistaken(String sentence) {
      return new LinePrompt(purpose, typed, ticket, sentence, null, back, stash);
    }

    public LinePrompt hinted(String words) {
      return new LinePrompt(purpose, typed, ticket, null, words, back, stash);
    }

    /** With a line of the history in place of the new line. */
    public LinePrompt recalled(String text, int back) {
      String kept = this.back == 0 ? typed.text() : stash;
      return new LinePrompt(purpose, TypedText.of(text), ticket, null, null, back, kept);
    }

    @Override
    public KeyContext keyContext() {
      return KeyContext.LINE;
    }
  }

  /**
   * A comment being typed.
   *
   * @param touched whether anything was typed since it was opened
   * @param sending whether it is being sent: then only leaving works
   * @param notice a message about it, or null
   */
  record CommentBox(
      TicketId ticket,
      long number,
      TypedText typed,
      boolean touched,
      boolean sending,
      String notice)
      implements Input {
    public CommentBox {
      Objects.requireNonNull(ticket, "ticket");
      Objects.requireNonNull(typed, "typed");
    }

    public static CommentBox empty(TicketId ticket, long number) {
      return new CommentBox(ticket, number, TypedText.EMPTY, false, false, null);
    }

    public CommentBox with(TypedText other) {
      boolean same = other.text().equals(typed.text());
      return new CommentBox(ticket, number, other, touched || !same, sending, notice);
    }

    /** With the text of a draft. */
    public CommentBox restored(String text, String notice) {
      return new CommentBox(ticket, number, TypedText.of(text), false, sending, notice);
    }

    public CommentBox sent() {
      return new CommentBox(ticket, number, typed, touched, true, null);
    }

    /** With a message while it is being sent. */
    public CommentBox notedWhileSending(String sentence) {
      return new CommentBox(ticket, number, typed, touched, sending, sentence);
    }

    /** With a message; it is not being sent any more. */
    public CommentBox noticed(String sentence) {
      return new CommentBox(ticket, number, typed, touched, false, sentence);
    }

    @Override
    public DraftKey draftKey() {
      return new DraftKey.OfComment(ticket, number);
    }

    @Override
    public Object savedText() {
      return typed.text();
    }

    @Override
    public KeyContext keyContext() {
      return KeyContext.TEXT;
    }
  }

  /**
   * A question answered by one character.
   *
   * @param ticket its ticket, as it was when opened; null for the list
   * @param reason of {@link Question#STEAL}; null for a lock of the same agent
   */
  record ChoiceMenu(
      Question question, String label, List<Option> options, Ticket ticket, String reason)
      implements Input {

    /** The questions. */
    public enum Question {
      PRIORITY,
      SORT,
      STEAL,
      /** Whether to take over a lock of the same agent, to edit the fields. */
      EDIT_UNDER_OWN,
      /** The same, to edit the description. */
      DESCRIBE_UNDER_OWN
    }

    /**
     * An answer.
     *
     * @param key the character that gives it
     * @param word its name; begins with {@code key}
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

    /** A question about the list. */
    public static ChoiceMenu ofList(Question question, String label, List<Option> options) {
      return new ChoiceMenu(question, label, options, null, null);
    }

    /** The answer of a character. */
    public Optional<String> chosen(int key) {
      return options.stream().filter(option -> option.key() == key).map(Option::word).findFirst();
    }

    @Override
    public KeyContext keyContext() {
      return KeyContext.CHOICE;
    }
  }
}
