package org.lesbillets.cli.tui.state.editor;

import java.util.HashMap;
import java.util.Map;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.StatusLine;

/**
 * What the view knows of the drafts on disk. Immutable; bounded by the tickets edited in this view.
 *
 * @param saved the text of the open input as of its last write; null for none
 * @param savedNanos when that was
 * @param savedAt the highest effect id issued at the last write, by {@linkplain DraftKey#subject()
 *     draft}
 * @param sought the draft that is being looked up for the open input; null for none
 * @param editorWished whether the external editor waits for that look-up
 * @param trouble why the last write failed; null if it did not
 * @param troubleSaid the message about that, cleared when a write succeeds
 */
public record DraftState(
    Object saved,
    long savedNanos,
    Map<Object, Long> savedAt,
    DraftKey sought,
    boolean editorWished,
    String trouble,
    StatusLine troubleSaid) {

  static DraftState initial(Now now) {
    return new DraftState(null, now.nanos(), Map.of(), null, false, null, null);
  }

  /** Another input is open: its initial text need not be written. */
  DraftState opened(Input input) {
    Object text = input == null ? null : input.savedText();
    return new DraftState(text, savedNanos, savedAt, null, false, trouble, troubleSaid);
  }

  public DraftState withSaved(Object text) {
    return new DraftState(text, savedNanos, savedAt, sought, editorWished, trouble, troubleSaid);
  }

  public DraftState saved(Object text, Now now) {
    return new DraftState(text, now.nanos(), savedAt, sought, editorWished, trouble, troubleSaid);
  }

  /** With a write after the effect {@code lastId} was issued. */
  public DraftState written(DraftKey key, long lastId) {
    Map<Object, Long> at = new HashMap<>(savedAt);
    at.put(key.subject(), lastId);
    return new DraftState(saved, savedNanos, at, sought, editorWished, trouble, troubleSaid);
  }

  public DraftState dropped(DraftKey key) {
    Map<Object, Long> at = new HashMap<>(savedAt);
    at.remove(key.subject());
    return new DraftState(saved, savedNanos, at, sought, editorWished, trouble, troubleSaid);
  }

  /** Whether a draft was written after the effect {@code id} was issued. */
  public boolean isWrittenSince(DraftKey key, long id) {
    return savedAt.getOrDefault(key.subject(), 0L) >= id;
  }

  /**
   * @param key null for none
   */
  public DraftState seeking(DraftKey key) {
    return new DraftState(saved, savedNanos, savedAt, key, false, trouble, troubleSaid);
  }

  public DraftState wishingEditor() {
    return new DraftState(saved, savedNanos, savedAt, sought, true, trouble, troubleSaid);
  }

  public DraftState troubled(String sentence, StatusLine said) {
    return new DraftState(saved, savedNanos, savedAt, sought, editorWished, sentence, said);
  }
}
