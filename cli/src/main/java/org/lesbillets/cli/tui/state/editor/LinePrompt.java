package org.lesbillets.cli.tui.state.editor;

import java.util.Objects;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.model.Ticket;

/**
 * A line that is typed at the bottom.
 *
 * @param ticket which one it is about, as it was; null for filter and command
 * @param mistake what is wrong with it, a sentence, or null
 * @param hint what it could go on with, or null
 * @param back how far back in what was typed before one is; 0 for what is typed now
 * @param stash what was typed before one went back
 */
public record LinePrompt(
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
  public <R> R accept(Handler<R> handler) {
    return handler.onLine(this);
  }
}
