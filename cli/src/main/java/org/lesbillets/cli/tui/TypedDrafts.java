package org.lesbillets.cli.tui;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.cli.edit.Draft;
import org.lesbillets.cli.edit.Drafts;
import org.lesbillets.cli.edit.NoteDrafts;
import org.lesbillets.cli.edit.TemplateException;
import org.lesbillets.cli.edit.TicketTemplate;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.cli.tui.state.FormText;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.cli.tui.update.DraftKey;
import org.lesbillets.cli.tui.update.Effect;
import org.lesbillets.cli.tui.update.UiEvent;
import org.lesbillets.model.TicketField;
import org.lesbillets.model.TicketId;

/**
 * Keeps on disk what is typed into the live view. The fields of a ticket are the same drafts that
 * {@code billets edit} keeps, so that either can go on with them. Any thread, one at a time; holds
 * what was typed since the view began.
 */
final class TypedDrafts {
  private final Drafts drafts;
  private final NoteDrafts notes;

  /** The drafts of tickets that are open in this view. */
  private final Map<TicketId, Draft> open = new HashMap<>();

  /** What is kept and was neither sent nor thrown away, since this view began. */
  private final Map<DraftKey, Path> left = new LinkedHashMap<>();

  TypedDrafts(Drafts drafts) {
    this.drafts = drafts;
    this.notes = new NoteDrafts(drafts.folder());
  }

  /** The files that somebody may want to go on with. */
  synchronized List<Path> left() {
    return List.copyOf(left.values());
  }

  /** Keeps a draft; gives what to tell of it. */
  synchronized UiEvent keep(Effect.KeepDraft effect) {
    try {
      Path path = effect.key().accept(new Keeping(effect));
      left.keySet().removeIf(key -> name(key).equals(name(effect.key())));
      left.put(effect.key(), path);
      return new UiEvent.DraftKept(effect.key(), path.toString(), null);
    } catch (UncheckedIOException e) {
      return new UiEvent.DraftKept(effect.key(), null, e.getMessage());
    }
  }

  private static Map<TicketField, String> texts(Map<TicketField, TypedText> fields) {
    Map<TicketField, String> texts = new EnumMap<>(TicketField.class);
    fields.forEach((field, typed) -> texts.put(field, typed.text()));
    return texts;
  }

  /** What tells two drafts apart: an edited ticket has one, whatever it was made from. */
  private static String name(DraftKey key) {
    return key.accept(
        new DraftKey.Handler<>() {
          @Override
          public String onNew(DraftKey.OfNew key) {
            return "new";
          }

          @Override
          public String onComment(DraftKey.OfComment key) {
            return "comment-" + key.number() + "-" + key.ticket();
          }

          @Override
          public String onEdit(DraftKey.OfEdit key) {
            return "edit-" + key.base().id();
          }
        });
  }

  /** Keeps a draft of each kind. */
  private final class Keeping implements DraftKey.Handler<Path> {
    private final Effect.KeepDraft effect;

    Keeping(Effect.KeepDraft effect) {
      this.effect = effect;
    }

    @Override
    public Path onNew(DraftKey.OfNew key) {
      return notes.keep(name(key), TicketTemplate.typed(texts(effect.fields())));
    }

    @Override
    public Path onComment(DraftKey.OfComment key) {
      return notes.keep(name(key), effect.text());
    }

    @Override
    public Path onEdit(DraftKey.OfEdit key) {
      String text = TicketTemplate.typed(texts(effect.fields()));
      Draft draft = open.get(key.base().id());
      if (draft == null) {
        draft = drafts.create(text, key.base());
        open.put(key.base().id(), draft);
      } else {
        draft.rewrite(text, key.base());
      }
      return draft.path();
    }
  }

  /**
   * Forgets a draft.
   *
   * @return what went wrong, or nothing
   */
  synchronized Optional<UiEvent> drop(DraftKey key) {
    left.keySet().removeIf(one -> name(one).equals(name(key)));
    try {
      if (key instanceof DraftKey.OfEdit edit) {
        Draft draft = open.remove(edit.base().id());
        if (draft != null) {
          draft.remove();
        }
      } else {
        notes.drop(name(key));
      }
      return Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.of(new UiEvent.DraftKept(key, null, e.getMessage()));
    }
  }

  /** Looks for a draft from before; gives what to tell of it, if there is something. */
  synchronized Optional<UiEvent> find(DraftKey key) {
    try {
      return key.accept(new Finding()).map(found -> found);
    } catch (UncheckedIOException e) {
      return Optional.of(new UiEvent.DraftKept(key, null, e.getMessage()));
    }
  }

  /** Finds a draft of each kind. */
  private final class Finding implements DraftKey.Handler<Optional<UiEvent.DraftFound>> {
    @Override
    public Optional<UiEvent.DraftFound> onNew(DraftKey.OfNew key) {
      return notes.find(name(key)).flatMap(note -> found(key, note.text(), note.kept()));
    }

    @Override
    public Optional<UiEvent.DraftFound> onComment(DraftKey.OfComment key) {
      return notes
          .find(name(key))
          .map(note -> new UiEvent.DraftFound(key, Map.of(), note.text(), when(note.kept())));
    }

    @Override
    public Optional<UiEvent.DraftFound> onEdit(DraftKey.OfEdit key) {
      return drafts.newest(key.base().id()).flatMap(draft -> found(key, draft));
    }

    private Optional<UiEvent.DraftFound> found(DraftKey.OfEdit key, Draft draft) {
      try {
        Map<TicketField, TypedText> unchanged = FormText.written(draft.base().content());
        DraftKey old = new DraftKey.OfEdit(draft.base());
        return found(old, draft.text(), draft.changed())
            .filter(found -> !texts(found.fields()).equals(texts(unchanged)))
            .map(
                found -> {
                  open.put(key.base().id(), draft);
                  return found;
                });
      } catch (TemplateException e) {
        return Optional.empty();
      }
    }

    /** Somebody else may have written into the file: then it stays, and is not in the way. */
    private Optional<UiEvent.DraftFound> found(DraftKey key, String template, Instant kept) {
      try {
        Map<TicketField, TypedText> typed = new EnumMap<>(TicketField.class);
        TicketTemplate.fields(template)
            .forEach((field, text) -> typed.put(field, TypedText.of(text)));
        return Optional.of(new UiEvent.DraftFound(key, typed, null, when(kept)));
      } catch (TemplateException e) {
        return Optional.empty();
      }
    }

    private String when(Instant kept) {
      return new HumanTime(drafts.clock()).day(kept);
    }
  }
}
