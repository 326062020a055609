package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo, in a copy of the project that has been built: it asks nothing and leaves nothing. */
@Tag("distribution")
@Timeout(Patience.SECONDS)
class DemoTest {
  private static final List<String> PARTS =
      List.of("scripts", "cli/target/billets", "server/target/billets-server");

  @TempDir Path folder;

  @Test
  void tellsItsStory() throws IOException {
    Path project = folder.resolve("a clone");
    for (String part : PARTS) {
      copy(Distribution.root().resolve(part), project.resolve(part));
    }
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    ProcessOutcome demo =
        Running.run(
            elsewhere,
            Map.of("TMPDIR", temporary.toString()),
            List.of(project.resolve("scripts/demo").toString()));
    demo.succeeds()
        .shows("alice $ billets lock 1")
        .shows("is locked by alice")
        .shows("(exit code 5)")
        .shows("carol sees | ")
        .shows("sees | #6: the bank does not answer, it goes back to the queue")
        .shows("sees | #6: paid back")
        .shows("closed #6")
        .shows("bob closed #1");
    assertLeftNothing(temporary);
  }

  /** As when the window that it runs in is closed. */
  @Test
  void leavesNothingWhenItsTerminalCloses() throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP"));
    command.add(Distribution.root().resolve("scripts/demo").toString());
    try (Running demo = Running.start(folder, Map.of("TMPDIR", temporary.toString()), command)) {
      Patience.until("the server is there", () -> demo.printed() > 0);
      List<ProcessHandle> started =
          ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
      Running.run(folder, Map.of(), List.of("sh", "-c", "kill -HUP " + demo.pid())).exits(0);
      assertEquals(129, demo.end(60));
      Patience.until("its end", () -> started.stream().noneMatch(ProcessHandle::isAlive));
    }
    assertLeftNothing(temporary);
  }

  private static void assertLeftNothing(Path temporary) throws IOException {
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.filter(path -> !isJavas(path)).toList(), "left behind");
    }
  }

  /** The virtual machine leaves such folders, wherever programs run. */
  private static boolean isJavas(Path path) {
    return path.getFileName().toString().startsWith("hsperfdata_");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      paths.forEach(path -> copyOne(path, to.resolve(from.relativize(path))));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
