package org.lesbillets.cli.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.lesbillets.process.ChildProcesses;

/** The project's scripts, and a way to run one with nothing of this machine's environment. */
final class Scripts {
  private static final int PATIENCE_SECONDS = 120;

  /** How a script ended, and what it said, stripped. */
  record Ran(int code, String out, String err) {}

  private Scripts() {}

  static Path root() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
  }

  static List<Path> all() throws IOException {
    Stream<Path> found = Stream.of(root().resolve("mvnw"), root().resolve(".ci/run"));
    List<String> folders =
        List.of(
            "scripts",
            "cli/src/main/deb",
            "cli/src/main/dist/bin",
            "cli/src/main/dist/libexec",
            "server/src/main/deb",
            "server/src/main/dist/bin");
    for (String folder : folders) {
      try (Stream<Path> files = Files.list(root().resolve(folder))) {
        found = Stream.concat(found, files.filter(Scripts::isScript).sorted().toList().stream());
      }
    }
    return found.toList();
  }

  /** What a script reads may lie beside it. */
  private static boolean isScript(Path path) {
    try {
      return Files.isRegularFile(path)
          && new String(Files.readAllBytes(path), StandardCharsets.UTF_8).startsWith("#!");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Ran run(Map<String, String> environment, Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", null);
    Path err = Files.createTempFile("err", null);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process =
        ChildProcesses.start(builder.redirectOutput(out.toFile()).redirectError(err.toFile()));
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + command);
    }
    return new Ran(process.exitValue(), taken(out), taken(err));
  }

  private static String taken(Path file) throws IOException {
    String text = Files.readString(file).strip();
    Files.delete(file);
    return text;
  }

  /** Writes a program for a script to find. */
  static Path program(Path path, String... lines) {
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    path.toFile().setExecutable(true);
    return path;
  }
}
