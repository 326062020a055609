package org.lesbillets.cli.command.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jline.utils.Signals;
import org.lesbillets.cli.process.CallerEnvironment;

/**
 * The user's text editor, run as a child process.
 *
 * @param command a command line of the shell, to which the file's name is added
 */
public record Editor(String command) {
  private static final String INTERRUPT = "INT";

  /** The default. */
  public static final Editor USUAL = new Editor("vi");

  /**
   * What VISUAL says, else EDITOR, else vi.
   *
   * @param environment the value of a variable; null when it is unset or empty
   */
  public static Editor chosen(UnaryOperator<String> environment) {
    String visual = environment.apply("VISUAL");
    String editor = visual == null ? environment.apply("EDITOR") : visual;
    return editor == null ? USUAL : new Editor(editor);
  }

  /**
   * Runs it on a file, with the standard streams of this process, and waits for its end. A signal
   * that ends this process ends the editor too; an interrupt from the keyboard is the editor's
   * alone.
   *
   * @param input its standard input, where it is not that of this process
   * @return its exit status
   */
  public int edit(Path file, ProcessBuilder.Redirect input) {
    ProcessBuilder builder =
        CallerEnvironment.program("sh", "-c", command + " \"$@\"", "sh", file.toString())
            .inheritIO()
            .redirectInput(input);
    // Ctrl-C reaches both. Doing nothing is not ignoring: what is ignored here would be there too.
    Object before = Signals.register(INTERRUPT, () -> {});
    try {
      return waitFor(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("the shell to start the editor with cannot be run", e);
    } finally {
      Signals.unregister(INTERRUPT, before);
    }
  }

  private static int waitFor(Process editor) {
    Thread end = new Thread(() -> end(editor), "end of the editor");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      return editor.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts the one who edits", e);
    } finally {
      forget(end);
    }
  }

  private static void end(Process editor) {
    editor.descendants().forEach(ProcessHandle::destroy);
    editor.destroy();
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook at work.
    }
  }
}
