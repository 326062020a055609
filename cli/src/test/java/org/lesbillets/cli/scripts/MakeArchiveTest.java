package org.lesbillets.cli.scripts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.scripts.Scripts.Ran;
import org.lesbillets.process.ChildProcesses;

/** How an archive comes to be, with a Java that writes what it is told to write. */
class MakeArchiveTest {
  @TempDir Path folder;
  private Path cache;
  private Path calls;
  private String owner = "own";

  @BeforeEach
  void java() {
    cache = folder.resolve("user/.cache/billets");
    calls = folder.resolve("calls");
    java("");
  }

  /** A Java that writes a list of classes, then an archive, and fails where it is told to. */
  private void java(String failingAt) {
    Scripts.program(
        folder.resolve("java"),
        "echo \"$@\" >>'" + calls + "'",
        failingAt.isEmpty() ? "" : "case \"$*\" in *" + failingAt + "*) exit 1 ;; esac",
        "for word; do",
        "  case $word in",
        "    -XX:DumpLoadedClassList=*) echo java/lang/Object >\"${word#*=}\" ;;",
        "    -XX:SharedArchiveFile=*) written=${word#*=} ;;",
        "  esac",
        "done",
        "case \"$*\" in *-Xshare:dump*) echo archive >\"$written\" ;; esac");
  }

  private List<String> command(String name) {
    Path script = Scripts.root().resolve("cli/src/main/dist/libexec/make-archive");
    return List.of(
        script.toString(),
        owner,
        cache.toString(),
        name,
        folder.resolve("java").toString(),
        "a.jar");
  }

  private Ran make(String name) throws Exception {
    return Scripts.run(Map.of("PATH", "/usr/bin:/bin"), folder, command(name));
  }

  private List<String> files() throws Exception {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void shell(String script) throws Exception {
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
    assertEquals(0, Scripts.run(environment, folder, List.of("sh", "-c", script)).code());
  }

  private String mode(Path path) throws Exception {
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
    Ran ran = Scripts.run(environment, folder, List.of("ls", "-ld", path.toString()));
    return ran.out().substring(0, 10);
  }

  @Test
  void leavesAnArchiveInAFolderOfOnesOwn() throws Exception {
    assertEquals(new Ran(0, "", ""), make("a"));
    assertEquals(List.of("a.jsa"), files());
    assertEquals("archive\n", Files.readString(cache.resolve("a.jsa")));
    assertEquals("drwx-----T", mode(cache));
    assertEquals("-r--------", mode(cache.resolve("a.jsa")));
    List<String> called = Files.readAllLines(calls);
    assertEquals(3, called.size());
    assertTrue(called.get(0).contains("-cp a.jar org.lesbillets.cli.startup.rehearsal.Rehearsal"));
    assertTrue(called.get(1).contains("-Xshare:dump"), called.get(1));
    assertTrue(called.get(2).contains("-Xshare:on"), called.get(2));
  }

  @Test
  void leavesOneForAllWhereTheInstallationIs() throws Exception {
    owner = "shared";
    cache = folder.resolve("installed/archive");
    assertEquals(new Ran(0, "", ""), make("a"));
    assertEquals("drwxr-xr-x", mode(cache));
    assertEquals("-r--r--r--", mode(cache.resolve("a.jsa")));
    for (String mode : List.of("775", "757", "777")) {
      shell("chmod " + mode + " '" + cache + "'");
      assertTrue(make("b").err().contains("others may use " + cache), mode);
    }
    shell("chmod 750 '" + cache + "'");
    assertEquals(0, make("b").code());
    assertEquals(List.of("a.jsa", "b.jsa"), files());
  }

  @Test
  void takesThePlaceOfAnOlderOne() throws Exception {
    make("a");
    shell("chmod 600 '" + cache + "/a.jsa'; echo old >'" + cache + "/a.jsa'");
    assertEquals(0, make("a").code());
    assertEquals("archive\n", Files.readString(cache.resolve("a.jsa")));
  }

  @ParameterizedTest
  @CsvSource({
    "Rehearsal, the rehearsal failed",
    "-Xshare:dump, this Java cannot write one",
    "-Xshare:on, this Java does not take it"
  })
  void whatFailsLeavesNoArchiveButASign(String at, String why) throws Exception {
    java(at);
    assertEquals(new Ran(1, "", "billets: no archive was made: " + why), make("a"));
    assertEquals(List.of("a.failed"), files());
    java("");
    assertEquals(0, make("a").code());
    assertEquals(List.of("a.jsa"), files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"777", "1777", "720", "1702", "755", "1750"})
  void aFolderThatOthersMayUseIsLeftAlone(String mode) throws Exception {
    Files.createDirectories(cache);
    shell("chmod " + mode + " '" + cache + "'");
    Ran ran = make("a");
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains("others may use " + cache + ": remove it"), ran::toString);
    assertEquals(List.of(), files());
    shell("[ ! -k '" + cache + "' ]");
  }

  @Test
  void aFolderThatIsALinkIsLeftAlone() throws Exception {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.createDirectories(cache.getParent());
    Files.createSymbolicLink(cache, real);
    assertTrue(make("a").err().contains("is not your own"));
    try (Stream<Path> files = Files.list(real)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void whereNoFolderCanBeThereIsNone() throws Exception {
    Files.createDirectories(folder.resolve("user"));
    Files.writeString(folder.resolve("user/.cache"), "a file");
    Ran ran = make("a");
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains(cache + " cannot be made"), ran::toString);
  }

  @Test
  void oneIsMadeAtATime() throws Exception {
    Path over = folder.resolve("over");
    Scripts.program(
        folder.resolve("java"),
        "echo call >>'" + calls + "'",
        "until [ -e '" + over + "' ]; do sleep 0.02; done",
        "exit 1");
    CompletableFuture<Ran> first = CompletableFuture.supplyAsync(() -> unchecked("a"));
    await().until(() -> Files.exists(calls));
    assertEquals(new Ran(0, "", ""), make("a"));
    assertEquals(1, Files.readAllLines(calls).size());
    Files.writeString(over, "");
    assertEquals(1, first.get().code());
  }

  private Ran unchecked(String name) {
    try {
      return make(name);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void goesOnWhereAMakerWasKilled() throws Exception {
    Process gone = ChildProcesses.start(new ProcessBuilder("true"));
    gone.waitFor();
    make("b");
    Files.writeString(cache.resolve("a.maker"), gone.pid() + "\n");
    assertEquals(0, make("a").code());
    assertEquals(List.of("a.jsa", "b.jsa"), files());
  }

  @Test
  void whoIsToldToEndLeavesNothing() throws Exception {
    Scripts.program(folder.resolve("java"), "echo call >>'" + calls + "'", "exec sleep 2");
    Process maker =
        ChildProcesses.start(new ProcessBuilder(command("a")).directory(folder.toFile()));
    await().until(() -> Files.exists(calls));
    maker.destroy();
    assertEquals(1, maker.waitFor());
    assertEquals(List.of(), files());
  }

  @Test
  void theNewestFiveStay() throws Exception {
    for (int i = 1; i <= 7; i++) {
      assertEquals(0, make("n" + i).code());
      Path made = cache.resolve("n" + i + ".jsa");
      assertTrue(made.toFile().setWritable(true));
      Files.setLastModifiedTime(made, FileTime.fromMillis(1_000_000L * i));
    }
    Files.writeString(cache.resolve("n3.failed"), "");
    Path left = Files.createDirectories(cache.resolve("work.left"));
    Files.setLastModifiedTime(left, FileTime.fromMillis(0));
    assertEquals(0, make("new").code());
    assertEquals(List.of("n4.jsa", "n5.jsa", "n6.jsa", "n7.jsa", "new.jsa"), files());
    assertFalse(Files.exists(left));
  }
}
