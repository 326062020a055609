package org.lesbillets.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A command that is timed from its start to its end.
 *
 * @param environment all of its variables: what this process has inherited may slow one program and
 *     not another, as NODE_EXTRA_CA_CERTS does Node.js
 */
record Program(List<String> command, Map<String, String> environment, PerRound timings) {
  Program(List<String> command, Map<String, String> environment) {
    this(command, environment, new PerRound());
  }

  /** The script that lists tickets with Node.js. */
  static Program node(Scratch scratch, Map<String, String> environment) throws IOException {
    Path script = scratch.folder().resolve("list.js");
    try (InputStream source = Program.class.getResourceAsStream("list.js")) {
      Files.copy(source, script);
    }
    Map<String, String> here = new TreeMap<>(environment);
    here.put("NODE_PATH", Peers.nodePath());
    return new Program(List.of("node", script.toString()), here);
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
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.redirectError(errors).start().waitFor();
  }
}
