package org.lesbillets.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class RequiredToolsTest {
  @TempDir Path empty;
  @TempDir Path full;
  private Path tool;

  @BeforeEach
  void install() throws IOException {
    tool = Files.createFile(full.resolve("some-tool"));
    tool.toFile().setExecutable(true);
  }

  private static Path find(Map<String, String> environment) {
    return RequiredTools.find("some-tool", "some-package", environment);
  }

  @Test
  void findsWhatIsOnPath() {
    String path = File.pathSeparator + empty + File.pathSeparator + full;
    assertEquals(tool, find(Map.of("PATH", path)));
  }

  @Test
  void prefersWhatIsNamed() throws IOException {
    Path other = Files.copy(tool, empty.resolve("other"));
    other.toFile().setExecutable(true);
    assertEquals(
        other, find(Map.of("PATH", full.toString(), "BILLETS_SOME_TOOL", other.toString())));
  }

  @Test
  void skipsWithTheSentenceThatTellsHowToInstallIt() {
    TestAbortedException e =
        assertThrows(TestAbortedException.class, () -> find(Map.of("PATH", empty.toString())));
    assertEquals(
        "some-tool is not on PATH: install it (apt-get install some-package),"
            + " or name it in BILLETS_SOME_TOOL",
        e.getMessage());
    assertThrows(TestAbortedException.class, () -> find(Map.of()));
  }

  @Test
  void whatCannotBeRunIsNoProgram() {
    tool.toFile().setExecutable(false);
    assertThrows(TestAbortedException.class, () -> find(Map.of("PATH", full.toString())));
    assertThrows(
        TestAbortedException.class, () -> find(Map.of("BILLETS_SOME_TOOL", tool.toString())));
  }

  @Test
  void failsWhereToolsAreRequired() {
    assertThrows(
        AssertionError.class,
        () -> find(Map.of("PATH", empty.toString(), "BILLETS_REQUIRE_TOOLS", "1")));
  }
}
