package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.command.edit.Editor;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;

class ExternalEditorTest {
  private static final String TEXT = "The printer is on fire.";
  private static final long MOMENT = Duration.ofMillis(300).toNanos();
  private static final long LONG = Duration.ofSeconds(3).toNanos();

  @TempDir Path folder;

  private final Deque<Long> clock = new ArrayDeque<>();

  /** An editor that runs this long by the clock. */
  private ExternalEditor editor(String command, long nanos) {
    clock.addAll(List.of(0L, nanos));
    return new ExternalEditor(new Editor(command), folder, clock::remove);
  }

  private static EffectResult.Edited edited(ExternalEditor editor) throws Exception {
    CompletableFuture<UiEvent> event = new CompletableFuture<>();
    editor.edit(new Effect.Edit(7, TEXT), Supplier::get, event::complete);
    return (EffectResult.Edited) event.get();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void whatWasWrittenIsTheText() throws Exception {
    ExternalEditor editor = editor("printf 'It is out.\\n' >", MOMENT);
    assertEquals(new EffectResult.Edited(7, "It is out.", null), edited(editor));
    assertEquals(List.of(), files());
    assertEquals(List.of(), editor.left());
  }

  @Test
  void anEditorThatFailsIsNamed() throws Exception {
    EffectResult.Edited event = edited(editor("exit 3 #", MOMENT));
    assertNull(event.text());
    assertEquals("The editor (exit 3 #) ended with 3: what you had before stays.", event.trouble());
    assertEquals(List.of(), files());
  }

  @Test
  void oneThatReturnsAtOnceAndWritesNothingIsNotTakenForAnAnswer() throws Exception {
    ExternalEditor editor = editor("true", MOMENT);
    EffectResult.Edited event = edited(editor);
    assertNull(event.text());
    assertEquals(
        "The editor (true) returned at once and wrote nothing: one with a window of its own has to"
            + " wait for its end (code --wait, gvim -f, subl -w).",
        event.trouble());
  }

  @Test
  void whatItsWindowWritesLaterIsKept() throws Exception {
    ExternalEditor editor = editor("true", MOMENT);
    edited(editor);
    Path file = files().get(0);
    assertEquals(TEXT + "\n", Files.readString(file));
    Files.writeString(file, "Written in a window.\n");
    assertEquals(List.of(file), editor.left());
    assertTrue(Files.exists(file));
  }

  @Test
  void whatNoWindowWroteIntoGoes() throws Exception {
    ExternalEditor editor = editor("true", MOMENT);
    edited(editor);
    assertEquals(List.of(), editor.left());
    assertEquals(List.of(), files());
  }

  @Test
  void lookingForLongerWithoutWritingIsAnAnswer() throws Exception {
    assertEquals(new EffectResult.Edited(7, TEXT, null), edited(editor("true", LONG)));
    assertEquals(List.of(), files());
  }

  @Test
  void savingTheSameTextIsAnAnswerHoweverFast() throws Exception {
    String later = "sleep 0.05; touch";
    assertEquals(new EffectResult.Edited(7, TEXT, null), edited(editor(later, MOMENT)));
  }

  @Test
  void anEditorThatCannotBeHadIsAnswered() throws Exception {
    Path none = folder.resolve("file");
    Files.writeString(none, "");
    ExternalEditor editor = new ExternalEditor(new Editor("true"), none, clock::remove);
    EffectResult.Edited event = edited(editor);
    assertNull(event.text());
    assertTrue(event.trouble().endsWith(": what you had before stays."), event.trouble());
  }
}
