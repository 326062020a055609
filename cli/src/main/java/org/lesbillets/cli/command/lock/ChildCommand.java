package org.lesbillets.cli.command.lock;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.process.CallerEnvironment;

/**
 * The command line of a child process, as typed behind {@code --}. Immutable.
 *
 * @param words the program and its arguments; none where they were forgotten
 */
public record ChildCommand(List<String> words) {
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  public ChildCommand {
    words = List.copyOf(words);
  }

  String program() {
    return words.get(0);
  }

  /**
   * Checks that there is such a program before a lock is waited for.
   *
   * @throws UsageException if there are no words
   * @throws ChildExitException with the code a shell would end with, if it cannot be run
   */
  public void find(CommandContext context) {
    if (words.isEmpty()) {
      throw new UsageException("there is no command behind --: write it there, as in -- make all");
    }
    ChildExitException missing = missing(context);
    if (missing != null) {
      throw missing;
    }
  }

  /**
   * Why the program cannot be run now: it is not in the PATH, or not executable, or a script whose
   * interpreter is not there.
   *
   * @return null if it can, as far as its file says
   */
  public ChildExitException missing(CommandContext context) {
    if (isSpoilt(program())) {
      // Only the launcher's shell has its bytes.
      return null;
    }
    String path = context.environment("PATH") == null ? USUAL_PATH : context.environment("PATH");
    List<Path> places = places(program(), path);
    Optional<Path> found = places.stream().filter(ChildCommand::isProgram).findFirst();
    if (found.isEmpty()) {
      return places.stream().anyMatch(Files::exists)
          ? failure(NOT_EXECUTABLE, "it is no program, or you may not execute it")
          : failure(NOT_FOUND, "there is no such program");
    }
    String interpreter =
        ScriptInterpreter.missing(
            found.get(), name -> places(name, path).stream().anyMatch(ChildCommand::isProgram));
    return interpreter == null
        ? null
        : failure(NOT_FOUND, "its first line names '" + interpreter + "', which cannot be run");
  }

  private static List<Path> places(String program, String path) {
    try {
      if (program.contains("/")) {
        return List.of(Path.of(program));
      }
      Stream<String> folders = Arrays.stream(path.split(File.pathSeparator));
      return program.isEmpty()
          ? List.of()
          : folders.map(folder -> Path.of(folder).resolve(program)).toList();
    } catch (InvalidPathException e) {
      return List.of();
    }
  }

  private static boolean isProgram(Path place) {
    return Files.isRegularFile(place) && Files.isExecutable(place);
  }

  /**
   * Starts the command, from the launcher's shell if there is one: then it inherits all that the
   * caller has. Without, it inherits the standard streams and the variables of this process.
   *
   * @param added to the environment of this process
   * @throws ChildExitException with the code a shell would end with, if it cannot be started
   */
  RunningCommand start(Map<String, String> added) {
    ShellSpawner spawner = ShellSpawner.ofLauncher();
    try {
      RunningCommand running = spawner == null ? null : spawner.start(words, added);
      return running == null ? startAlone(added) : running;
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      throw failure(why.contains("error=2,") ? NOT_FOUND : NOT_EXECUTABLE, why);
    }
  }

  /** Whether it was not UTF-8, so that Java could not decode it. */
  private static boolean isSpoilt(String word) {
    return word.indexOf('\uFFFD') >= 0;
  }

  private RunningCommand startAlone(Map<String, String> added) throws IOException {
    if (words.stream().anyMatch(ChildCommand::isSpoilt)) {
      throw new IOException("its words are no UTF-8 text");
    }
    ProcessBuilder builder = CallerEnvironment.program(words.toArray(String[]::new)).inheritIO();
    builder.environment().putAll(added);
    return RunningCommand.of(builder.start());
  }

  private ChildExitException failure(int code, String why) {
    return new ChildExitException(code, "'" + program() + "' cannot be run: " + why);
  }
}
