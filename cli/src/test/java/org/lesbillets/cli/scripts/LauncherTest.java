package org.lesbillets.cli.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.scripts.Scripts.Ran;

/** The launchers of both distributions, with a Java that only says how it was called. */
class LauncherTest {
  private static final String SAYS_HOW = "printf '<%s>' \"$@\"";

  /** The variables in which a caller says what Java is to do. */
  private static final List<String> WISHES =
      List.of("BILLETS_SERVER_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  @TempDir Path folder;

  private enum Launcher {
    CLI(
        "cli/src/main/dist/bin/billets",
        "org.lesbillets.cli.BilletsMain",
        "BILLETS_JAVA_OPTS",
        "<-Dbillets.caller.MALLOC_ARENA_MAX=><-Dbillets.caller._JAVA_SR_SIGNUM=>"
            + "<-XX:+IgnoreUnrecognizedVMOptions><-XX:+UseSerialGC><-XX:TieredStopAtLevel=1>"
            + "<-XX:CompressedClassSpaceSize=64m><-XX:-UsePerfData>"
            + "<-Xshare:auto><-Xlog:disable><-XX:+DisplayVMOutputToStderr>"
            + "<-XX:ErrorFile=/dev/null><-XX:-CreateCoredumpOnCrash>"
            + "<-XX:InitialHeapSize=256m><-Xmn32m>",
        "<-Dbillets.caller=LC_ALL>",
        "/lib/*.jar"),
    SERVER(
        "server/src/main/dist/bin/billets-server",
        "org.lesbillets.server.ServerMain",
        "BILLETS_SERVER_JAVA_OPTS",
        "<--enable-native-access=ALL-UNNAMED><-XX:+UseG1GC><-XX:G1HeapRegionSize=1m>"
            + "<-XX:MaxTenuringThreshold=0><-XX:MaxGCPauseMillis=5><-XX:G1MixedGCCountTarget=32>"
            + "<-XX:MinHeapSize=48m><-XX:InitialRAMPercentage=2>"
            + "<-XX:NewSize=8m><-XX:MaxNewSize=16m>"
            + "<-XX:-G1UseAdaptiveIHOP><-XX:InitiatingHeapOccupancyPercent=92>"
            + "<-XX:G1ReservePercent=1><-XX:MinHeapFreeRatio=12><-XX:MaxHeapFreeRatio=15>"
            + "<-XX:G1PeriodicGCInterval=120000><-XX:+ExplicitGCInvokesConcurrent>"
            + "<-Dbillets.trim=true>"
            + "<-XX:+UnlockExperimentalVMOptions><-XX:G1ExpandByPercentOfAvailable=0>"
            + "<-XX:TrimNativeHeapInterval=5000>",
        "",
        "/bin/../lib/*");

    private final String path;
    private final String main;
    private final String optionsVariable;
    private final String options;
    private final String caller;
    private final String jars;

    Launcher(String path, String main, String... rest) {
      this.path = path;
      this.main = main;
      this.optionsVariable = rest[0];
      this.options = rest[1];
      this.caller = rest[2];
      this.jars = rest[3];
    }
  }

  private Path installed(Launcher launcher) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("an install/bin"));
    return Files.copy(Scripts.root().resolve(launcher.path), bin.resolve("program"));
  }

  private Path java(String version, String... lines) throws IOException {
    Path home = folder.resolve("java " + version);
    Scripts.program(home.resolve("bin/java"), lines);
    if (!version.isEmpty()) {
      Files.writeString(
          home.resolve("release"),
          "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\nA=\"b\"\n");
    }
    return home;
  }

  private Ran run(Map<String, String> environment, Path program, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return Scripts.run(environment, folder, command);
  }

  private static String called(Launcher launcher, Path program, String options, String arguments) {
    Path home = program.getParent().getParent();
    return launcher.options
        + options
        + launcher.caller
        + "<-cp><"
        + home
        + launcher.jars
        + "><"
        + launcher.main
        + ">"
        + arguments;
  }

  @ParameterizedTest
  @EnumSource
  void startsTheMainClassWithTheArgumentsAsTheyAre(Launcher launcher) throws Exception {
    Path program = installed(launcher);
    Path home = java("17.0.15", SAYS_HOW);
    Ran ran = run(Map.of("JAVA_HOME", home.toString()), program, "a b", "*", "", "-x");
    assertEquals(new Ran(0, called(launcher, program, "", "<a b><*><><-x>"), ""), ran);
  }

  @ParameterizedTest
  @EnumSource
  void takesOptionsForJavaFromItsVariable(Launcher launcher) throws Exception {
    Path program = installed(launcher);
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", java("25", SAYS_HOW).toString(), launcher.optionsVariable, "-Db=c -Da=*");
    Ran ran = run(environment, program);
    assertEquals(called(launcher, program, "<-Db=c><-Da=*>", ""), ran.out());
  }

  /** The jars for a journal in etcd, where a flag, the variable or the file names one. */
  @ParameterizedTest
  @CsvSource({
    "--journal etcd://127.0.0.1, '', '', true",
    "--journal=etcds://127.0.0.1, '', '', true",
    "--journal sqlite:, sqlite:, 'journal = \"sqlite:\"', false",
    "'', etcd://127.0.0.1, '', true",
    "'', '', 'journal = \"etcd://127.0.0.1\"', true",
    "--config=FILE, '', ' journal=\"etcd://127.0.0.1\"', true",
    "--config FILE, '', 'journal = \"etcd://127.0.0.1\"', true",
    "'', '', '# journal = \"etcd://127.0.0.1\"', false",
  })
  void theJarsForEtcdAreForEtcd(String flags, String variable, String file, boolean given)
      throws Exception {
    Path settings = folder.resolve("settings");
    Files.writeString(settings, "# etcd\n" + file);
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", java("25", SAYS_HOW).toString());
    environment.put("BILLETS_SERVER_JOURNAL", variable);
    environment.put("BILLETS_SERVER_CONFIG", flags.contains("FILE") ? "" : settings.toString());
    String[] arguments = flags.replace("FILE", settings.toString()).split(" ");
    Ran ran = run(environment, installed(Launcher.SERVER), arguments);
    assertEquals(given, ran.out().contains("/lib/*:"), ran.out());
    assertEquals(given, ran.out().contains("/lib/etcd/*>"), ran.out());
  }

  /** The server's: Java refuses options that it does not know. */
  @ParameterizedTest
  @CsvSource({
    "17.0.8.1, TrimNativeHeapInterval, false",
    "17.0.9, TrimNativeHeapInterval, true",
    "17, TrimNativeHeapInterval, false",
    "20.0.2, TrimNativeHeapInterval, false",
    "21.0.3, TrimNativeHeapInterval, true",
    "25.0.1, G1ExpandByPercentOfAvailable, true",
    "26, G1ExpandByPercentOfAvailable, false",
    "26, TrimNativeHeapInterval, true"
  })
  void theServersOptionsAreThoseOfItsJava(String version, String option, boolean given)
      throws Exception {
    Map<String, String> environment = Map.of("JAVA_HOME", java(version, SAYS_HOW).toString());
    Ran ran = run(environment, installed(Launcher.SERVER));
    assertEquals(given, ran.out().contains(option), ran.out());
  }

  /** The options that a wish replaces, of all that the server's launcher gives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-Xmx4g | MinHeapSize",
        "-mx4g | MinHeapSize",
        "-Xms64m | MinHeapSize",
        "-XX:MaxRAMPercentage=40 | MinHeapSize",
        "-XX:SoftMaxHeapSize=1g | MinHeapSize",
        "-XX:InitialRAMFraction=4 | InitialRAMPercentage",
        "-Xmn32m | NewSize MaxNewSize",
        "-XX:NewRatio=3 | NewSize MaxNewSize",
        "-XX:MinHeapFreeRatio=20 | MinHeapFreeRatio MaxHeapFreeRatio",
        "-Xmaxf0.5 | MinHeapFreeRatio MaxHeapFreeRatio",
        "-XX:+NeverTenure | MaxTenuringThreshold",
        "-XX:-G1UseAdaptiveIHOP | G1UseAdaptiveIHOP",
        "-XX:+UseG1GC | UseG1GC",
        "-XX:-ExplicitGCInvokesConcurrent | ExplicitGCInvokesConcurrent -Dbillets.trim",
        "-Dbillets.trim=false | -Dbillets.trim",
        "-XX:TrimNativeHeapInterval=0 | TrimNativeHeapInterval",
        "-Xlog:gc* -XX:G1ReservePercent=5 -Da=-Xmx9g | G1ReservePercent",
        "\"-Xmx4g\" -Xmn\"8m\" | MinHeapSize NewSize MaxNewSize",
        "-XX:-UnlockExperimentalVMOptions |",
        "-XX:+UseStringDeduplication -XX:+PrintGC |",
        "-XX:+UseStringDeduplication -Da=GC |",
        "-XX:-UseZGC |",
        "-XX:+UseMaximumCompactionOnSystemGC |",
        "-Xmixed * |"
      })
  void aWishReplacesTheOptionsItIsAbout(String wish, String replaced) throws Exception {
    Set<String> expected = new TreeSet<>(names(Launcher.SERVER.options));
    expected.removeAll(List.of(replaced == null ? new String[0] : replaced.split(" ")));
    for (String variable : WISHES) {
      assertEquals(expected, names(given(variable, wish)), variable);
    }
  }

  /** Another collector has other options, and a file of options may name one, or anything else. */
  @ParameterizedTest
  @CsvSource({
    "-XX:+UseSerialGC, true",
    "-XX:-UseG1GC, true",
    "-XX:+AggressiveHeap, true",
    "-Da=b -XX:+UseZGC -Xmx1g, true",
    "@a.options, false",
    "-XX:Flags=a, false",
    "-XX:VMOptionsFile=a, false",
    "-XX:+UseSerialGC @a, false"
  })
  void withAnotherCollectorOrAFileOfOptionsNoneIsGiven(String wish, boolean trims)
      throws Exception {
    Set<String> expected = new TreeSet<>(Set.of("--enable-native-access"));
    if (trims) {
      expected.add("TrimNativeHeapInterval");
    }
    for (String variable : WISHES) {
      assertEquals(expected, names(given(variable, wish)), variable);
    }
  }

  /** What the server's launcher gives Java before the caller's own options. */
  private String given(String variable, String wish) throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_HOME", java("17.0.15", SAYS_HOW).toString(), variable, wish);
    Path program = folder.resolve("an install/bin/program");
    Ran ran = run(environment, Files.exists(program) ? program : installed(Launcher.SERVER));
    assertEquals(new Ran(0, ran.out(), ""), ran);
    String own =
        variable.equals(Launcher.SERVER.optionsVariable)
            ? "<" + wish.replace(" ", "><") + "><-cp>"
            : "<-cp>";
    return ran.out().substring(0, ran.out().indexOf(own));
  }

  private static Set<String> names(String options) {
    return Pattern.compile("<(?:-XX:[+-]?)?([^=>]*)[^>]*>")
        .matcher(options)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * With the Java of this test: it starts, and has the caller's value, although it refuses some
   * pairs of options, and takes the last of two values.
   */
  @ParameterizedTest
  @CsvSource({
    "-XX:MinHeapFreeRatio=20, MinHeapFreeRatio, 20",
    "-XX:MaxHeapFreeRatio=50, MaxHeapFreeRatio, 50",
    "-Xmx40m, MaxHeapSize, 41943040",
    "-Xms16m, InitialHeapSize, 16777216",
    "-Xmn32m, MaxNewSize, 33554432",
    "-XX:+UseSerialGC, UseSerialGC, true",
    "-XX:+AggressiveHeap, UseParallelGC, true",
    "-XX:G1PeriodicGCInterval=7, G1PeriodicGCInterval, 7",
    "-XX:MaxTenuringThreshold=9, MaxTenuringThreshold, 9",
    "-XX:-UnlockExperimentalVMOptions, G1ReservePercent, 1"
  })
  void javaStartsWithWhatTheCallerSays(String wish, String flag, String value) throws Exception {
    Path program = installed(Launcher.SERVER);
    String shows = "-XX:+PrintFlagsFinal -version";
    for (String variable : WISHES) {
      boolean same = variable.equals(Launcher.SERVER.optionsVariable);
      Map<String, String> environment = new TreeMap<>();
      environment.put("JAVA_HOME", System.getProperty("java.home"));
      environment.put(Launcher.SERVER.optionsVariable, shows);
      environment.put(variable, same ? wish + " " + shows : wish);
      Ran ran = run(environment, program);
      assertEquals(0, ran.code(), ran::toString);
      Pattern line = Pattern.compile("(?m)^ *\\w+ " + flag + " +:?= (\\w+) ");
      Matcher found = line.matcher(ran.out());
      assertTrue(found.find(), ran::toString);
      assertEquals(value, found.group(1), variable);
    }
  }

  /** Java refuses to start with two collectors, so that one somebody chose is the only one. */
  @ParameterizedTest
  @CsvSource({
    "17.0.15, list, '', +UseG1GC",
    "17.0.15, show, -ea, +UseG1GC",
    "17.0.15, tui, '', +UseSerialGC",
    "17.0.15, --version, '', +UseSerialGC",
    "25.0.3, list, '', +UseSerialGC",
    "17.0.15, list, -XX:+UseParallelGC, +UseParallelGC",
    "25.0.3, tui, -XX:+UseZGC, +UseZGC"
  })
  void choosesOneCollector(String version, String verb, String chosen, String expected)
      throws Exception {
    Path home = java(version, SAYS_HOW);
    Map<String, String> environment =
        Map.of("JAVA_HOME", home.toString(), "BILLETS_JAVA_OPTS", chosen);
    String called = run(environment, installed(Launcher.CLI), verb).out();
    List<String> collectors =
        Pattern.compile("<-XX:(\\+Use\\w*GC)>")
            .matcher(called)
            .results()
            .map(r -> r.group(1))
            .toList();
    assertEquals(List.of(expected), collectors, called);
  }

  /** A heap that begins larger than somebody allows it to become is refused by Java. */
  @ParameterizedTest
  @CsvSource({
    "BILLETS_JAVA_OPTS, -Xmx64m",
    "BILLETS_JAVA_OPTS, -XX:MaxHeapSize=64m",
    "JDK_JAVA_OPTIONS, -Xms16m",
    "JAVA_TOOL_OPTIONS, -XX:MaxRAMPercentage=10",
    "_JAVA_OPTIONS, -Xmn16m"
  })
  void leavesTheHeapToWhoeverHasAWishOfTheirOwn(String variable, String value) throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_HOME", java("25", SAYS_HOW).toString(), variable, value);
    String called = run(environment, installed(Launcher.CLI)).out();
    assertFalse(called.contains("InitialHeapSize"), called);
    assertFalse(called.contains("-Xmn32m"), called);
  }

  /** Java would say on standard error that it has picked them up, where scripts read JSON. */
  @Test
  void takesOptionsForAnyJavaAsWordsAndHasChildrenGetThemBack() throws Exception {
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            java("25", SAYS_HOW, "env | grep -E '^_?(JAVA|JDK_JAVA)_(TOOL_)?OPTIONS='").toString(),
            "JAVA_TOOL_OPTIONS",
            "-Da=*  -Db=c",
            "JDK_JAVA_OPTIONS",
            "",
            "_JAVA_OPTIONS",
            "-Dq='a b'");
    String called = run(environment, installed(Launcher.CLI)).out();
    String first = "<-Da=*><-Db=c><-Dbillets.caller.JAVA_TOOL_OPTIONS==-Da=*  -Db=c>";
    assertTrue(called.contains(first), called);
    assertTrue(called.contains("<-Dbillets.caller.JDK_JAVA_OPTIONS==>"), called);
    assertTrue(called.endsWith(">_JAVA_OPTIONS=-Dq='a b'"), "words in quotes stay: " + called);
  }

  /** Else the first file that Java opens would be standard input, and be read as such. */
  @ParameterizedTest
  @EnumSource
  void aStreamThatIsClosedIsEmptyAndTakesNothing(Launcher launcher) throws Exception {
    Path program = installed(launcher);
    Path home = java("25", "exec 5>&2; cat; (echo lost) 2>&5 || echo 'not written' >&5");
    List<String> command = List.of("/bin/sh", "-c", "\"" + program + "\" <&- >&-");
    Ran ran =
        Scripts.run(Map.of("JAVA_HOME", home.toString(), "PATH", "/usr/bin:/bin"), folder, command);
    assertEquals("", ran.out());
    assertTrue(ran.err().contains("not written"), ran.err());
    assertEquals(0, ran.code());
  }

  @ParameterizedTest
  @EnumSource
  void isFoundThroughLinks(Launcher launcher) throws Exception {
    Path program = installed(launcher);
    Path links = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("far"), program);
    Path near = Files.createSymbolicLink(links.resolve("near"), Path.of("far"));
    Map<String, String> environment =
        Map.of("JAVA_HOME", java("21.0.3", SAYS_HOW).toString(), "PATH", "/usr/bin:/bin");
    assertEquals(called(launcher, program, "", ""), run(environment, near).out());
  }

  @ParameterizedTest
  @EnumSource
  void takesTheFirstJavaOnPath(Launcher launcher) throws Exception {
    Path program = installed(launcher);
    String path =
        folder + ":" + java("17.0.15", SAYS_HOW) + "/bin:" + java("18", "exit 9") + "/bin";
    assertEquals(called(launcher, program, "", ""), run(Map.of("PATH", path), program).out());
  }

  @ParameterizedTest
  @EnumSource
  void endsAsJavaEnds(Launcher launcher) throws Exception {
    Path home = java("17", "exit 5");
    assertEquals(5, run(Map.of("JAVA_HOME", home.toString()), installed(launcher)).code());
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_402", "11.0.22", "16", "9-ea"})
  void refusesAnOldJava(String version) throws Exception {
    for (Launcher launcher : Launcher.values()) {
      Path home = java(version, SAYS_HOW);
      Ran ran = run(Map.of("JAVA_HOME", home.toString()), installed(launcher));
      assertEquals(1, ran.code());
      assertEquals("", ran.out());
      String sentence =
          " is Java " + version + ": install Java 17 or newer, or set JAVA_HOME to it";
      assertTrue(ran.err().endsWith(sentence), ran.err());
      Files.delete(folder.resolve("an install/bin/program"));
    }
  }

  @ParameterizedTest
  @CsvSource({"17.0.1, true", "25, true", "21-ea, true", "1.8.0_402, false", "11.0.2, false"})
  void asksAJavaWhoseHomeSaysNothing(String version, boolean taken) throws Exception {
    String answer =
        "[ \"$1\" != -version ] || { echo 'openjdk version \""
            + version
            + "\" 2025-01-01' >&2; exit; }";
    Path home = java("", answer, SAYS_HOW);
    Ran ran = run(Map.of("JAVA_HOME", home.toString()), installed(Launcher.CLI));
    assertEquals(taken ? 0 : 1, ran.code(), ran::toString);
    assertEquals(!taken, ran.err().contains("is Java " + version), ran::toString);
  }

  /** Under any other locale Java would lose what is beyond ASCII in names and arguments. */
  @ParameterizedTest
  @CsvSource({
    "LANG=C, LC_ALL",
    "LANG=POSIX, LC_ALL",
    "TERM=xterm, LC_ALL",
    "LANG=fr_FR.ISO-8859-1, LC_ALL",
    "LANG=de_DE@euro LC_CTYPE=xx, LC_ALL",
    "LC_CTYPE=C LANG=fr_FR.UTF-8, LC_ALL",
    "LC_ALL=, LC_ALL=",
    "LC_ALL= LC_CTYPE=C LANG=fr_FR.UTF-8, LC_ALL=",
    "LC_ALL=de_DE@euro, LC_ALL=de_DE@euro",
    "LC_ALL=C LANG=fr_FR.UTF-8, LC_ALL=C",
  })
  void javaRunsUnderUtf8AndIsToldWhatTheCallerHad(String variables, String noted) throws Exception {
    Map<String, String> environment = new TreeMap<>();
    for (String variable : variables.split(" ")) {
      environment.put(variable.replaceFirst("=.*", ""), variable.replaceFirst("^[^=]*=", ""));
    }
    environment.put("JAVA_HOME", java("17", "printf '%s|' \"$LC_ALL\" \"$@\"").toString());
    for (Launcher launcher : Launcher.values()) {
      Ran ran = run(environment, installed(launcher));
      assertTrue(ran.out().startsWith("C.UTF-8|"), ran::toString);
      assertEquals(
          launcher == Launcher.CLI,
          ran.out().contains("|-Dbillets.caller=" + noted + "|"),
          ran::toString);
      assertEquals("", ran.err());
      Files.delete(folder.resolve("an install/bin/program"));
    }
  }

  /** A locale of UTF-8 may not be installed; but where C.UTF-8 is not, there is none better. */
  @ParameterizedTest
  @ValueSource(strings = {"en_US.UTF-8", "fr_FR.utf8", "de_DE.UTF-8@euro"})
  void aLocaleOfUtf8StaysWhereThereIsNoneThatIsSure(String locale) throws Exception {
    boolean sure = Files.isDirectory(Path.of("/usr/lib/locale/C.utf8"));
    String home = java("17", "printf '%s' \"$LC_ALL\"").toString();
    Map<String, String> environment = Map.of("JAVA_HOME", home, "LC_ALL", locale);
    for (Launcher launcher : Launcher.values()) {
      Ran ran = run(environment, installed(launcher));
      assertEquals(new Ran(0, sure ? "C.UTF-8" : locale, ""), ran);
      Files.delete(folder.resolve("an install/bin/program"));
    }
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    Ran ran = run(Map.of("PATH", folder.toString()), installed(Launcher.CLI));
    String sentence = "billets: there is no Java here: install Java 17 or newer, or set JAVA_HOME";
    assertEquals(new Ran(1, "", sentence), ran);
  }

  @Test
  void saysThatJavaHomeIsNone() throws Exception {
    Ran ran = run(Map.of("JAVA_HOME", "/nowhere"), installed(Launcher.SERVER));
    String sentence =
        "billets-server: JAVA_HOME is /nowhere, but there is no bin/java in it:"
            + " point it to Java 17 or newer";
    assertEquals(new Ran(1, "", sentence), ran);
  }
}
