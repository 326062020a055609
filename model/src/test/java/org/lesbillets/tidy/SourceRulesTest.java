package org.lesbillets.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule is seen failing where it must, and silent where it must be. */
class SourceRulesTest {
  private static final String IN_DESK = "src/main/java/org/lesbillets/server/desk/Desk.java";
  private static final String IN_TEST = "src/test/java/org/lesbillets/server/desk/DeskTest.java";

  private static List<String> wrong(String path, String text, Allowance... allowances) {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return SourceRules.wrong(
        List.of(
            SourceFile.of(path, text), SourceFile.of(folder + "package-info.java", "package x;")),
        allowances);
  }

  private static void assertTidy(String path, String text) {
    assertEquals(List.of(), wrong(path, text));
  }

  private static void assertWrong(Rule rule, int line, List<String> wrong) {
    assertEquals(1, wrong.size(), wrong::toString);
    assertTrue(wrong.get(0).contains(".java:" + line + ": " + rule + ": "), wrong::toString);
  }

  private static String imported(String name) {
    return "package x;\n\nimport " + name + ";\n";
  }

  private static String inClass(String body) {
    return "final class Desk {\n" + body + "\n}\n";
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "x" + i + "();")
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "model/Ticket, org.lesbillets.server.desk.Desk",
    "model/Ticket, org.lesbillets.cli.BilletsMain",
    "model/serverx/Ticket, org.lesbillets.server.desk.Desk",
    "server/desk/Desk, org.lesbillets.cli.output.table.Table",
    "cli/command/ListCommand, org.lesbillets.server.desk.Desk",
  })
  void modulesStayApart(String file, String name) {
    for (String root : List.of("main", "test", "bench", "soak")) {
      String path = "src/" + root + "/java/org/lesbillets/" + file + ".java";
      assertWrong(Rule.MODULE, 3, wrong(path, imported(name)));
      assertWrong(Rule.MODULE, 2, wrong(path, inClass("int a = " + name + ".A;")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "server/desk, jakarta.websocket.Session",
    "server/websocketx, jakarta.websocket.Session",
    "cli/command, org.glassfish.tyrus.client.ClientManager",
    "server/session, org.glassfish.grizzly.Connection",
    "cli/command, com.googlecode.lanterna.TextColor",
    "cli/tui/render, com.googlecode.lanterna.TextColor",
    "server/journal, java.sql.Connection",
    "server/journal, org.sqlite.SQLiteConfig",
    "server/journal/sqlite, io.etcd.jetcd.Client",
    "model/message, com.google.gson.Gson",
    "server/session, com.google.gson.Gson",
    "cli/command, com.google.gson.Gson",
    "cli/command, org.tomlj.Toml",
    "cli/command, de.siegmar.fastcsv.reader.CsvReader",
    "cli/command, me.tongfei.progressbar.ProgressBar",
    "cli/command, org.HdrHistogram.Histogram",
  })
  void librariesStayInTheirPackages(String folder, String name) {
    String path = "src/main/java/org/lesbillets/" + folder + "/X.java";
    assertWrong(Rule.LIBRARY, 3, wrong(path, imported(name)));
    assertTidy(path, "package x;\n// " + name + "\n/* " + name + " */");
  }

  @ParameterizedTest
  @CsvSource({
    "server/websocket, jakarta.websocket.Session",
    "cli/client/transport, org.glassfish.tyrus.client.ClientManager",
    "cli/tui/terminal, com.googlecode.lanterna.TextColor",
    "server/journal/sqlite, java.sql.Connection",
    "server/journal/etcd, io.etcd.jetcd.Client",
    "model/wire, com.google.gson.stream.JsonReader",
    "cli/output, com.google.gson.stream.JsonWriter",
    "cli/command/bulk/format, com.google.gson.JsonObject",
    "cli/command/bulk/format, de.siegmar.fastcsv.reader.CsvReader",
    "cli/output, me.tongfei.progressbar.ProgressBar",
    "cli/client/bench, org.HdrHistogram.Histogram",
    "cli/config, org.tomlj.TomlTable",
    "server/desk, org.lesbillets.model.Ticket",
    "server/desk, org.lesbillets.server.journal.Journal",
  })
  void andAreAtHomeThere(String folder, String name) {
    assertTidy("src/main/java/org/lesbillets/" + folder + "/X.java", imported(name));
  }

  @Test
  void testsMayUseAnyLibrary() {
    assertTidy(IN_TEST, imported("java.sql.Connection"));
  }

  @Test
  void everyPackageIsDescribed() {
    List<SourceFile> alone = List.of(SourceFile.of(IN_DESK, "package x;"));
    assertWrong(Rule.PACKAGE_INFO, 1, SourceRules.wrong(alone));
    assertEquals(List.of(), SourceRules.wrong(List.of(SourceFile.of(IN_TEST, "package x;"))));
    assertEquals(List.of(), SourceRules.wrong(List.of()));
  }

  @Test
  void methodsAreShort() {
    assertTidy(IN_DESK, inClass("void run() {\n" + lines(68) + "\n}"));
    assertWrong(
        Rule.METHOD_LENGTH, 2, wrong(IN_DESK, inClass("void run() {\n" + lines(69) + "\n}")));
    assertWrong(Rule.METHOD_LENGTH, 2, wrong(IN_DESK, inClass("Desk() {\n" + lines(69) + "\n}")));
    assertTidy(
        IN_DESK, inClass("void a() {\n" + lines(60) + "\n}\nvoid b() {\n" + lines(60) + "\n}"));
  }

  @Test
  void soAreThoseOfNestedAndNamelessTypes() {
    String inner = "@Override\npublic void run() {\n" + lines(69) + "\n}\n";
    String nameless = "Runnable job =\nnew Runnable() {\n" + inner + "};";
    assertWrong(Rule.METHOD_LENGTH, 5, wrong(IN_DESK, inClass(nameless)));
    assertWrong(
        Rule.METHOD_LENGTH,
        4,
        wrong(IN_DESK, inClass("enum Kind {\n" + "A(1) {" + inner + "};\n}")));
    assertWrong(
        Rule.METHOD_LENGTH,
        3,
        wrong(IN_DESK, inClass("record Pair(int a) {\nPair {\n" + lines(69) + "\n}\n}")));
  }

  @Test
  void aLongTableIsNoMethod() {
    assertTidy(IN_DESK, inClass("static final List<Integer> A = List.of(\n" + lines(80) + ");"));
    assertTidy(IN_DESK, inClass("@Names({\n" + lines(80) + "\n})\nvoid run() {}"));
  }

  @Test
  void filesAreShort() {
    String most = "\n".repeat(299) + "// x\n";
    assertTidy(IN_DESK, most);
    assertWrong(Rule.FILE_LENGTH, 301, wrong(IN_DESK, most + "\n"));
    assertTidy(IN_TEST, most + "\n");
  }

  @Test
  void linesAreShort() {
    assertTidy(IN_DESK, "package x;\n// " + "🔥".repeat(97) + "\n");
    assertWrong(Rule.LINE_LENGTH, 2, wrong(IN_DESK, "package x;\n// " + "x".repeat(98) + "\n"));
    assertWrong(Rule.LINE_LENGTH, 2, wrong(IN_TEST, "package x;\n// " + "x".repeat(98) + "\n"));
    assertTidy(IN_DESK, imported("org.x." + "x".repeat(100)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "void run(int a, int b, int c, int d, int e) {}",
        "private static <T> Map<T, T> run(int a, int b, int c, int d, int e) throws X {\n}",
        "abstract void run(int a, int b, int c, int d, int e);",
        "public Desk(int a, int b, int c, int d, int e) {}",
        "@A(b = 1) void run(@B int a, Map<A, B> b,\n int c, int d, int... e) {}",
        "interface Other { void run(int a, int b, int c, int d, int e); }",
      })
  void parametersAreFew(String method) {
    assertWrong(Rule.PARAMETERS, 2, wrong(IN_DESK, inClass(method)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "void run(int a, int b, int c, int d) {}",
        "void run(Map<A, B> a, Map<C, Map<D, E>> b, int c) {}",
        "void run(@A(1, 2) int a, int b) { call(1, 2, 3, 4, 5); }",
        "record Many(int a, int b, int c, int d, int e, int f) {}",
        "record Many(int a, int b, int c, int d, int e) {\n"
            + "Many(int a, int b, int c, int d, int e) {}\n"
            + "}",
        "int a = call(1, 2, 3, 4, 5);",
        "enum Kind { A(1, 2, 3, 4, 5), B(1, 2, 3, 4, 5); }",
        "void run(int a, int b, int c, int d); // void run(int a, int b, int c, int d, int e);",
      })
  void parametersOfOtherThingsAreNotCounted(String body) {
    assertTidy(IN_DESK, inClass(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class DeskManager {}",
        "interface DeskHelper {}",
        "enum DeskUtil { A }",
        "record DeskUtils() {}",
        "final class DeskImpl {}",
        "abstract class AbstractDesk {}"
      })
  void namesSaySomething(String type) {
    assertWrong(Rule.CLASS_NAME, 1, wrong(IN_DESK, type));
    assertWrong(Rule.CLASS_NAME, 2, wrong(IN_DESK, inClass(type)));
    assertTidy(IN_DESK, inClass("String a = \"" + type.replace("{", "(") + "\"; // " + type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"System.out.println();", "System.err.flush();", "a(System\n.out);"})
  void streamsHaveOneOwner(String statement) {
    assertWrong(Rule.STREAMS, 2, wrong(IN_DESK, inClass("void run() { " + statement + " }")));
    assertTidy(IN_TEST, inClass("void run() { " + statement + " }"));
  }

  @Test
  void stackTracesAreNotPrinted() {
    String body = inClass("void run() {\ne.printStackTrace();\n}");
    assertWrong(Rule.STACK_TRACE, 3, wrong(IN_DESK, body));
    assertWrong(Rule.STACK_TRACE, 3, wrong(IN_TEST, body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.util.*", "static java.util.Map.*"})
  void importsAreNamed(String name) {
    assertWrong(Rule.WILDCARD, 3, wrong(IN_DESK, imported(name)));
    assertWrong(Rule.WILDCARD, 3, wrong(IN_TEST, imported(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Thread.sleep(1);", "TimeUnit.SECONDS.sleep(1);"})
  void testsDoNotSleep(String statement) {
    assertWrong(Rule.SLEEP, 2, wrong(IN_TEST, inClass("void run() { " + statement + " }")));
    assertTidy(IN_TEST, inClass("// " + statement));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@Disabled", "@DisabledOnOs(OS.LINUX)", "@Ignore"})
  void testsAreNotSwitchedOff(String annotation) {
    assertWrong(Rule.DISABLED, 2, wrong(IN_TEST, inClass(annotation + " void run() {}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TO-DO", "FIX-ME", "X-XX", "HA-CK"})
  void nothingIsLeftForLater(String word) {
    String note = word.replace("-", "");
    assertWrong(Rule.NOTE, 2, wrong(IN_DESK, inClass("// " + note + ": later")));
    assertWrong(Rule.NOTE, 2, wrong(IN_TEST, inClass("String a = \"" + note + "\";")));
    assertTidy(IN_DESK, inClass("// " + note.toLowerCase() + " " + note + "S"));
  }

  @Test
  void exceptionsEndInException() {
    assertWrong(Rule.EXCEPTION_NAME, 1, wrong(IN_DESK, "class Lost extends RuntimeException {}"));
    assertWrong(Rule.EXCEPTION_NAME, 1, wrong(IN_DESK, "class Lost extends DeskException {}"));
    assertTidy(IN_DESK, "class LostException extends DeskException {}");
    assertTidy(IN_DESK, "class Lost extends ExceptionList {}");
  }

  @Test
  void commentsTellNoStories() {
    assertWrong(Rule.STORYTELLING, 2, wrong(IN_DESK, inClass("// so that nobody waits")));
    assertWrong(Rule.STORYTELLING, 3, wrong(IN_DESK, inClass("/**\n * is told of it */ int a;")));
    assertTidy(IN_DESK, inClass("String a = \"nobody\"; // a bounded queue"));
    assertTidy(IN_TEST, inClass("// so that nobody waits"));
  }

  @Test
  void packagesAreSmall() {
    List<SourceFile> sources =
        IntStream.range(0, 31)
            .mapToObj(i -> SourceFile.of(IN_DESK.replace("Desk.", "Desk" + i + "."), "package x;"))
            .collect(Collectors.toList());
    sources.set(30, SourceFile.of(IN_DESK.replace("Desk.", "package-info."), "package x;"));
    assertWrong(Rule.PACKAGE_SIZE, 1, SourceRules.wrong(sources));
    sources.remove(0);
    assertEquals(List.of(), SourceRules.wrong(sources));
  }

  @Test
  void anAllowanceCoversOneRuleInOneFile() {
    String text = inClass("void run() { System.out.println(); }");
    Allowance streams = new Allowance(Rule.STREAMS, IN_DESK, "it owns them");
    assertEquals(List.of(), wrong(IN_DESK, text, streams));
    assertEquals(1, wrong(IN_DESK, text + "// " + "x".repeat(98), streams).size());
    assertEquals(2, wrong(IN_DESK.replace("Desk.", "Other."), text, streams).size());
  }

  @Test
  void anAllowanceNobodyNeedsIsWrong() {
    Allowance streams = new Allowance(Rule.STREAMS, IN_DESK, "it owns them");
    List<String> wrong = wrong(IN_DESK, "package x;", streams);
    assertEquals(List.of(IN_DESK + ":1: STREAMS: nothing here needs to be allowed"), wrong);
    assertThrows(IllegalArgumentException.class, () -> new Allowance(Rule.STREAMS, IN_DESK, " "));
  }

  @Test
  void literalsAndCommentsAreNotCode() {
    String source = "a \"b\\\"c\" '\\'' /* d\ne */ f // g\nh \"\"\"\n\"i\\\"\"\" j\"\"\" k";
    String code = CodeMask.codeOf(source);
    assertEquals(source.length(), code.length());
    assertEquals("a f h k", code.strip().replaceAll("\\s+", " "));
    assertEquals(source.lines().count(), code.lines().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lock lock = new Lock(null, null);",
        "ask(17, null, new Lock(1),\n    null);",
        "new Lock<>(null, a, null);"
      })
  void aCallHasNotTwoNulls(String call) {
    assertWrong(Rule.NULL_ARGUMENTS, 2, wrong(IN_DESK, inClass(call)));
    assertTidy(IN_TEST, inClass(call));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ask(null, 17);",
        "ask(a == null, null, b(null));",
        "ask(null, \"null, null\");",
        "return new Desk(null, null);",
        "record Lock(int a, int b) { Lock() { this(null, null); } Lock x() { return new Lock(null,"
            + " null); } }"
      })
  void aCallMayHaveOneNullAndATypeNameItsOwn(String call) {
    assertTidy(IN_DESK, inClass(call));
  }
}
