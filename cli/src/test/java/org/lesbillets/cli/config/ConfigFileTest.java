package org.lesbillets.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.place.UserDirectories;

/** What people wrote in the file stays as they wrote it. */
class ConfigFileTest {
  private static final String WRITTEN =
      """
      # mine

      context = "work"   # the usual one
      timeout='20s'

      # the desk
      [contexts.work]   # of the office
        server = "a:1"  # in the cellar
        token_file = '~/work.token'

      # at home
      [contexts.home]
      server = "b:1"

      # how it looks
      [tui]
      bell=false
      """;

  private static final ContextSettings NEW =
      new ContextSettings(ServerAddress.parseAll("c:3"), Path.of("/t"), null, null);

  @TempDir Path home;
  private ConfigFile file;

  @BeforeEach
  void file() {
    file = new ConfigFile(new UserDirectories(Map.of(), home));
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.path().getParent());
    Files.writeString(file.path(), text);
  }

  private String text() throws IOException {
    return Files.readString(file.path());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private List<String> neighbours() throws IOException {
    try (Stream<Path> files = Files.list(file.path().getParent())) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void addingAltersNothingElse() throws IOException {
    write(WRITTEN);
    file.change(new ConfigEdit.Add("new", NEW, false));
    String added =
        """

        [contexts.new]
        server = "ws://c:3/tickets"
        token_file = "/t"
        """;
    assertEquals(WRITTEN + added, text());
    assertEquals(List.of("config.toml"), neighbours());
  }

  @Test
  void usingAltersOneLine() throws IOException {
    write(WRITTEN);
    file.change(new ConfigEdit.Use("home"));
    assertEquals(WRITTEN.replace("context = \"work\"", "context = \"home\""), text());
    ConfigFile.Change same = file.change(new ConfigEdit.Use("home"));
    assertEquals(same.before(), same.after());
  }

  @Test
  void usingTheFirstTime() throws IOException {
    write("# servers\n[contexts.work]\nserver = \"a:1\"\n");
    file.change(new ConfigEdit.Use("work"));
    assertEquals("work", file.read().currentContext());
    assertTrue(text().contains("# servers\n[contexts.work]\nserver = \"a:1\"\n"), text());
  }

  @Test
  void replacingKeepsCommentsAndForgetsKeys() throws IOException {
    write(WRITTEN);
    file.change(new ConfigEdit.Add("work", withCommand(), true));
    String expected =
        WRITTEN
            .replace("\"a:1\"", "[\"ws://c:3/tickets\", \"ws://d:4/tickets\"]")
            .replace(
                "  token_file = '~/work.token'\n",
                "  token_command = [\"pass\", \"show\"]\n  timeout = \"4s\"\n");
    assertEquals(expected, text());
  }

  private static ContextSettings withCommand() {
    TokenProgram command = new TokenProgram(List.of("pass", "show"), false);
    return new ContextSettings(
        ServerAddress.parseAll("c:3,d:4"), null, command, Duration.ofSeconds(4));
  }

  @Test
  void removing() throws IOException {
    write(WRITTEN);
    file.change(new ConfigEdit.Remove("home"));
    assertEquals(WRITTEN.replace("# at home\n[contexts.home]\nserver = \"b:1\"\n\n", ""), text());
    ConfigFile.Change done = file.change(new ConfigEdit.Remove("work"));
    assertEquals("work", done.before().currentContext());
    assertEquals(null, file.read().currentContext());
    assertEquals("# mine\n\ntimeout='20s'\n\n# how it looks\n[tui]\nbell=false\n", text());
  }

  /** The one in use; what stands right above its line is often about the whole file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# my servers;#   by name;@# of w;[contexts.w];server='a'; | # my servers;#   by name;",
        "# mine;@;# of w;[contexts.w];server='a';# of v;[contexts.v];server='b';"
            + " | # mine;;# of v;[contexts.v];server='b';",
        "timeout='9s';# w;@;[contexts.w];server='a';;[tui];bell=true;"
            + " | timeout='9s';# w;;[tui];bell=true;",
      })
  void removingTheOneInUseKeepsTheCommentAboveItsLine(String before, String after)
      throws IOException {
    write(before.replace("@", "context='w' # the usual one;").replace(';', '\n'));
    file.change(new ConfigEdit.Remove("w"));
    assertEquals(after.replace(';', '\n'), text());
    assertEquals(null, file.read().currentContext());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "contexts.old.server = 'a'",
        "contexts = { old = { server = 'a' } }",
        "[contexts]\nold = { server = 'a' } # inline\n",
        "[contexts.old]\r\nserver = 'a'\r\n",
        "[contexts.old]\nserver = '''a'''",
        "[tui]\nbell = true\n[contexts.old]\nserver = \"a\"\n[tui.keys]\nx = 'y'\n"
      })
  void howeverItIsWritten(String written) throws IOException {
    write(written);
    Config before = file.read();
    file.change(new ConfigEdit.Add("new.one", NEW, false));
    file.change(new ConfigEdit.Use("new.one"));
    Config expected = before.withContext("new.one", NEW).withCurrent("new.one");
    assertEquals(expected, file.read());
    assertEquals(written.contains("# inline"), text().contains("# inline"));
    if (before.contexts().containsKey("old")) {
      file.change(new ConfigEdit.Remove("old"));
      assertEquals(expected.withoutContext("old"), file.read());
    }
    file.change(new ConfigEdit.Remove("new.one"));
    assertEquals(before.withoutContext("old"), file.read());
  }

  @Test
  void aNewFileIsItsOwners() throws IOException {
    assertEquals(Config.NONE, file.read());
    file.change(new ConfigEdit.Add("new", NEW, false));
    assertEquals("rw-------", mode(file.path()));
    assertEquals("rwx------", mode(file.path().getParent()));
    assertEquals(NEW, file.read().context("new"));
  }

  @Test
  void anOldOneKeepsItsMode() throws IOException {
    write(WRITTEN);
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
    file.change(new ConfigEdit.Use("home"));
    assertEquals("rw-r-----", mode(file.path()));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = Files.createDirectories(home.resolve("dotfiles")).resolve("billets.toml");
    Files.writeString(real, WRITTEN);
    Files.createDirectories(file.path().getParent());
    Files.createSymbolicLink(file.path(), Path.of("../../dotfiles/billets.toml"));
    file.change(new ConfigEdit.Use("home"));
    assertTrue(Files.isSymbolicLink(file.path()));
    assertTrue(Files.readString(real).contains("context = \"home\""));
    Files.delete(real);
    UncheckedIOException wrong =
        assertThrows(
            UncheckedIOException.class, () -> file.change(new ConfigEdit.Add("x", NEW, false)));
    assertTrue(wrong.getMessage().contains("a link to a file that is not there"));
    assertTrue(Files.isSymbolicLink(file.path()));
  }

  @Test
  void whatCannotBeWishedForChangesNothing() throws IOException {
    write(WRITTEN);
    refused("there is a context 'work' already", new ConfigEdit.Add("work", NEW, false));
    refused("there is no context 'hme'; did you mean 'home'?", new ConfigEdit.Use("hme"));
    refused("there is no context 'x': there are work, home", new ConfigEdit.Remove("x"));
    assertThrows(SettingsException.class, () -> new ConfigEdit.Add("a b", NEW, false));
    assertEquals(WRITTEN, text());
  }

  @Test
  void aFileWithAMistakeIsNotTouched() throws IOException {
    write(WRITTEN + "bel=true\n");
    refused("did you mean 'bell'?", new ConfigEdit.Use("home"));
    write("context = \n");
    refused("this is no TOML", new ConfigEdit.Add("x", NEW, false));
    assertEquals("context = \n", text());
    Files.write(file.path(), new byte[] {'#', (byte) 0xe9, '\n'});
    refused("is not UTF-8 text", new ConfigEdit.Add("x", NEW, false));
    write("#".repeat((1 << 20) + 1));
    refused("is longer than 1 MiB", new ConfigEdit.Add("x", NEW, false));
    Files.delete(file.path());
    Files.createDirectory(file.path());
    refused("cannot be read", new ConfigEdit.Add("x", NEW, false));
  }

  private void refused(String sentence, ConfigEdit edit) {
    SettingsException wrong = assertThrows(SettingsException.class, () -> file.change(edit));
    assertTrue(wrong.getMessage().contains(sentence), wrong.getMessage());
  }

  @Test
  void ofManyChangesAtOnceNoneIsLost() throws Exception {
    write(WRITTEN);
    int count = 24;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<ConfigFile.Change>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ConfigEdit edit = new ConfigEdit.Add("new" + i, NEW, false);
        ConfigFile mine = new ConfigFile(new UserDirectories(Map.of(), home));
        all.add(() -> mine.change(edit));
      }
      for (Future<ConfigFile.Change> done : threads.invokeAll(all)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(count + 2, new TreeSet<>(file.read().contexts().keySet()).size());
    assertTrue(text().startsWith(WRITTEN), text());
    assertEquals(List.of("config.toml"), neighbours());
    assertFalse(Files.exists(file.path().resolveSibling("config.lock")));
  }
}
