package org.lesbillets.cli.tui.state.editor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;

/**
 * The open input and its surroundings. Immutable.
 *
 * @param input null when the screen has the focus
 * @param describing whether the form was opened for the description alone, which is edited in an
 *     external editor
 * @param awaited id of the effect that sent the open input; 0 when it was not sent
 * @param showsTicketText whether the external editor began with the description of the ticket
 * @param lateNanos when a key was last rejected as type-ahead; null for never
 * @param killRing the text killed last, as in readline
 * @param history lines entered before, the oldest first; at most {@value #REMEMBERED} a purpose
 * @param drafts what is known of the drafts on disk
 */
public record EditorState(
    Input input,
    boolean describing,
    long awaited,
    boolean showsTicketText,
    Long lateNanos,
    String killRing,
    Map<LinePrompt.Purpose, List<String>> history,
    DraftState drafts) {
  private static final int REMEMBERED = 100;

  public static EditorState initial(Now now) {
    return new EditorState(null, false, 0, false, null, "", Map.of(), DraftState.initial(now));
  }

  public EditorState with(Input other) {
    return new EditorState(
        other, describing, awaited, showsTicketText, lateNanos, killRing, history, drafts);
  }

  /** With another input, or null, in its initial state. */
  public EditorState opened(Input other) {
    return new EditorState(
        other, false, 0, showsTicketText, lateNanos, killRing, history, drafts.opened(other));
  }

  public EditorState describing(boolean alone) {
    return new EditorState(
        input, alone, awaited, showsTicketText, lateNanos, killRing, history, drafts);
  }

  /** The open input was sent by an effect. */
  public EditorState awaiting(long id) {
    return new EditorState(
        input, describing, id, showsTicketText, lateNanos, killRing, history, drafts);
  }

  public EditorState showingTicketText(boolean unchanged) {
    return new EditorState(
        input, describing, awaited, unchanged, lateNanos, killRing, history, drafts);
  }

  public EditorState late(Long nanos) {
    return new EditorState(
        input, describing, awaited, showsTicketText, nanos, killRing, history, drafts);
  }

  public EditorState killed(String text) {
    return new EditorState(
        input, describing, awaited, showsTicketText, lateNanos, text, history, drafts);
  }

  public EditorState with(DraftState other) {
    return new EditorState(
        input, describing, awaited, showsTicketText, lateNanos, killRing, history, other);
  }

  /** The history for a purpose, the oldest first. */
  public List<String> entered(LinePrompt.Purpose purpose) {
    return history.getOrDefault(purpose, List.of());
  }

  /** With a line added to the history, unless it is empty. */
  public EditorState entering(LinePrompt.Purpose purpose, String text) {
    List<String> lines = new ArrayList<>(entered(purpose));
    lines.remove(text);
    if (!text.isEmpty()) {
      lines.add(text);
    }
    int first = Math.max(0, lines.size() - REMEMBERED);
    Map<LinePrompt.Purpose, List<String>> all = new EnumMap<>(LinePrompt.Purpose.class);
    all.putAll(history);
    all.put(purpose, List.copyOf(lines.subList(first, lines.size())));
    return new EditorState(
        input, describing, awaited, showsTicketText, lateNanos, killRing, all, drafts);
  }
}
