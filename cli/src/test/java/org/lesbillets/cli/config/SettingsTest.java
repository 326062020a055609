package org.lesbillets.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.output.ColourChoice;
import org.lesbillets.model.place.UserDirectories;

/** Flag, then environment, then context, then file, then default. */
class SettingsTest {
  private static final String CONTEXTS =
      """
      server = "file:1"
      [contexts.work]
      server = ["work:1", "work:2"]
      token_file = "work.token"
      timeout = "2s"
      [contexts.run]
      server = "run:1"
      token_command = "echo from-command"
      [contexts.bare]
      server = "bare:1"
      [contexts.here]
      server = "127.0.0.1:9"
      """;

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private String server;
  private String context;
  private Duration timeout;

  @BeforeEach
  void tokens() throws IOException {
    write(".local/state/billets/server/local.token", "from-home\n");
    write("xdg/billets/server/local.token", "from-xdg\n");
    write("token", "  from-file \n");
    write("empty", "\n");
    write(".config/billets/work.token", "from-work\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void file(String text) throws IOException {
    write(".config/billets/config.toml", text);
  }

  private void variable(String name, String value) {
    if (value != null) {
      environment.put(name, value);
    }
  }

  private Settings all() {
    return new Settings(
        new UserDirectories(environment, home),
        new SettingsFlags(server, null, context, timeout),
        warnings::add);
  }

  private ClientSettings settings() {
    return all().connection();
  }

  private String refused() {
    ConnectionException refusal =
        assertThrows(ConnectionException.class, () -> settings().token().token());
    assertEquals(ConnectionException.Kind.UNAUTHORIZED, refusal.kind());
    return refusal.getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # --server | --context | BILLETS_SERVER | BILLETS_CONTEXT | context = | the server
          -      | -    | -     | -    | -    | file:1
          -      | -    | -     | -    | work | work:1 work:2
          -      | -    | -     | run  | work | run:1
          -      | -    | env:1 | -    | work | env:1
          -      | -    | env:1 | run  | work | env:1
          -      | -    | env:1 | -    | -    | env:1
          -      | bare | -     | run  | work | bare:1
          -      | bare | env:1 | run  | work | bare:1
          flag:1 | bare | env:1 | run  | work | flag:1
          flag:1 | -    | env:1 | run  | work | flag:1
          flag:1 | -    | -     | -    | -    | flag:1
          """)
  void theServer(ArgumentsAccessor row) throws IOException {
    settle(row);
    String expected = "ws://" + row.getString(5).replace(" ", "/tickets, ws://") + "/tickets";
    assertEquals("[" + expected + "]", settings().servers().toString());
  }

  private void settle(ArgumentsAccessor row) throws IOException {
    server = row.getString(0);
    context = row.getString(1);
    variable("BILLETS_SERVER", row.getString(2));
    variable("BILLETS_CONTEXT", row.getString(3));
    String current = row.getString(4);
    file((current == null ? "" : "context = \"" + current + "\"\n") + CONTEXTS);
  }

  @Test
  void withoutAFileItIsThisMachine() {
    String here = "unix:/run/billets/desk.sock, ws://127.0.0.1:7420/tickets]";
    assertEquals("[" + here, settings().servers().toString());
    variable("BILLETS_SERVER", " ");
    variable("XDG_RUNTIME_DIR", "relative");
    assertEquals("[" + here, settings().servers().toString());
    variable("XDG_RUNTIME_DIR", "/run/user/7");
    assertEquals("[unix:/run/user/7/billets/desk.sock, " + here, settings().servers().toString());
    assertEquals("from-home", settings().token().token());
    assertEquals(null, all().contextName());
    variable("XDG_RUNTIME_DIR", "/" + "long".repeat(40));
    assertEquals("[" + here, settings().servers().toString());
  }

  /** Other programs than this may read it, and expect one address where there is one server. */
  @Test
  void childrenAreGivenTheSocketsThatAreThere() throws IOException {
    variable("XDG_RUNTIME_DIR", home.resolve("run").toString());
    assertFalse(all().forChildren().get("BILLETS_SERVER").contains("" + home));
    write("run/billets/desk.sock", "");
    String own = "unix:" + home.resolve("run/billets/desk.sock");
    assertTrue(all().forChildren().get("BILLETS_SERVER").startsWith(own + ","));
    assertTrue(all().forChildren().get("BILLETS_SERVER").endsWith("ws://127.0.0.1:7420/tickets"));
    server = "unix:/none";
    assertEquals("unix:/none", all().forChildren().get("BILLETS_SERVER"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # --server | --context | BILLETS_SERVER | BILLETS_CONTEXT | context = | variable | token
          -             | -    | -      | -    | work | -     | from-work
          -             | -    | -      | -    | work | token | env
          -             | -    | -      | -    | work | file  | from-file
          -             | -    | -      | -    | work | both  | env
          -             | -    | -      | run  | work | -     | from-command
          -             | run  | -      | -    | work | -     | from-command
          -             | run  | -      | -    | work | both  | from-command
          -             | bare | -      | -    | work | -     | -
          -             | bare | -      | -    | work | token | env
          -             | here | -      | -    | work | -     | from-home
          # the token of a context goes to its own servers and to no other
          work:2        | -    | -      | -    | work | -     | from-work
          work:2,work:1 | -    | -      | -    | work | -     | from-work
          work:1,other  | -    | -      | -    | work | -     | -
          other:1       | -    | -      | -    | work | -     | -
          other:1       | work | -      | -    | -    | -     | -
          wss://work:1  | work | -      | -    | -    | -     | -
          work:1/other  | work | -      | -    | -    | -     | -
          work:3        | work | -      | -    | -    | -     | -
          other:1       | work | -      | -    | -    | token | env
          -             | -    | work:1 | -    | work | -     | from-work
          -             | -    | other  | -    | work | -     | -
          -             | -    | other  | run  | work | -     | -
          -             | work | other  | run  | -    | -     | from-work
          127.0.0.1     | -    | -      | -    | work | -     | from-home
          127.0.0.1     | -    | -      | -    | run  | -     | from-home
          # and that of no context to whoever was named
          work:1        | -    | -      | -    | -    | -     | -
          """)
  void theToken(ArgumentsAccessor row) throws IOException {
    settle(row);
    String variable = row.getString(5);
    if (variable != null && !variable.equals("file")) {
      environment.put("BILLETS_TOKEN", " env ");
    }
    if (variable != null && !variable.equals("token")) {
      environment.put("BILLETS_TOKEN_FILE", home.resolve("token").toString());
    }
    if (row.getString(6) == null) {
      String said = refused();
      assertTrue(said.contains("there is no token for this server"), said);
      assertTrue(said.contains("BILLETS_TOKEN_FILE"), said);
    } else {
      assertEquals(row.getString(6), settings().token().token());
    }
  }

  @Test
  void whoGetsNoTokenOfTheContextIsToldWhy() throws IOException {
    file(CONTEXTS);
    context = "work";
    server = "other:1";
    assertTrue(refused().contains("that of the context 'work' goes to its own servers only"));
    server = "127.0.0.1:2";
    assertEquals("from-home", settings().token().token());
    Files.delete(home.resolve(".local/state/billets/server/local.token"));
    assertTrue(refused().contains("that of the context 'work' goes to its own servers only"));
    context = "bare";
    server = "other:1";
    assertFalse(refused().contains("goes to"));
  }

  @ParameterizedTest
  @CsvSource({
    "9s, work, 3s, PT9S",
    "  , work, 3s, PT2S",
    "  , bare, 3s, PT3S",
    "  , bare,   , PT10S",
    "  ,     , 3s, PT3S",
  })
  void theTimeout(String flag, String named, String inFile, String expected) throws IOException {
    file((inFile == null ? "" : "timeout = \"" + inFile + "\"\n") + CONTEXTS);
    timeout = flag == null ? null : Duration.ofSeconds(9);
    context = named;
    assertEquals(Duration.parse(expected), settings().timeout());
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER , 1, always, NEVER",
    "ALWAYS, 1, never , ALWAYS",
    "      , 1, always, AUTO",
    "      ,  , always, ALWAYS",
    "      ,  , never , NEVER",
    "      ,  ,       , AUTO",
  })
  void theColour(ColourChoice flag, String noColour, String inFile, ColourChoice expected)
      throws IOException {
    variable("NO_COLOR", noColour);
    file(inFile == null ? "" : "color = \"" + inFile + "\"\n");
    assertEquals(expected, all().colour(flag));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "wrk, -   , -   , --context: there is no context 'wrk'; did you mean 'work'?",
        "-  , wrk , -   , BILLETS_CONTEXT: there is no context 'wrk'; did you mean 'work'?",
        "-  , -   , wrk , config.toml, context: there is no context 'wrk'; did you mean 'work'?",
      })
  void aContextThatIsNotThere(ArgumentsAccessor row) throws IOException {
    context = row.getString(0);
    variable("BILLETS_CONTEXT", row.getString(1));
    file((row.getString(2) == null ? "" : "context = \"wrk\"\n") + CONTEXTS);
    server = "other:1";
    SettingsException wrong = assertThrows(SettingsException.class, this::settings);
    String expected =
        row.size() > 4 ? row.getString(3) + ", " + row.getString(4) : row.getString(3);
    assertTrue(wrong.getMessage().endsWith(expected), wrong.getMessage());
    assertFalse(wrong.inFile());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-     , -   , -   , BILLETS_SERVER=ws://file:1/tickets",
        "flag:1, -   , -   , BILLETS_SERVER=ws://flag:1/tickets",
        "-     , -   , bare, BILLETS_CONTEXT=bare BILLETS_SERVER=ws://bare:1/tickets",
        "flag:1, run , -   , BILLETS_CONTEXT=run BILLETS_SERVER=ws://flag:1/tickets",
        "-     , run , -   , 'BILLETS_CONTEXT=run BILLETS_SERVER=ws://run:1/tickets"
            + " BILLETS_TOKEN= BILLETS_TOKEN_FILE='",
        "-     , bare, run , BILLETS_CONTEXT=bare BILLETS_SERVER=ws://bare:1/tickets",
      })
  void aChildGoesTheSameWay(String flag, String named, String variable, String expected)
      throws IOException {
    file(CONTEXTS);
    server = flag;
    context = named;
    variable("BILLETS_CONTEXT", variable);
    variable("BILLETS_TOKEN", "env");
    Map<String, String> added = all().forChildren();
    List<String> lines = new ArrayList<>();
    new TreeMap<>(added).forEach((name, value) -> lines.add(name + "=" + value));
    assertEquals(expected, String.join(" ", lines));
    ClientSettings parent = settings();
    server = null;
    context = null;
    environment.putAll(added);
    assertEquals(parent.servers(), settings().servers());
    assertEquals(parent.token().token(), settings().token().token());
  }

  @Test
  void aServerThatCannotBeReadNamesWhereItStands() {
    environment.put("BILLETS_SERVER", "http://x");
    SettingsException wrong = assertThrows(SettingsException.class, this::settings);
    assertTrue(wrong.getMessage().startsWith("BILLETS_SERVER: "), wrong.getMessage());
    server = "http://y";
    wrong = assertThrows(SettingsException.class, this::settings);
    assertTrue(wrong.getMessage().startsWith("--server: "), wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "      , no , no , from-home",
    "      , no , yes, from-xdg",
    "      , yes, yes, from-file",
    "' env ', yes, yes, env",
    "''    , yes, no , from-file"
  })
  void theTokenWithoutAContext(String variable, String file, String xdg, String expected) {
    variable("BILLETS_TOKEN", variable);
    if (file.equals("yes")) {
      environment.put("BILLETS_TOKEN_FILE", home.resolve("token").toString());
    }
    if (xdg.equals("yes")) {
      environment.put("XDG_STATE_HOME", home.resolve("xdg").toString());
    }
    assertEquals(expected, settings().token().token());
  }

  @Test
  void aRelativeFolderIsNone() throws IOException {
    environment.put("XDG_STATE_HOME", "xdg");
    environment.put("XDG_CONFIG_HOME", "xdg");
    assertEquals("from-home", settings().token().token());
    assertEquals(home.resolve(".config/billets/config.toml"), all().file().path());
    environment.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    write("xdg/billets/config.toml", "server = \"xdg:1\"");
    assertEquals("[ws://xdg:1/tickets]", settings().servers().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "127.0.0.1:9, true",
    "ws://[::1]:9, true",
    "'127.0.0.1,localhost', true",
    "example.org, false",
    "'127.0.0.1,example.org', false",
    "127.0.0.1.example.org, false"
  })
  void theLocalTokenStaysOnThisMachine(String flag, boolean local) {
    server = flag;
    if (local) {
      assertEquals("from-home", settings().token().token());
    } else {
      assertTrue(refused().contains("BILLETS_TOKEN_FILE"));
    }
  }

  @Test
  void withoutALocalTokenTheServerIsAskedAllTheSame() {
    environment.put("XDG_STATE_HOME", home.resolve("nowhere").toString());
    assertEquals("", settings().token().token());
  }

  @Test
  void aTokenFileThatSaysNothingIsRefused() throws IOException {
    environment.put("BILLETS_TOKEN_FILE", home.resolve("absent").toString());
    assertTrue(refused().contains("there is no file " + home.resolve("absent")));
    environment.put("BILLETS_TOKEN_FILE", home.resolve("empty").toString());
    assertTrue(refused().contains("is empty"));
    environment.put("BILLETS_TOKEN_FILE", home.toString());
    assertTrue(refused().contains("cannot be read"));
    write("words", "secret words\nand more\n");
    environment.put("BILLETS_TOKEN_FILE", home.resolve("words").toString());
    assertTrue(refused().contains("is no token"));
    assertFalse(refused().contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "rw-------, false",
    "r--------, false",
    "rw-r-----, true",
    "rw----r--, true",
    "rw--w--w-, false"
  })
  void aTokenThatOthersCanReadIsToldOnce(String mode, boolean told) throws IOException {
    Path token = home.resolve(".config/billets/work.token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString(mode));
    file(CONTEXTS);
    context = "work";
    ClientSettings settings = settings();
    assertEquals("from-work", settings.token().token());
    assertEquals("from-work", settings.token().token());
    assertEquals(told ? 1 : 0, warnings.size());
    assertTrue(
        warnings.stream().allMatch(said -> said.contains("chmod 600 " + token)),
        warnings::toString);
    assertFalse(warnings.toString().contains("from-work"));
  }

  @Test
  void theFileIsReadOnceAndWhereItIsNotNeededNotAtAll() throws IOException {
    file("this is no TOML");
    context = "work";
    Settings broken = all();
    assertEquals("work", broken.contextName());
    assertEquals(ColourChoice.NEVER, broken.colour(ColourChoice.NEVER));
    file(CONTEXTS);
    Settings read = all();
    assertEquals("from-work", read.connection().token().token());
    file("this is no TOML");
    assertEquals("from-work", read.connection().token().token());
    assertTrue(assertThrows(SettingsException.class, broken::config).inFile());
  }
}
