package org.lesbillets.cli.output.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this process is in the foreground of a terminal, where Ctrl-C reaches its children
 * directly. Stateless.
 */
public final class Foreground {
  private static final Path STAT = Path.of("/proc/self/stat");

  /**
   * The fields behind the name in parentheses: state, parent, group, session, terminal, its group.
   */
  private static final int GROUP = 2;

  private static final int GROUP_OF_TERMINAL = 5;

  private Foreground() {}

  /**
   * @param otherwise what to answer where it cannot be known
   */
  public static boolean isHere(boolean otherwise) {
    try {
      return isForeground(Files.readString(STAT, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return otherwise;
    }
  }

  /**
   * @param stat as in /proc/PID/stat
   */
  static boolean isForeground(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return fields[GROUP].equals(fields[GROUP_OF_TERMINAL]);
  }
}
