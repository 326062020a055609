package org.lesbillets.cli.scripts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.scripts.Scripts.Ran;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.tidy.RequiredTools;

/** Which class-data archive the launcher names, and when it has one made. */
class LauncherArchiveTest {
  @TempDir Path folder;
  private Installed installed;

  @BeforeEach
  void install() throws Exception {
    installed = Installed.in(folder);
  }

  /** A maker that only says how it was called, in a file. */
  private Path maker() {
    Path calls = folder.resolve("calls");
    Scripts.program(
        installed.home().resolve("libexec/make-archive"), "echo \"$#\" \"$@\" >>'" + calls + "'");
    return calls;
  }

  private static long calls(Path file) throws Exception {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  @Test
  void takesTheOneOfThisJavaAndTheseJars() throws Exception {
    String called = installed.withArchive().called("list", "a b");
    assertTrue(called.contains("<-XX:SharedArchiveFile=" + installed.archive() + ">"), called);
    assertTrue(called.contains("<-Dbillets.archive=" + installed.archive() + ">"), called);
    assertTrue(called.endsWith("<org.lesbillets.cli.BilletsMain><list><a b>"), called);
    assertTrue(called.contains("<-cp><" + installed.home() + "/lib/a.jar>"), called);
  }

  @Test
  void takesTheInstallationsOwnFirst() throws Exception {
    Path own = installed.home().resolve("archive").resolve(installed.name() + ".jsa");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "");
    assertTrue(installed.withArchive().called().contains("<-XX:SharedArchiveFile=" + own + ">"));
  }

  @Test
  void findsItHoweverItIsCalled() throws Exception {
    installed.withArchive();
    Path link = Files.createSymbolicLink(folder.resolve("link"), installed.home());
    for (String call : List.of("installed/bin/billets", "./installed/bin/billets", "bin/billets")) {
      Path from = call.startsWith("bin") ? installed.home() : folder;
      Ran ran = Scripts.run(installed.environment(), from, List.of("./" + call));
      assertTrue(ran.out().contains("/installed/lib/a.jar>"), ran::toString);
    }
    Ran linked =
        Scripts.run(installed.environment(), folder, List.of(link.resolve("bin/billets") + ""));
    assertTrue(linked.out().contains("<-cp><" + link + "/lib/a.jar>"), linked::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"777", "770", "707", "700", "755"})
  void takesNothingFromAFolderWithoutTheSign(String mode) throws Exception {
    installed.withArchive().chmod(mode, installed.cache());
    assertFalse(installed.usesArchive());
  }

  @Test
  void takesNothingThroughLinks() throws Exception {
    installed.withArchive();
    Path real = Files.move(installed.archive(), folder.resolve("elsewhere.jsa"));
    Files.createSymbolicLink(installed.archive(), real);
    assertFalse(installed.usesArchive(), "a link to a file");
    Files.delete(installed.archive());
    Files.move(real, installed.archive());
    assertTrue(installed.usesArchive());
    Path moved = Files.move(installed.cache(), folder.resolve("elsewhere"));
    Files.createSymbolicLink(installed.cache(), moved);
    assertFalse(installed.usesArchive(), "a link to a folder");
  }

  @ParameterizedTest
  @CsvSource({
    "BILLETS_ARCHIVE, off",
    "BILLETS_JAVA_OPTS, -Xshare:off",
    "BILLETS_JAVA_OPTS, -XX:AOTCache=x",
    "BILLETS_JAVA_OPTS, -XX:ArchiveClassesAtExit=x",
    "JDK_JAVA_OPTIONS, -Xshare:off",
    "JAVA_TOOL_OPTIONS, -XX:SharedArchiveFile=x",
    "_JAVA_OPTIONS, -XX:AOTMode=off"
  })
  void leavesItToWhoeverHasAWishOfTheirOwn(String variable, String value) throws Exception {
    Path calls = maker();
    String called = installed.withArchive().with(variable, value).called();
    assertFalse(called.contains("SharedArchiveFile=" + folder), called);
    Files.delete(installed.archive());
    installed.called();
    assertEquals(0, calls(calls));
  }

  /** Else the archive would be removed when it is the options that it does not fit. */
  @Test
  void doesNotBlameItForOptionsThatWereAdded() throws Exception {
    String called = installed.withArchive().with("BILLETS_JAVA_OPTS", "-Xmx1g").called();
    assertTrue(called.contains("<-XX:SharedArchiveFile="), called);
    assertFalse(called.contains("-Dbillets.archive"), called);
  }

  @Test
  void hasOneMadeWhenThereIsNone() throws Exception {
    Path calls = maker();
    assertFalse(installed.called().contains("SharedArchiveFile"));
    await().until(() -> calls(calls) == 1);
    String expected =
        "6 own %s %s %s %s "
            .formatted(
                installed.cache(),
                installed.name(),
                folder.resolve("java/bin/java"),
                installed.home().resolve("lib/a.jar"));
    // The last is the process of the command that was called.
    String said = Files.readString(calls).strip();
    assertTrue(said.startsWith(expected), said);
    assertTrue(said.substring(expected.length()).matches("[0-9]+"), said);
  }

  @Test
  void makesOneAtOnceForWhoeverAsks() throws Exception {
    Path calls = maker();
    assertEquals("", installed.with("BILLETS_ARCHIVE", "make").called("list"));
    assertEquals("", installed.with("BILLETS_ARCHIVE", "install").called("list"));
    List<String> called = Files.readAllLines(calls);
    assertTrue(called.get(0).startsWith("5 own " + installed.cache() + " "), called.get(0));
    String all = "5 shared " + installed.home().resolve("archive") + " " + installed.name() + " ";
    assertTrue(called.get(1).startsWith(all), called.get(1));

    Files.delete(installed.home().resolve("lib/build-id"));
    Ran ran =
        Scripts.run(
            installed.environment(),
            folder,
            List.of(installed.home().resolve("bin/billets").toString()));
    assertEquals(1, ran.code());
    assertTrue(
        ran.err().startsWith("billets: no archive can be made for this Java"), ran::toString);
  }

  @Test
  void keepsItsCachesWhereXdgSays() throws Exception {
    Path calls = maker();
    installed.with("XDG_CACHE_HOME", folder.resolve("caches").toString()).called();
    await().until(() -> calls(calls) == 1);
    assertTrue(Files.readString(calls).startsWith("6 own " + folder.resolve("caches/billets ")));
    installed.with("XDG_CACHE_HOME", "relative").called();
    await().until(() -> calls(calls) == 2);
    assertTrue(Files.readString(calls).contains("\n6 own " + installed.cache() + " "));
  }

  @Test
  void hasNoneMadeWhereThatCannotBe() throws Exception {
    Path calls = maker();
    installed.withArchive();
    Files.delete(installed.archive());
    Path failed = installed.cache().resolve(installed.name() + ".failed");
    Files.writeString(failed, "");
    installed.called();
    Files.delete(failed);

    Path making = installed.cache().resolve(installed.name() + ".maker");
    Files.writeString(making, ProcessHandle.current().pid() + "\n");
    installed.called();
    Files.delete(making);

    installed.chmod("700", installed.cache());
    installed.called();
    installed.chmod("1700", installed.cache());

    String home = installed.environment().remove("HOME");
    installed.called();
    installed.with("HOME", folder.resolve("none").toString()).called();
    installed.with("HOME", folder.relativize(installed.user()).toString()).called();
    installed.with("HOME", home);
    Files.delete(installed.home().resolve("lib/build-id"));
    installed.called();
    Files.writeString(installed.home().resolve("lib/build-id"), "0123456789abcdef01\n");
    assertEquals(0, calls(calls));
    // The rest is as it was: without this all of the above would hold for another reason.
    installed.called();
    await().until(() -> calls(calls) == 1);
  }

  @Test
  void hasItMadeAgainWhenItsMakerIsGone() throws Exception {
    Path calls = maker();
    installed.withArchive();
    Files.delete(installed.archive());
    Process gone = ChildProcesses.start(new ProcessBuilder("true"));
    gone.waitFor();
    Path making = installed.cache().resolve(installed.name() + ".maker");
    Files.writeString(making, gone.pid() + "\n");
    installed.called();
    await().until(() -> calls(calls) == 1);
  }

  /** A script that waits for the end of what it reads from billets does not wait for the maker. */
  @Test
  void nobodyWaitsForTheMaker() throws Exception {
    Path over = folder.resolve("over");
    Path ended = folder.resolve("ended");
    Scripts.program(
        installed.home().resolve("libexec/make-archive"),
        "until [ -e '" + over + "' ]; do sleep 0.05; done; : >'" + ended + "'");
    String script = "x=$(" + installed.home() + "/bin/billets 3>&1); echo got";
    Ran ran = Scripts.run(installed.environment(), folder, List.of("sh", "-c", script));
    assertEquals(new Ran(0, "got", ""), ran);
    assertFalse(Files.exists(ended));
    Files.writeString(over, "");
    await().until(() -> Files.exists(ended));
  }

  @Test
  void startsNothingButJava() throws Exception {
    Path strace = RequiredTools.find("strace", "strace");
    installed.withArchive();
    Path trace = folder.resolve("trace");
    List<String> command =
        List.of(
            strace.toString(),
            "-f",
            "-e",
            "trace=process",
            "-o",
            trace.toString(),
            installed.home().resolve("bin/billets").toString(),
            "list");
    // What counts is the shell, so the Java is no shell script.
    Files.delete(folder.resolve("java/bin/java"));
    Files.copy(Path.of("/bin/true"), folder.resolve("java/bin/java"));
    assertEquals(0, Scripts.run(installed.environment(), folder, command).code());
    try (Stream<String> lines = Files.lines(trace)) {
      List<String> calls = lines.filter(line -> line.matches(".*(fork|clone|execve).*")).toList();
      assertEquals(2, calls.size(), calls::toString);
      assertTrue(calls.get(1).contains("execve(\"" + folder + "/java/bin/java\""), calls::toString);
    }
  }
}
