package org.lesbillets.cli.output.console;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lesbillets.cli.process.CallerEnvironment;

/**
 * Detects which of the standard streams are terminals. The JDK knows only whether all of them are
 * together, so /proc is read where there is one, and {@code test -t} run elsewhere. Stateless.
 */
final class SystemTerminal {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final long PATIENCE_MILLIS = 500;

  private SystemTerminal() {}

  static Terminal look(Map<String, String> environment) {
    return new Terminal(
        isTerminal(0),
        isTerminal(1),
        isTerminal(2),
        SystemTerminal::isControlled,
        () -> width(environment.get("COLUMNS")));
  }

  /** Whether there is a controlling terminal. */
  private static boolean isControlled() {
    try (FileInputStream terminal = new FileInputStream(Terminal.CONTROLLING)) {
      return terminal.getFD().valid();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isTerminal(int descriptor) {
    String target = target(descriptor);
    if (!target.isEmpty()) {
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    }
    return saysTest(descriptor);
  }

  /** Whether standard output is a pipe or a socket; false too where that cannot be known. */
  static boolean isPipe(int descriptor) {
    String target = target(descriptor);
    return target.startsWith("pipe:") || target.startsWith("socket:");
  }

  /** Whether a descriptor is a regular file; false too where that cannot be known. */
  static boolean isFile(int descriptor) {
    return Files.isRegularFile(DESCRIPTORS.resolve(Integer.toString(descriptor)));
  }

  private static String target(int descriptor) {
    try {
      return Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor))).toString();
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return "";
    }
  }

  private static boolean saysTest(int descriptor) {
    try {
      Process test =
          CallerEnvironment.program("test", "-t", Integer.toString(descriptor)).inheritIO().start();
      return test.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && test.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int width(String columns) {
    if (columns != null && columns.matches("[1-9][0-9]{0,4}")) {
      return Integer.parseInt(columns);
    }
    return isTerminal(1) ? widthOfScreen() : Terminal.USUAL_WIDTH;
  }

  private static int widthOfScreen() {
    try {
      Process stty =
          CallerEnvironment.program("stty", "size")
              .redirectInput(Terminal.CONTROLLING)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher size = Pattern.compile("\\d+ (\\d+)\\s*").matcher(said);
      int width = size.matches() ? Integer.parseInt(size.group(1)) : 0;
      return width > 0 ? width : Terminal.USUAL_WIDTH;
    } catch (IOException e) {
      return Terminal.USUAL_WIDTH;
    }
  }
}
