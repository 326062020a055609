package org.lesbillets.cli.tui.state.editor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;

/** What takes the keys in place of the screen behind it, while it is there. Immutable. */
public sealed interface Input
    permits Input.LinePrompt, Input.CommentBox, Input.ChoiceMenu, TicketForm {
  /** Where its keys are looked up. */
  KeyContext place();

  /** Whether anything was typed since it was opened. */
  default boolean touched() {
    return false;
  }

  /** The typed text that is worth a draft, to be compared with what was saved; null for none. */
  default Object savedText() {
    return null;
  }

  void accept(Visitor visitor);

  /** One method for each kind of input. */
  interface Visitor {
    void onLine(LinePrompt prompt);

    void onComment(CommentBox box);

    void onChoice(ChoiceMenu menu);

    void onForm(TicketForm form);
  }

  /**
   * A line that is typed at the bottom.
   *
   * @param ticket which one it is about, as it was; null for filter and command
   * @param mistake what is wrong with it, a sentence, or null
   * @param hint what it could go on with, or null
   * @param back how far back in what was typed before one is; 0 for what is typed now
   * @param stash what was typed before one went back
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

    /** What is asked for. */
    public enum Purpose {
      FILTER("/"),
      COMMAND(":"),
      ASSIGNEE("assign to: "),
      TAGS("tags, with commas between: "),
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

    /** A line to begin with. */
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

    /** With something typed before in place of what is typed now. */
    public LinePrompt recalled(String text, int back) {
      String kept = this.back == 0 ? typed.text() : stash;
      return new LinePrompt(purpose, TypedText.of(text), ticket, null, null, back, kept);
    }

    @Override
    public KeyContext place() {
      return KeyContext.LINE;
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onLine(this);
    }
  }

  /**
   * A comment that is typed.
   *
   * @param touched whether anything was typed since it was opened
   * @param sending whether it is on its way: then it takes no keys but the one that leaves
   * @param notice what there is to say of it, or null
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

    /** With a draft from before. */
    public CommentBox restored(String text, String notice) {
      return new CommentBox(ticket, number, TypedText.of(text), false, sending, notice);
    }

    public CommentBox sent() {
      return new CommentBox(ticket, number, typed, touched, true, null);
    }

    /** Something is to be said of it while it is on its way. */
    public CommentBox notedWhileSending(String sentence) {
      return new CommentBox(ticket, number, typed, touched, sending, sentence);
    }

    /** It was not sent after all. */
    public CommentBox noticed(String sentence) {
      return new CommentBox(ticket, number, typed, touched, false, sentence);
    }

    /** The draft of what is typed into it. */
    public DraftKey draftKey() {
      return new DraftKey.OfComment(ticket, number);
    }

    @Override
    public Object savedText() {
      return typed.text();
    }

    @Override
    public KeyContext place() {
      return KeyContext.TEXT;
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.onComment(this);
    }
  }

  /**
   * A question that one character answers.
   *
   * @param ticket which one it is about, as it was; null when it is about the list
   * @param reason with {@link Question#STEAL}, why; null for one's own lock
   */
  record ChoiceMenu(
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
    public void accept(Visitor visitor) {
      visitor.onChoice(this);
    }
  }
}
