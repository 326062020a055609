package org.lesbillets.cli.command.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.process.ChildProcesses;

/** The editor as a real process. */
class EditorTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = Files.writeString(folder.resolve("a 'file' of $HOME.txt"), "old\n");
  }

  @ParameterizedTest
  @CsvSource({", , vi", "ed, , ed", "ed, emacs -nw, emacs -nw", ", code --wait, code --wait"})
  void visualGoesBeforeEditor(String editor, String visual, String expected) {
    Map<String, String> environment = new HashMap<>();
    environment.put("EDITOR", editor);
    environment.put("VISUAL", visual);
    assertEquals(expected, Editor.chosen(environment::get).command());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sh -c 'echo "new text" > "$1"' x     | 0   | new text
          sed -i 's/old/two words/'            | 0   | two words
          WORD=new sh -c 'echo $WORD > "$1"' x | 0   | new
          exit 3 #                             | 3   | old
          false                                | 1   | old
          /no/such/editor 2>/dev/null          | 127 | old
          exec sh -c 'kill -TERM $$' x         | 143 | old
          """)
  void aCommandLineOfTheShellIsRun(String command, int status, String text) throws Exception {
    assertEquals(status, new Editor(command).edit(file, ProcessBuilder.Redirect.INHERIT));
    assertEquals(text + "\n", Files.readString(file));
  }

  @Test
  void itReadsWhatItIsGiven() throws Exception {
    Path keys = Files.writeString(folder.resolve("keys"), "typed\n");
    assertEquals(0, new Editor("tee").edit(file, ProcessBuilder.Redirect.from(keys.toFile())));
    assertEquals("typed\n", Files.readString(file));
  }

  @Test
  void anInterruptFromTheKeyboardIsTheEditorsAlone() throws Exception {
    String command =
        "sh -c 'kill -INT " + ProcessHandle.current().pid() + "; sleep 0.5; echo new > \"$1\"' x";
    assertEquals(0, new Editor(command).edit(file, ProcessBuilder.Redirect.INHERIT));
    assertEquals("new\n", Files.readString(file));
  }

  @Test
  void anInterruptIsNotIgnoredInTheEditor() throws Exception {
    String shell = String.join(" ", ChildProcesses.listening(List.of("sh")));
    Editor editor = new Editor(shell + " -c 'kill -INT $$; echo new > \"$1\"' x");
    assertEquals(130, editor.edit(file, ProcessBuilder.Redirect.INHERIT));
  }
}
