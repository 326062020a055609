package org.lesbillets.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.server.config.GivenSetting;
import org.lesbillets.server.config.ServerSetting;
import org.lesbillets.server.config.ServerSettings;
import org.lesbillets.server.config.SettingProblem;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The file and the variables of the server's settings. */
class ServerSettingsTest {
  private static final Path SHIPPED = Path.of("src/main/dist/etc/config.toml");
  private static final Path PAGE = Path.of("../docs/operations/configuration.md");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static CommandSpec serve() {
    return ServerMain.commandLine().getSubcommands().get("serve").getCommandSpec();
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return ServerMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("server.toml"), List.of(lines));
  }

  private static List<String> problems(Path file, Map<String, String> environment) {
    return ServerSettings.read(serve(), file, environment).problems().stream()
        .map(SettingProblem::toString)
        .toList();
  }

  private static Map<String, String> values(Path file, Map<String, String> environment) {
    ServerSettings settings = ServerSettings.read(serve(), file, environment);
    assertEquals(List.of(), settings.problems());
    return settings.all().stream()
        .collect(
            Collectors.toMap(
                given -> given.setting().key(), given -> String.join(",", given.texts())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot = 1                 | line 1, column 1: there is no setting 'prot': did you mean"
            + " 'port'?",
        "tls-cert = 'a'           | line 1, column 1: there is no setting 'tls-cert': did you mean"
            + " 'tls_cert'?",
        "accept_loss = true       | line 1, column 1: there is no setting 'accept_loss': there are"
            + " allow_host, ",
        "port = 'http'            | line 1, column 1: port: it is a whole number, without quotes",
        "port = 65536             | line 1, column 1: port: there is no port 65536: give one from 0"
            + " to 65535",
        "ephemeral = 'yes'        | line 1, column 1: ephemeral: it is true or false, without"
            + " quotes",
        "bind = true              | line 1, column 1: bind: it is a text: write it between quotes",
        "data = ''                | line 1, column 1: data: there is no path: name the file or"
            + " directory",
        "ring_bytes = '32MB'      | line 1, column 1: ring_bytes: '32MB' is no number of bytes:"
            + " write a number",
        "ring_bytes = '1B'        | line 1, column 1: ring_bytes: '1B' is not from 1MiB to 1GiB",
        "sessions = 0             | line 1, column 1: sessions: '0' is no number from 1",
        "steal = 'everyone'       | line 1, column 1: steal: expected one of [agents, admins]",
        "allow_host = ['a', 1]    | line 1, column 1: allow_host: it is a text between quotes, or a"
            + " list",
        "allow_host = ['a:80']    | line 1, column 1: allow_host: 'a:80' is no host",
        "bind =                   | line 1, column 7: this is no TOML: ",
      })
  void aMistakeInTheFile(String line, String expected) throws IOException {
    List<String> problems = problems(file(line.strip()), Map.of());
    assertEquals(1, problems.size(), problems::toString);
    String where = folder.resolve("server.toml") + ", " + expected;
    assertTrue(problems.get(0).startsWith(where), problems::toString);
  }

  @Test
  void allMistakesAreFoundAtOnce() throws IOException {
    Path file = file("# mine", "prot = 1", "  sessions = 'many'", "[tls]", "cert = 'a'");
    assertEquals(2, run("config", "check", file.toString()));
    assertEquals("", out.toString());
    List<String> lines = err.toString().lines().toList();
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("line 2, column 1: there is no setting 'prot'"));
    assertTrue(lines.get(1).contains("line 3, column 3: sessions: it is a whole number"));
    assertTrue(lines.get(2).contains("line 4, column 1: there is no setting 'tls'"));
  }

  @Test
  void aServerWithAWrongFileDoesNotStart() throws IOException {
    Path file = file("prot = 1", "sessions = 0");
    Path data = folder.resolve("data");
    String[] words = {"serve", "--data", data.toString(), "--config", file.toString()};
    assertEquals(2, run(words));
    assertEquals(2, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().startsWith("billets-server: " + file + ", line 1"), err::toString);
    assertFalse(Files.exists(data));
  }

  @Test
  void settingsThatContradictOneAnother() throws IOException {
    assertEquals(2, run("config", "check", file("tls_cert = 'c.pem'").toString()));
    assertTrue(err.toString().contains("give both --tls-cert and --tls-key"), err::toString);
  }

  @Test
  void aFileThatIsNotThere() {
    Path none = folder.resolve("none.toml");
    assertEquals(
        List.of(none + " is not there: name another file with --config, or write this one"),
        problems(none, Map.of()));
  }

  @Test
  void aVariableWinsOverTheFile() throws IOException {
    Path file = file("port = 1", "sessions = 2", "allow_host = ['a', 'b']", "allow_origin = 'o'");
    Map<String, String> values =
        values(
            file,
            Map.of(
                "BILLETS_SERVER_PORT", "3", "BILLETS_SERVER_ALLOW_ORIGIN", "https://x, https://y"));
    assertEquals("3", values.get("port"));
    assertEquals("2", values.get("sessions"));
    assertEquals("a,b", values.get("allow_host"));
    assertEquals("https://x,https://y", values.get("allow_origin"));
    assertEquals("agents", values.get("steal"));
  }

  @Test
  void aFlagWinsOverAll() throws IOException {
    ServerSettings settings =
        ServerSettings.read(
            serve(),
            file("port = 1", "ephemeral = true", "bind = '127.0.0.2'", "allow_host = ['a', 'b']"),
            Map.of("BILLETS_SERVER_PORT", "2"));
    for (String given : List.of("--ephemeral", "--ephemeral=false")) {
      CommandLine root = ServerMain.commandLine();
      CommandLine serve = root.getSubcommands().get("serve");
      ParseResult parsed = root.parseArgs("serve", "--port", "3", given).subcommand();
      settings.apply(serve.getCommandSpec(), parsed);
      assertEquals(3, serve.getCommandSpec().findOption("--port").<Integer>getValue());
      assertEquals("127.0.0.2", serve.getCommandSpec().findOption("--bind").getValue());
      assertEquals(
          given.equals("--ephemeral"),
          serve.getCommandSpec().findOption("--ephemeral").<Boolean>getValue());
      assertEquals(
          "[a, b]", serve.getCommandSpec().findOption("--allow-host").getValue().toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BILLETS_SERVER_PORT   | http | BILLETS_SERVER_PORT: there is no port http",
        "BILLETS_SERVER_PROT   | 1    | there is no variable 'BILLETS_SERVER_PROT': did you mean"
            + " 'BILLETS_SERVER_PORT'?",
      })
  void aMistakeInAVariable(String name, String value, String expected) {
    List<String> problems =
        problems(null, Map.of("BILLETS_SERVER_CONFIG", "", name.strip(), value));
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).startsWith(expected), problems::toString);
  }

  @Test
  void theVariablesOfOthersAreNoMistakes() {
    Map<String, String> environment =
        Map.of(
            "BILLETS_SERVER_CONFIG", "",
            "BILLETS_SERVER_JAVA_OPTS", "-Xmx1g",
            "BILLETS_SERVER_USER", "billets",
            "BILLETS_SERVER_SERVICE_HOST", "10.0.0.1");
    assertEquals(List.of(), problems(null, environment));
  }

  @Test
  void theFileIsTheNamedOneThenTheUsersOwn() throws IOException {
    Path own = Files.createDirectories(folder.resolve("billets")).resolve("server.toml");
    Map<String, String> home = Map.of("XDG_CONFIG_HOME", folder.toString());
    assertFalse(own.equals(ServerSettings.read(serve(), null, home).file()), "it is not there");
    Files.createFile(own);
    assertEquals(own, ServerSettings.read(serve(), null, home).file());
    Map<String, String> none =
        Map.of("XDG_CONFIG_HOME", folder.toString(), "BILLETS_SERVER_CONFIG", "");
    assertNull(ServerSettings.read(serve(), null, none).file());
    Map<String, String> other =
        Map.of("XDG_CONFIG_HOME", folder.toString(), "BILLETS_SERVER_CONFIG", "/there");
    assertEquals(Path.of("/there"), ServerSettings.read(serve(), null, other).file());
  }

  /** Also for the verbs beside serving, which then use the same data directory. */
  @Test
  void theDataDirectoryOfTheFileIsRelativeToIt() throws IOException {
    Path file = file("data = 'kept'");
    assertEquals(0, run("token", "add", "bob", "--config", file.toString()), err::toString);
    assertTrue(Files.exists(folder.resolve("kept").resolve("tokens")));
    assertEquals(0, run("token", "list", "--data", folder + "/kept"), err::toString);
    assertTrue(out.toString().startsWith("bob\tagent\t"), out::toString);
  }

  @Test
  void whatIsPrintedIsAFileOfTheSameSettings() throws IOException {
    Path file =
        file("port = 7421", "allow_host = ['a', 'b']", "data = 'q\"uo\\te'", "ephemeral = true");
    assertEquals(0, run("config", "print", "--config", file.toString()), err::toString);
    String printed = out.toString();
    assertTrue(printed.contains("# From " + file + ", line 1\nport = 7421\n"), printed);
    assertTrue(printed.contains("\n#sessions = 10000\n"), printed);
    Map<String, String> before = values(file, Map.of());
    Path again = Files.writeString(folder.resolve("again.toml"), printed);
    assertEquals(before, values(again, Map.of()));
    // Without the marks of the defaults, too, but for those that are nothing.
    List<String> bare = new ArrayList<>();
    printed
        .lines()
        .filter(line -> !line.matches(".* = (\"\"|0)"))
        .forEach(line -> bare.add(line.matches("#[a-z].*") ? line.substring(1) : line));
    assertEquals(before, values(Files.write(again, bare), Map.of()));
  }

  @Test
  void asJson() throws IOException {
    Path file = file("port = 7421", "allow_host = ['a', 'b']");
    assertEquals(0, run("config", "print", "-o", "json", "--config", file.toString()));
    JsonObject printed = JsonParser.parseString(out.toString()).getAsJsonObject();
    JsonArray settings = printed.getAsJsonArray("settings");
    assertEquals(ServerSetting.of(serve()).size(), settings.size());
    for (var one : settings) {
      JsonObject setting = one.getAsJsonObject();
      switch (setting.get("key").getAsString()) {
        case "port" -> {
          assertEquals(7421, setting.get("value").getAsInt());
          assertEquals("file", setting.get("source").getAsString());
          assertEquals(file + ", line 1", setting.get("place").getAsString());
          assertEquals("BILLETS_SERVER_PORT", setting.get("variable").getAsString());
        }
        case "allow_host" -> assertEquals("[\"a\",\"b\"]", setting.get("value").toString());
        default -> assertEquals("default", setting.get("source").getAsString());
      }
    }
    assertEquals(2, run("config", "check", "-o", "json", file("", " prot = 1").toString()));
    JsonObject problem =
        JsonParser.parseString(out.toString())
            .getAsJsonObject()
            .getAsJsonArray("problems")
            .get(0)
            .getAsJsonObject();
    assertEquals(2, problem.get("line").getAsInt());
    assertEquals(2, problem.get("column").getAsInt());
    assertTrue(problem.get("message").getAsString().contains("did you mean 'port'?"));
  }

  /** Rewritten by {@code -Dgolden.write=true}. */
  @Test
  void theShippedFileDocumentsEverySetting() throws IOException {
    // The groups are made when it is installed.
    assertEquals(List.of(), problems(SHIPPED, Map.of()));
    assertEquals(0, run("config", "print", "--config", SHIPPED.toString()), err::toString);
    List<String> expected =
        out.toString().lines().filter(line -> !line.startsWith("# From ")).toList();
    same(expected, SHIPPED);
  }

  /** Rewritten by {@code -Dgolden.write=true}. */
  @Test
  void thePageHasATableOfTheSettings() throws IOException {
    List<String> rows = new ArrayList<>();
    for (GivenSetting given :
        ServerSettings.read(serve(), null, Map.of("BILLETS_SERVER_CONFIG", "")).all()) {
      ServerSetting setting = given.setting();
      rows.add(
          "| `%s` | `%s` | %s |"
              .formatted(
                  setting.key()
                      + (given.texts().isEmpty() ? "" : " = " + setting.toml(given.texts())),
                  setting.form().replace("|", "\\|"),
                  String.join(" ", setting.option().description())));
    }
    List<String> page = new ArrayList<>(Files.readAllLines(PAGE));
    int start = page.indexOf("|---|---|---|") + 1;
    int end = start;
    while (page.get(end).startsWith("|")) {
      end++;
    }
    page.subList(start, end).clear();
    page.addAll(start, rows);
    same(page, PAGE);
  }

  private static void same(List<String> expected, Path file) throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.write(file, expected);
    }
    assertEquals(expected, Files.readAllLines(file));
  }
}
