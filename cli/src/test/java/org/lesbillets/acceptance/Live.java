package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The live view of one agent in a terminal of its own, started by a shell that notes the terminal's
 * modes before and after, and how it ended. For one thread.
 */
record Live(Path folder, TmuxServer terminal) implements AutoCloseable {

  static Live open(Path folder, Billets agent, int[] size) {
    String line =
        "stty -g >before; " + script(folder) + "; code=$?; stty -g >after; echo $code >code; cat";
    return new Live(folder, TmuxServer.run(folder, environment(agent), line, size));
  }

  /** Writes what starts the live view, and notes its process; gives what to type for it. */
  static String script(Path folder) {
    String start = String.join(" ", Distribution.billetsFromClasses("tui"));
    Path script = folder.resolve("live");
    try {
      Files.createDirectories(folder);
      Files.writeString(script, "#!/bin/sh\necho $$ >pid\nexec " + start + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!script.toFile().setExecutable(true)) {
      throw new AssertionError(script + " cannot be made executable");
    }
    return "./live";
  }

  /** What a terminal needs to know. */
  static Map<String, String> environment(Billets agent) {
    Map<String, String> all = new TreeMap<>();
    all.put("LC_ALL", "C.UTF-8");
    all.putAll(agent.environment());
    return all;
  }

  private String file(String name) {
    try {
      Path path = folder.resolve(name);
      return Files.exists(path) ? Files.readString(path).strip() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return Long.parseLong(file("pid"));
  }

  void signal(String name) {
    List<String> command = List.of("kill", "-" + name, Long.toString(pid()));
    Running.run(folder, Map.of(), command).succeeds();
  }

  /** Waits for its end: with this code, and the terminal as it was. */
  void endsWith(int code) {
    Patience.until("the end of the live view", () -> !file("code").isEmpty());
    assertEquals(Integer.toString(code), file("code"), () -> terminal.screen());
    assertEquals(file("before"), file("after"), "the modes of the terminal");
  }

  @Override
  public void close() {
    terminal.close();
  }
}
