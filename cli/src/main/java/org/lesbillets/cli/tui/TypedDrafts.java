package org.lesbillets.cli.tui;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.cli.command.edit.Draft;
import org.lesbillets.cli.command.edit.Drafts;
import org.lesbillets.cli.command.edit.NoteDrafts;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.cli.command.edit.TicketTemplate;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.FormText;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.field.TicketField;

/**
 * The drafts on disk of what is typed into the live view. The fields of a ticket are the same files
 * that {@code billets edit} writes, so that either continues the other's draft. A draft of an
 * earlier run is not touched before the user accepts it.
 *
 * <pre>
 *   (none) --save--> open --drop--> (removed)
 *      |              ^
 *      +--find--> found --take--+
 * </pre>
 *
 * <p>Thread-safe by its monitor; in practice the executor "billets-drafts". Holds one open and one
 * found draft for each subject typed into since the view began.
 */
final class TypedDrafts {
  private final Drafts drafts;
  private final NoteDrafts notes;

  /** The open draft and the found one, by the subject of their key. */
  private final Map<Object, DraftFile> open = new HashMap<>();

  private final Map<Object, DraftFile> found = new HashMap<>();

  /** The subjects whose open draft was found, not created. */
  private final Set<Object> goneOnWith = new HashSet<>();

  /** When the newest finished draft of an edited ticket was written: older ones are not offered. */
  private final Map<Object, Instant> doneWith = new HashMap<>();

  /** The files written by this run that were neither sent nor discarded. */
  private final Set<Path> left = new LinkedHashSet<>();

  TypedDrafts(Drafts drafts) {
    this.drafts = drafts;
    this.notes = new NoteDrafts(drafts.folder());
  }

  /** The files that hold text which was not sent, to be named at the end of the program. */
  synchronized List<Path> left() {
    return List.copyOf(left);
  }

  /** Writes a draft, and returns the event to report. */
  synchronized UiEvent save(Effect.SaveDraft effect) {
    DraftKey key = effect.key();
    try {
      DraftFile kept = open.get(key.subject());
      if (kept == null) {
        kept = key.accept(new Creating(effect));
        open.put(key.subject(), kept);
      } else {
        kept.rewrite(effect);
      }
      left.add(kept.path());
      return new EffectResult.DraftSaved(key, kept.path().toString(), null);
    } catch (UncheckedIOException e) {
      return new EffectResult.DraftSaved(key, null, e.getMessage());
    }
  }

  /** Creates the file for each kind of key. */
  private final class Creating implements DraftKey.Visitor<DraftFile> {
    private final Effect.SaveDraft effect;

    Creating(Effect.SaveDraft effect) {
      this.effect = effect;
    }

    @Override
    public DraftFile onNew(DraftKey.OfNew key) {
      return note(name(key), notes.create(name(key), DraftFile.text(effect)));
    }

    @Override
    public DraftFile onComment(DraftKey.OfComment key) {
      return note(name(key), notes.create(name(key), DraftFile.text(effect)));
    }

    @Override
    public DraftFile onEdit(DraftKey.OfEdit key) {
      return new DraftFile.OfEdit(drafts.create(DraftFile.template(effect), key.base()));
    }
  }

  private static String name(DraftKey.OfNew key) {
    return "new";
  }

  private static String name(DraftKey.OfComment key) {
    return "comment-" + key.number() + "-" + key.ticket();
  }

  /**
   * Removes a draft that was written or taken. With one that was taken, older ones of the same
   * subject are finished too, so that they are not offered one after another.
   *
   * @return the failure to report, or nothing
   */
  synchronized Optional<UiEvent> drop(DraftKey key) {
    DraftFile kept = open.remove(key.subject());
    if (kept == null) {
      return Optional.empty();
    }
    left.remove(kept.path());
    try {
      if (goneOnWith.remove(key.subject())) {
        endOlder(key, kept);
      }
      kept.remove();
      return Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.of(new EffectResult.DraftSaved(key, kept.path().toString(), e.getMessage()));
    }
  }

  private void endOlder(DraftKey key, DraftFile kept) {
    if (kept instanceof DraftFile.OfEdit edit) {
      doneWith.put(key.subject(), edit.draft().changed());
    }
    kept.setOthersAside()
        .forEach(
            (before, now) -> {
              if (left.remove(before)) {
                left.add(now);
              }
            });
  }

  private DraftFile note(String name, Path path) {
    return new DraftFile.OfNote(notes, name, path);
  }

  /**
   * Looks up a draft of an earlier run, and returns the event that offers it, if there is one. The
   * next {@link #save} of the subject creates a new file.
   */
  synchronized Optional<UiEvent> find(DraftKey key) {
    open.remove(key.subject());
    goneOnWith.remove(key.subject());
    found.remove(key.subject());
    try {
      return key.accept(new Finding()).map(event -> event);
    } catch (UncheckedIOException e) {
      String folder = drafts.folder().toString();
      return Optional.of(new EffectResult.DraftSaved(key, folder, e.getMessage()));
    }
  }

  /** Accepts the draft found last: the next {@link #save} overwrites it. */
  synchronized void take(DraftKey key) {
    DraftFile kept = found.remove(key.subject());
    if (kept != null) {
      open.put(key.subject(), kept);
      goneOnWith.add(key.subject());
    }
  }

  /** Looks up the draft for each kind of key. */
  private final class Finding implements DraftKey.Visitor<Optional<EffectResult.DraftFound>> {
    @Override
    public Optional<EffectResult.DraftFound> onNew(DraftKey.OfNew key) {
      return notes
          .newest(name(key))
          .flatMap(
              note -> {
                found.put(key.subject(), note(name(key), note.file()));
                return found(key, note.text(), note.kept());
              });
    }

    @Override
    public Optional<EffectResult.DraftFound> onComment(DraftKey.OfComment key) {
      return notes
          .newest(name(key))
          .map(
              note -> {
                found.put(key.subject(), note(name(key), note.file()));
                return new EffectResult.DraftFound(key, Map.of(), note.text(), when(note.kept()));
              });
    }

    @Override
    public Optional<EffectResult.DraftFound> onEdit(DraftKey.OfEdit key) {
      Instant done = doneWith.getOrDefault(key.base().id(), Instant.MIN);
      return drafts
          .newest(key.base().id())
          .filter(draft -> draft.changed().isAfter(done))
          .flatMap(draft -> found(key, draft));
    }

    private Optional<EffectResult.DraftFound> found(DraftKey.OfEdit key, Draft draft) {
      try {
        found.put(key.subject(), new DraftFile.OfEdit(draft));
        Map<TicketField<?>, TypedText> unchanged = FormText.written(draft.base().content());
        return found(new DraftKey.OfEdit(draft.base()), draft.text(), draft.changed())
            .filter(event -> !texts(event.fields()).equals(texts(unchanged)));
      } catch (TemplateException e) {
        return Optional.empty();
      }
    }

    /** A file that another program made unreadable is left alone, and not offered. */
    private Optional<EffectResult.DraftFound> found(DraftKey key, String template, Instant kept) {
      try {
        Map<TicketField<?>, TypedText> typed = new LinkedHashMap<>();
        TicketTemplate.fields(template)
            .forEach((field, text) -> typed.put(field, TypedText.of(text)));
        return Optional.of(new EffectResult.DraftFound(key, typed, null, when(kept)));
      } catch (TemplateException e) {
        return Optional.empty();
      }
    }

    private static Map<TicketField<?>, String> texts(Map<TicketField<?>, TypedText> fields) {
      Map<TicketField<?>, String> texts = new LinkedHashMap<>();
      fields.forEach((field, typed) -> texts.put(field, typed.text()));
      return texts;
    }

    private String when(Instant kept) {
      return new HumanTime(drafts.clock()).day(kept);
    }
  }
}
