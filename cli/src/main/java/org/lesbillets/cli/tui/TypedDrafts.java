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
  /** The name of the drafts of new tickets. */
  private static final String NEW = "new";

  private final Drafts drafts;
  private final NoteDrafts notes;

  /** The open draft and the found one, by the subject of their key. */
  private final Map<Object, DraftFile> open = new HashMap<>();

  private final Map<Object, DraftFile> found = new HashMap<>();

  /** The subjects whose open draft was found, not created. */
  private final Set<Object> resumed = new HashSet<>();

  /** When the newest finished draft of an edited ticket was written: older ones are not offered. */
  private final Map<Object, Instant> finishedAt = new HashMap<>();

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
      DraftFile file = open.get(key.subject());
      if (file == null) {
        file = created(effect);
        open.put(key.subject(), file);
      } else {
        file.rewrite(effect);
      }
      left.add(file.path());
      return new EffectResult.DraftSaved(key, file.path().toString(), null);
    } catch (UncheckedIOException e) {
      return new EffectResult.DraftSaved(key, null, e.getMessage());
    }
  }

  private DraftFile created(Effect.SaveDraft effect) {
    if (effect.key() instanceof DraftKey.OfEdit edit) {
      return new DraftFile.OfEdit(drafts.create(DraftFile.template(effect), edit.base()));
    }
    String name = name(effect.key());
    return new DraftFile.OfNote(notes, name, notes.create(name, DraftFile.text(effect)));
  }

  /** The name of the file of a comment or a new ticket. */
  private static String name(DraftKey key) {
    return key instanceof DraftKey.OfComment comment
        ? "comment-" + comment.number() + "-" + comment.ticket()
        : NEW;
  }

  /**
   * Removes a draft that was written or taken. With one that was taken, older ones of the same
   * subject are finished too, so that they are not offered one after another.
   *
   * @return the failure to report, or nothing
   */
  synchronized Optional<UiEvent> drop(DraftKey key) {
    DraftFile file = open.remove(key.subject());
    if (file == null) {
      return Optional.empty();
    }
    left.remove(file.path());
    try {
      if (resumed.remove(key.subject())) {
        endOlder(key, file);
      }
      file.remove();
      return Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.of(new EffectResult.DraftSaved(key, file.path().toString(), e.getMessage()));
    }
  }

  private void endOlder(DraftKey key, DraftFile file) {
    if (file instanceof DraftFile.OfEdit edit) {
      finishedAt.put(key.subject(), edit.draft().changed());
    }
    file.setOthersAside()
        .forEach(
            (before, now) -> {
              if (left.remove(before)) {
                left.add(now);
              }
            });
  }

  /**
   * Looks up a draft of an earlier run, and returns the event that offers it, if there is one. The
   * next {@link #save} of the subject creates a new file.
   */
  synchronized Optional<UiEvent> find(DraftKey key) {
    open.remove(key.subject());
    resumed.remove(key.subject());
    found.remove(key.subject());
    try {
      return (key instanceof DraftKey.OfEdit edit ? ofEdit(edit) : ofNote(key)).map(event -> event);
    } catch (UncheckedIOException e) {
      String folder = drafts.folder().toString();
      return Optional.of(new EffectResult.DraftSaved(key, folder, e.getMessage()));
    }
  }

  /** Accepts the draft found last: the next {@link #save} overwrites it. */
  synchronized void take(DraftKey key) {
    DraftFile file = found.remove(key.subject());
    if (file != null) {
      open.put(key.subject(), file);
      resumed.add(key.subject());
    }
  }

  private Optional<EffectResult.DraftFound> ofNote(DraftKey key) {
    String name = name(key);
    NoteDrafts.Note note = notes.newest(name).orElse(null);
    if (note == null) {
      return Optional.empty();
    }
    found.put(key.subject(), new DraftFile.OfNote(notes, name, note.file()));
    return key instanceof DraftKey.OfNew
        ? found(key, note.text(), note.kept())
        : Optional.of(new EffectResult.DraftFound(key, Map.of(), note.text(), when(note.kept())));
  }

  private Optional<EffectResult.DraftFound> ofEdit(DraftKey.OfEdit key) {
    Instant done = finishedAt.getOrDefault(key.base().id(), Instant.MIN);
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
          .filter(event -> !FormText.texts(event.fields()).equals(FormText.texts(unchanged)));
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

  private String when(Instant kept) {
    return new HumanTime(drafts.clock()).day(kept);
  }
}
