package org.lesbillets.tidy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * Finds the programs that some tests drive. Where one is missing the test is skipped with the
 * sentence that tells how to install it; with {@code BILLETS_REQUIRE_TOOLS=1} it fails instead.
 * Stateless; any thread.
 */
public final class RequiredTools {
  private RequiredTools() {}

  /**
   * The program to start: the one named in {@code BILLETS_NAME} (as {@code BILLETS_ETCD} for etcd),
   * else the first on PATH.
   *
   * @param debianPackage what brings it, for the sentence
   * @throws TestAbortedException if it is missing, which skips the test
   * @throws AssertionError if it is missing where tools are required
   */
  public static Path find(String program, String debianPackage) {
    return find(program, debianPackage, System.getenv());
  }

  static Path find(String program, String debianPackage, Map<String, String> environment) {
    String variable = "BILLETS_" + program.toUpperCase(Locale.ROOT).replace('-', '_');
    String named = environment.get(variable);
    Path found = named == null ? onPath(program, environment) : Path.of(named);
    if (found != null && isProgram(found)) {
      return found;
    }
    String sentence =
        named == null
            ? program
                + " is not on PATH: install it (apt-get install "
                + debianPackage
                + "), or name it in "
                + variable
            : variable + " names " + named + ", which is no program that can be run";
    if ("1".equals(environment.get("BILLETS_REQUIRE_TOOLS"))) {
      throw new AssertionError(sentence);
    }
    throw new TestAbortedException(sentence);
  }

  private static Path onPath(String program, Map<String, String> environment) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path candidate = Path.of(folder, program);
      if (!folder.isEmpty() && isProgram(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
