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
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.state.DraftKey;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.cli.tui.update.Effect;
import org.lesbillets.model.field.TicketField;

/**
 * Keeps on disk what is typed into the live view. The fields of a ticket are the same drafts that
 * {@code billets edit} keeps, so that either can go on with them. A draft from before is left alone
 * until somebody goes on with it. Any thread, one at a time; holds what was typed since the view
 * began.
 */
final class TypedDrafts {
  private final Drafts drafts;
  private final NoteDrafts notes;

  /** What is written to now, and what was found last, for the subject of each key. */
  private final Map<Object, DraftFile> open = new HashMap<>();

  private final Map<Object, DraftFile> found = new HashMap<>();

  /** What is written to now and was found before, for the subject of each key. */
  private final Set<Object> goneOnWith = new HashSet<>();

  /** For edited tickets whose newest draft is done with, from when it was: older are not found. */
  private final Map<Object, Instant> doneWith = new HashMap<>();

  /** What is kept and was neither sent nor thrown away, since this view began. */
  private final Set<Path> left = new LinkedHashSet<>();

  TypedDrafts(Drafts drafts) {
    this.drafts = drafts;
    this.notes = new NoteDrafts(drafts.folder());
  }

  /** The files that somebody may want to go on with. */
  synchronized List<Path> left() {
    return List.copyOf(left);
  }

  /** Keeps a draft; gives what to tell of it. */
  synchronized UiEvent keep(Effect.KeepDraft effect) {
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
      return new EffectResult.DraftKept(key, kept.path().toString(), null);
    } catch (UncheckedIOException e) {
      return new EffectResult.DraftKept(key, null, e.getMessage());
    }
  }

  /** Makes a draft of each kind. */
  private final class Creating implements DraftKey.Handler<DraftFile> {
    private final Effect.KeepDraft effect;

    Creating(Effect.KeepDraft effect) {
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
   * Forgets a draft that was kept, or gone on with. With one that was gone on with, older ones of
   * the same are done with, too: they are not found one after another.
   *
   * @return what went wrong, or nothing
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
      return Optional.of(new EffectResult.DraftKept(key, kept.path().toString(), e.getMessage()));
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
   * Looks for a draft from before; gives what to tell of it, if there is something. What is kept
   * next is another draft.
   */
  synchronized Optional<UiEvent> find(DraftKey key) {
    open.remove(key.subject());
    goneOnWith.remove(key.subject());
    found.remove(key.subject());
    try {
      return key.accept(new Finding()).map(event -> event);
    } catch (UncheckedIOException e) {
      String folder = drafts.folder().toString();
      return Optional.of(new EffectResult.DraftKept(key, folder, e.getMessage()));
    }
  }

  /** What was found last is gone on with: what is kept next is put in its place. */
  synchronized void take(DraftKey key) {
    DraftFile kept = found.remove(key.subject());
    if (kept != null) {
      open.put(key.subject(), kept);
      goneOnWith.add(key.subject());
    }
  }

  /** Finds a draft of each kind. */
  private final class Finding implements DraftKey.Handler<Optional<EffectResult.DraftFound>> {
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

    /** Somebody else may have written into the file: then it stays, and is not in the way. */
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
