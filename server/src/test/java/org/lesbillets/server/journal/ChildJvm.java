package org.lesbillets.server.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.process.ChildProcesses;

/** Starts a main class of the tests in a process of its own. */
public final class ChildJvm {
  private ChildJvm() {}

  /** The process; its errors are shown among ours, its output is to be read. */
  public static Process start(Class<?> main, String... args) throws IOException {
    return start(List.of(), main, args);
  }

  /**
   * @param before a program and its arguments that run it
   */
  public static Process start(List<String> before, Class<?> main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(args));
    return ChildProcesses.start(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
  }
}
