package org.lesbillets.cli.tui.state.editor;

import java.util.HashMap;
import java.util.Map;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.StatusLine;

/**
 * What is known of the drafts on disk. Immutable; bounded by the tickets edited in this view.
 *
 * @param saved what of the open input was last put on disk; null for nothing
 * @param savedNanos when that was
 * @param savedAt for each {@linkplain DraftKey#subject() draft}, the id of the last effect there
 *     was when it was put on disk
 * @param sought the draft looked up on disk for the open input; null when none is
 * @param editorWished whether the external editor waits for that look-up
 * @param trouble why the last write failed; null when it did not
 * @param troubleSaid the status line that says so, over when the disk works again
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

  /** Another input is open: its text is as good as saved. */
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

  /** A draft is written after the effect {@code lastId}. */
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

  /** Whether a draft was written since the effect {@code id}. */
  public boolean isWrittenSince(DraftKey key, long id) {
    return savedAt.getOrDefault(key.subject(), 0L) >= id;
  }

  /**
   * @param key null when the look-up has ended
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
