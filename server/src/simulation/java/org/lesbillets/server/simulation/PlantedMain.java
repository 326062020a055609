package org.lesbillets.server.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Puts each {@link PlantedBug} into a copy of its source, and runs seeds on that, in a process of
 * its own, until one finds it. Exit codes: 0 all are found, 1 one is not, 2 wrong usage.
 */
@Command(name = "simulate --planted", mixinStandardHelpOptions = true)
final class PlantedMain implements Runnable {
  @Option(names = "--seeds", defaultValue = "3000", description = "The most for each.")
  private long seeds;

  @Option(names = "--seconds", defaultValue = "10", description = "Virtual seconds with faults.")
  private int seconds;

  @Option(names = "--only", defaultValue = "", description = "A part of their names.")
  private String only;

  private final PrintStream out = System.out;
  private final Path root = Path.of(System.getProperty("simulate.root"));
  private final String classPath = System.getProperty("java.class.path");
  private int found;

  public static void main(String[] args) {
    PlantedMain main = new PlantedMain();
    int code = new CommandLine(main).execute(args);
    System.exit(code == 0 && main.found < main.bugs().size() ? 1 : code);
  }

  @Override
  public void run() {
    try {
      for (PlantedBug bug : bugs()) {
        String result = firstLine(bug);
        found += result.startsWith("seed ") ? 1 : 0;
        out.println(bug.name() + ": " + result);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    out.println(found + " of " + bugs().size() + " found");
  }

  private List<PlantedBug> bugs() {
    return PlantedBug.ALL.stream().filter(bug -> bug.name().contains(only)).toList();
  }

  private String firstLine(PlantedBug bug) throws IOException {
    Path work = Files.createTempDirectory("planted");
    try {
      Path source = work.resolve(Path.of(bug.source()).getFileName());
      Files.writeString(source, bug.planted(root));
      String[] options = {
        "-proc:none", "-nowarn", "-d", work.toString(), "-cp", classPath, source.toString()
      };
      int compiled = ToolProvider.getSystemJavaCompiler().run(null, out, out, options);
      return compiled == 0 ? simulated(work) : "does not compile";
    } finally {
      delete(work);
    }
  }

  private String simulated(Path patched) throws IOException {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-cp",
            patched + System.getProperty("path.separator") + classPath,
            SimulateMain.class.getName(),
            "--seeds",
            Long.toString(seeds),
            "--seconds",
            Integer.toString(seconds));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String all = new String(process.getInputStream().readAllBytes());
    return all.lines()
        .filter(line -> line.startsWith("seed "))
        .findFirst()
        .map(line -> line.length() > 150 ? line.substring(0, 150) : line)
        .orElse("not found: " + all.strip());
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
