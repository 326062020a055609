package org.lesbillets.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command that is timed from its start to its end.
 *
 * @param environment added to this process's
 */
record Program(List<String> command, Map<String, String> environment, Timings timings) {
  Program(List<String> command, Map<String, String> environment) {
    this(command, environment, new Timings());
  }

  /** The script that lists tickets with Node.js. */
  static Program node(Scratch scratch, Map<String, String> environment) throws IOException {
    Path script = scratch.folder().resolve("list.js");
    try (InputStream source = Program.class.getResourceAsStream("list.js")) {
      Files.copy(source, script);
    }
    return new Program(List.of("node", script.toString()), environment);
  }

  /** Whether it can be run here; says nothing if not. */
  boolean runs() throws InterruptedException {
    try {
      return run(ProcessBuilder.Redirect.DISCARD) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  void takeTurn(boolean counts) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int code = run(ProcessBuilder.Redirect.INHERIT);
    double millis = (System.nanoTime() - begin) / 1e6;
    if (code != 0) {
      throw new IOException(command + " ended with " + code);
    }
    if (counts) {
      timings.add(millis);
    }
  }

  private int run(ProcessBuilder.Redirect errors) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.redirectError(errors).start().waitFor();
  }
}
