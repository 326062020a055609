package org.lesbillets.cli.tui;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lesbillets.cli.command.edit.Editor;
import org.lesbillets.cli.command.edit.NoteDrafts;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.update.Effect;

/**
 * Lets somebody edit a text in their own editor, on a thread of its own, so that the desk is heard
 * meanwhile. The text is a file beside the drafts; one at a time.
 */
final class ExternalEditor {
  private final Editor editor;
  private final NoteDrafts notes;

  ExternalEditor(Editor editor, Path folder) {
    this.editor = editor;
    this.notes = new NoteDrafts(folder);
  }

  /**
   * Begins.
   *
   * @param lending gives the terminal to a program until it is over
   * @param events takes what came of it
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
      int status = lending.apply(() -> editor.edit(file, ProcessBuilder.Redirect.INHERIT));
      Optional<String> text = notes.find(file).map(NoteDrafts.Note::text);
      notes.remove(file);
      return status == 0
          ? new EffectResult.Edited(effect.id(), text.map(ExternalEditor::unended).orElse(""), null)
          : failed(effect, "The editor (" + editor.command() + ") ended with " + status);
    } catch (UncheckedIOException e) {
      return failed(effect, e.getMessage());
    }
  }

  private static UiEvent failed(Effect.Edit effect, String why) {
    return new EffectResult.Edited(effect.id(), null, why + ": what you had before stays.");
  }

  /** Editors end every line, and so the last one too: that newline is not the text's. */
  private static String unended(String text) {
    String lines = text.replace("\r\n", "\n");
    return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }
}
