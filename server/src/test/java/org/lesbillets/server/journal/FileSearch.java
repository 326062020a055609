package org.lesbillets.server.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lesbillets.process.ChildProcesses;

/**
 * The texts in the files of a directory, whatever their form. A process of its own reads them: one
 * that closed a file of SQLite's would end the locks that it has there.
 */
public final class FileSearch {
  private FileSearch() {}

  /**
   * What matches in any file below a directory, each once.
   *
   * @param pattern an extended regular expression of grep
   */
  public static Set<String> found(Path directory, String pattern) throws IOException {
    List<String> command =
        List.of("grep", "-r", "-h", "-a", "-o", "-E", "-e", pattern, directory.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    Process grep = ChildProcesses.start(builder.redirectErrorStream(true));
    try (BufferedReader out = grep.inputReader(StandardCharsets.ISO_8859_1)) {
      Set<String> found = out.lines().collect(Collectors.toCollection(TreeSet::new));
      if (grep.waitFor() > 1) {
        throw new IOException("grep failed: " + found);
      }
      return found;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
