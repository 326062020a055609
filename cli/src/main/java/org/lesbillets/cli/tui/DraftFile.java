package org.lesbillets.cli.tui;

import java.nio.file.Path;
import java.util.Map;
import org.lesbillets.cli.command.edit.Draft;
import org.lesbillets.cli.command.edit.NoteDrafts;
import org.lesbillets.cli.command.edit.TicketTemplate;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.FormText;

/**
 * A draft on disk that is open for writing, or was found by a look-up. Confined to one thread at a
 * time.
 */
interface DraftFile {
  Path path();

  void rewrite(Effect.SaveDraft effect);

  void remove();

  /**
   * Renames the other drafts of the same name, so that a look-up does not find them again.
   *
   * @return the new path of each that was renamed, by its old path
   */
  Map<Path, Path> setOthersAside();

  /** The fields of a typed ticket in the format of the edit template. */
  static String template(Effect.SaveDraft effect) {
    return TicketTemplate.typed(FormText.texts(effect.fields()));
  }

  /** What was typed, in the format of its file: a comment as it is, a ticket as a template. */
  static String text(Effect.SaveDraft effect) {
    return effect.text() == null ? template(effect) : effect.text();
  }

  /** The fields of a ticket under edit; shared with {@code billets edit}. */
  record OfEdit(Draft draft) implements DraftFile {
    @Override
    public Path path() {
      return draft.path();
    }

    @Override
    public void rewrite(Effect.SaveDraft effect) {
      draft.rewrite(template(effect), ((DraftKey.OfEdit) effect.key()).base());
    }

    @Override
    public void remove() {
      draft.remove();
    }

    /** Nothing is renamed: {@code billets edit --recover} shall find them. */
    @Override
    public Map<Path, Path> setOthersAside() {
      return Map.of();
    }
  }

  /** A comment, or the template of a new ticket. */
  record OfNote(NoteDrafts notes, String name, Path path) implements DraftFile {
    @Override
    public void rewrite(Effect.SaveDraft effect) {
      notes.rewrite(path, text(effect));
    }

    @Override
    public void remove() {
      notes.remove(path);
    }

    @Override
    public Map<Path, Path> setOthersAside() {
      return notes.setAsideOthers(name, path);
    }
  }
}
