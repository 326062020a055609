package org.lesbillets.cli.tui;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.lesbillets.cli.command.edit.Editor;
import org.lesbillets.cli.command.edit.NoteDrafts;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * The user's own editor on a text of the live view, as a file beside the drafts. {@link #edit} is
 * called by the loop's thread and blocks nothing: the child process has a thread of its own
 * ("billets-editor"), so that events are still applied. At most one editor at a time, since the
 * terminal is lent to it.
 */
final class ExternalEditor {
  /** The shortest run that counts as an answer when nothing was written. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final Editor editor;
  private final NoteDrafts notes;
  private final LongSupplier nanos;

  /** Files of editors that returned at once, with what they had: a window may still write them. */
  private final Map<Path, String> abandoned = new LinkedHashMap<>();

  ExternalEditor(Editor editor, Path folder, LongSupplier nanos) {
    this.editor = editor;
    this.notes = new NoteDrafts(folder);
    this.nanos = nanos;
  }

  /**
   * Starts the editor.
   *
   * @param lending runs a program with the terminal, and gives its exit status
   * @param events takes the one result, on the editor's thread
   */
  void edit(
      Effect.Edit effect, Function<Supplier<Integer>, Integer> lending, Consumer<UiEvent> events) {
    Thread thread = new Thread(() -> events.accept(edited(effect, lending)), "billets-editor");
    thread.setDaemon(true);
    thread.start();
  }

  private UiEvent edited(Effect.Edit effect, Function<Supplier<Integer>, Integer> lending) {
    try {
      Path file = notes.create("editor", effect.text().isEmpty() ? "" : effect.text() + "\n");
      Optional<NoteDrafts.Note> before = notes.find(file);
      long begun = nanos.getAsLong();
      int status = lending.apply(() -> editor.edit(file, ProcessBuilder.Redirect.INHERIT));
      boolean atOnce = nanos.getAsLong() - begun < AT_ONCE.toNanos();
      Optional<NoteDrafts.Note> after = notes.find(file);
      if (status == 0 && atOnce && before.equals(after)) {
        return abandon(effect, file, before.map(NoteDrafts.Note::text).orElse(""));
      }
      notes.remove(file);
      String text = after.map(NoteDrafts.Note::text).map(ExternalEditor::unended).orElse("");
      return status == 0
          ? new EffectResult.Edited(effect.id(), text, null)
          : failed(effect, "The editor (" + editor.command() + ") ended with " + status);
    } catch (UncheckedIOException e) {
      return failed(effect, e.getMessage());
    }
  }

  /** The process returned, the editor may not have: it forks, and has a window of its own. */
  private UiEvent abandon(Effect.Edit effect, Path file, String text) {
    synchronized (abandoned) {
      abandoned.put(file, text);
    }
    return new EffectResult.Edited(
        effect.id(),
        null,
        "The editor ("
            + editor.command()
            + ") returned at once and wrote nothing: one with a window of its own has to wait for"
            + " its end (code --wait, gvim -f, subl -w).");
  }

  private static UiEvent failed(Effect.Edit effect, String why) {
    return new EffectResult.Edited(effect.id(), null, why + ": what you had before stays.");
  }

  /** Editors end every line, and so the last one too: that newline is not part of the text. */
  private static String unended(String text) {
    String lines = text.replace("\r\n", "\n");
    return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }

  /**
   * The files that windows wrote after their editor had returned; the others are removed. Called at
   * the end of the view.
   */
  List<Path> left() {
    synchronized (abandoned) {
      abandoned.entrySet().removeIf(file -> !isWritten(file.getKey(), file.getValue()));
      return List.copyOf(abandoned.keySet());
    }
  }

  private boolean isWritten(Path file, String before) {
    try {
      Optional<NoteDrafts.Note> now = notes.find(file);
      if (now.isEmpty() || !now.get().text().equals(before)) {
        return now.isPresent();
      }
      notes.remove(file);
      return false;
    } catch (UncheckedIOException e) {
      return true;
    }
  }
}
