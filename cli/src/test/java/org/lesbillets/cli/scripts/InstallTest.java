package org.lesbillets.cli.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.scripts.Scripts.Ran;

/** {@code scripts/install} in a project whose programs are built, and do nothing. */
class InstallTest {
  @TempDir Path folder;

  private Path prefix;

  @BeforeEach
  void build() throws IOException {
    prefix = folder.resolve("a prefix");
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve("install");
    Files.copy(Scripts.root().resolve("scripts/install"), script);
    assertTrue(script.toFile().setExecutable(true));
    String archive = "[ \"${BILLETS_ARCHIVE:-}\" != install ] || echo made >\"$0.archive\"";
    for (String program : List.of("billets", "billets-server")) {
      Path home = home(program);
      Scripts.program(home.resolve("bin").resolve(program), archive, "echo " + program);
      write(home.resolve("share/man/man1/" + program + ".1"));
      write(home.resolve("share/zsh/site-functions/_" + program));
    }
    Scripts.program(home("billets").resolve("bin/billets-as"), "echo billets-as");
    // Bound to its place.
    write(home("billets").resolve("archive/some.jsa"));
  }

  private Path home(String program) {
    String module = program.equals("billets") ? "cli" : "server";
    return folder.resolve(module).resolve("target").resolve(program);
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "text\n");
  }

  private Ran install(String path, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("scripts/install", "--prefix=" + prefix));
    command.addAll(List.of(words));
    Map<String, String> environment = Map.of("PATH", path, "HOME", folder.toString());
    return Scripts.run(environment, folder, command);
  }

  private TreeSet<String> installed() throws IOException {
    try (Stream<Path> files = Files.walk(prefix)) {
      TreeSet<String> names = new TreeSet<>();
      files
          .filter(file -> !Files.isDirectory(file))
          .forEach(file -> names.add(prefix.relativize(file).toString()));
      return names;
    }
  }

  @Test
  void putsProgramsPagesAndCompletionsInTheirPlacesAndTakesThemAway() throws Exception {
    write(prefix.resolve("share/man/man1/other.1"));
    Ran ran = install("/usr/bin:/bin");
    assertEquals("", ran.err());
    assertEquals(0, ran.code());
    assertTrue(ran.out().contains("export PATH=\"" + prefix + "/bin:$PATH\""), ran.out());
    TreeSet<String> once = installed();
    for (String file :
        List.of(
            "bin/billets",
            "bin/billets-server",
            "bin/billets.archive",
            "share/man/man1/billets.1",
            "share/zsh/site-functions/_billets-server")) {
      assertTrue(once.contains(file), once::toString);
    }
    assertFalse(once.contains("lib/billets/archive/some.jsa"), once::toString);
    String program = prefix.resolve("bin/billets-server").toString();
    Map<String, String> plain = Map.of("PATH", "/usr/bin:/bin");
    assertEquals(new Ran(0, "billets-server", ""), Scripts.run(plain, folder, List.of(program)));

    Files.delete(home("billets").resolve("share/zsh/site-functions/_billets"));
    ran = install(prefix + "/bin:/usr/bin:/bin");
    assertFalse(ran.out().contains("export PATH"), ran.out());
    once.removeIf(name -> name.endsWith("/_billets"));
    assertEquals(once, installed(), "what the new one does not have is gone");

    Files.delete(prefix.resolve("bin/billets.archive"));
    assertEquals(0, install("/usr/bin:/bin", "--uninstall").code());
    assertEquals(new TreeSet<>(List.of("share/man/man1/other.1")), installed());
    assertEquals(0, install("/usr/bin:/bin", "--uninstall").code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/billets", "bin/billets-as", "bin/billets-server"})
  void leavesWhatIsNotItsOwn(String foreign) throws Exception {
    write(prefix.resolve(foreign));
    Ran ran = install("/usr/bin:/bin");
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains(foreign + " is there, and not from here: remove it"), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
    assertEquals(new TreeSet<>(List.of(foreign)), installed());
  }

  @Test
  void saysWhatItDoesNotUnderstand() throws Exception {
    Ran ran = install("/usr/bin:/bin", "--frobnicate");
    assertEquals(new Ran(2, "", "install: unknown word --frobnicate: see --help"), ran);
  }
}
