package org.lesbillets.cli.startup.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.process.ChildProcesses;

/** The rehearsal plays every verb to a good end, and stops by itself. */
class RehearsalTest {
  private static final String LOADED = "[class,load] ";

  @TempDir Path home;

  @Test
  void playsVerbsOfOneAnswerAndNoMore() throws Exception {
    Process process =
        ChildProcesses.start(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load:stdout:tags",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Rehearsal.class.getName(),
                    home.toString())
                .redirectErrorStream(true));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertEquals(0, process.exitValue(), said);
    List<String> printed = said.lines().filter(line -> !line.startsWith(LOADED)).toList();
    assertTrue(
        printed.contains(
            "17\tlocked\trehearsal\turgent\trehearsal\t"
                + "1970-01-01T00:00:00.000Z\tPrinter on fire"),
        said);
    assertEquals(0, loaded(said, "java\\.sql\\.|sun\\.reflect\\.annotation\\.AnnotationType "));
  }

  private static long loaded(String said, String regex) {
    Pattern pattern = Pattern.compile(Pattern.quote(LOADED) + "(" + regex + ").*");
    return said.lines().filter(line -> pattern.matcher(line).lookingAt()).count();
  }
}
