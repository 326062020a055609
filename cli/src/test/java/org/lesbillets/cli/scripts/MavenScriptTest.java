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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.scripts.Scripts.Ran;
import org.lesbillets.tidy.RequiredTools;

/** {@code mvnw} among false programs: nothing is fetched from anywhere. */
class MavenScriptTest {
  private static final String VERSION = "3.9.11";
  private static final String RIGHT_SHA512 =
      "bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516"
          + "b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978";

  @TempDir Path folder;
  private Path bin;
  private Path cache;

  @BeforeEach
  void installOrdinaryPrograms() throws IOException {
    bin = Files.createDirectories(folder.resolve("bin"));
    cache = folder.resolve("a cache");
    for (String program :
        List.of("cp", "dirname", "gzip", "mkdir", "mv", "rm", "sed", "sha512sum", "tar")) {
      Path real = RequiredTools.find(program, program);
      Scripts.program(bin.resolve(program), "exec " + real + " \"$@\"");
    }
  }

  private Ran mvnw(Path from, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Scripts.root().resolve("mvnw").toString()));
    command.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of("PATH", bin.toString(), "XDG_CACHE_HOME", cache.toString(), "ARCHIVES", "" + folder);
    return Scripts.run(environment, from, command);
  }

  private void maven(String version) {
    Scripts.program(
        bin.resolve("mvn"),
        "[ \"$1\" != --version ] || { printf '\\033[1mApache Maven %s (x)\\033[m\\n' '"
            + version
            + "'; exit; }",
        "printf 'found<%s>' \"$@\"");
  }

  /** A program that fetches what lies ready, and remembers what it was asked for. */
  private void fetcher(String name) {
    Scripts.program(
        bin.resolve(name),
        "for word in \"$@\"; do",
        "  case $word in",
        "    https://*) url=$word ;;",
        "    --output-document=*) to=${word#*=} ;;",
        "    */maven.tar.gz) to=$word ;;",
        "  esac",
        "done",
        "echo \"$url\" >>\"$ARCHIVES/asked\"",
        "cp \"$ARCHIVES/archive\" \"$to\"");
  }

  private void archive() throws Exception {
    Path program = folder.resolve("apache-maven-" + VERSION + "/bin/mvn");
    Scripts.program(program, "printf 'fetched<%s>' \"$@\"");
    List<String> tar =
        List.of("tar", "--create", "--gzip", "--file", "archive", "apache-maven-" + VERSION);
    assertEquals(0, Scripts.run(Map.of("PATH", bin.toString()), folder, tar).code());
  }

  private void trustTheArchive() throws IOException {
    Files.delete(bin.resolve("sha512sum"));
    Scripts.program(bin.resolve("sha512sum"), "echo " + RIGHT_SHA512 + " \" $1\"");
  }

  private List<Path> cached() throws IOException {
    Path ours = cache.resolve("les-billets");
    if (!Files.exists(ours)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(ours)) {
      return paths.map(Path::getFileName).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"3.8.0", "3.8.7", "3.10.1", "4.0.0", "4.0.0-rc-4"})
  void takesTheMavenOnPath(String version) throws Exception {
    maven(version);
    assertEquals(new Ran(0, "found<-B>found<a b>", ""), mvnw(Scripts.root(), "-B", "a b"));
    assertEquals(List.of(), cached());
  }

  @ParameterizedTest
  @CsvSource({"3.7.9", "3.6.3", "2.2.1", "gibberish"})
  void butNotAnOldOne(String version) throws Exception {
    maven(version);
    archive();
    fetcher("curl");
    trustTheArchive();
    assertEquals("fetched<verify>", mvnw(Scripts.root(), "verify").out());
  }

  @ParameterizedTest
  @CsvSource({"curl", "wget"})
  void fetchesMavenOnce(String fetcher) throws Exception {
    archive();
    fetcher(fetcher);
    trustTheArchive();
    Ran first = mvnw(Scripts.root(), "verify");
    assertEquals("fetched<verify>", first.out(), first.err());
    assertTrue(first.err().startsWith("mvnw: fetching Maven 3.9.11 from https://"), first.err());
    assertEquals(List.of(Path.of("apache-maven-" + VERSION)), cached());
    assertEquals(new Ran(0, "fetched<verify>", ""), mvnw(Scripts.root(), "verify"));
    assertEquals(1, Files.readAllLines(folder.resolve("asked")).size());
  }

  @Test
  void neverUnpacksWhatHasAnotherSum() throws Exception {
    archive();
    fetcher("curl");
    Ran ran = mvnw(Scripts.root(), "verify");
    assertEquals(1, ran.code());
    assertEquals("", ran.out());
    assertTrue(ran.err().endsWith("another SHA-512 than it must have: it was not unpacked"));
    assertEquals(List.of(), cached());
  }

  @Test
  void saysThatNothingCouldBeFetched() throws Exception {
    fetcher("curl");
    Ran ran = mvnw(Scripts.root(), "verify");
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains("could not be fetched: look at the network"), ran.err());
    assertEquals(List.of(), cached());
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Ran ran = mvnw(Scripts.root(), "verify");
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains("nor curl or wget to fetch one"), ran.err());
    assertEquals(List.of(), cached());
  }

  @Test
  void fromElsewhereItNamesTheProject() throws Exception {
    maven("3.9.0");
    String named = "found<--file>found<" + Scripts.root() + "/pom.xml>found<verify>";
    assertEquals(named, mvnw(folder, "verify").out());
    assertEquals("found<-f>found<x>", mvnw(folder, "-f", "x").out());
    assertFalse(mvnw(Scripts.root().resolve("model"), "verify").out().contains("--file"));
  }
}
