package org.lesbillets.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.output.ColourChoice;
import org.lesbillets.cli.tui.screen.AnsiColour;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Tone;
import org.lesbillets.model.place.UserDirectories;

class ConfigReaderTest {
  private static final Path FILE = Path.of("/home/alice/.config/billets/config.toml");

  private static Config read(String text) {
    return new ConfigReader(FILE, new UserDirectories(Map.of("HOME", "/home/alice"), null))
        .read(text);
  }

  @Test
  void aFileThatSaysNothing() {
    assertEquals(Config.NONE, read(""));
    assertEquals(Config.NONE, read("# later\n[contexts]\n[tui]\n[tui.keys]\n[tui.colors]\n"));
  }

  @Test
  void everyKey() {
    Config config =
        read(
            """
            context = "work"
            server = "a:1, b:2"
            timeout = "3s"
            color = "never"
            [contexts.work]
            server = ["wss://desk.example.org", "b:2"]
            token_file = "~/secret"
            timeout = "2m"
            [contexts.shell]
            server = "c"
            token_command = "pass show billets | head -1"
            [contexts."with.dot"]
            server = "d:4/path"
            token_command = ["pass", "show", "billets"]
            [contexts.near]
            server = "e"
            token_file = "near.token"
            [tui]
            bell = false
            escape_timeout = "250ms"
            [tui.colors]
            theme = "light"
            caution = "bright-magenta"
            [[tui.views]]
            name = "urgent"
            query = "priority:>=high status:open"
            sort = "-updated"
            [[tui.views]]
            name = "all"
            query = ""
            [tui.keys]
            next = ["j", "down"]
            quit = "q"
            """);
    assertEquals("work", config.currentContext());
    assertEquals(ServerAddress.parseAll("a:1,b:2"), config.servers());
    assertEquals(Duration.ofSeconds(3), config.timeout());
    assertEquals(ColourChoice.NEVER, config.colour());
    assertEquals(List.of("work", "shell", "with.dot", "near"), names(config));
    assertEquals(
        new ContextSettings(
            ServerAddress.parseAll("wss://desk.example.org,b:2"),
            Path.of("/home/alice/secret"),
            null,
            Duration.ofMinutes(2)),
        config.context("work"));
    assertEquals(
        List.of("/bin/sh", "-c", "pass show billets | head -1"),
        config.context("shell").tokenCommand().argv());
    assertEquals(
        List.of("pass", "show", "billets"), config.context("with.dot").tokenCommand().argv());
    assertEquals(FILE.resolveSibling("near.token"), config.context("near").tokenFile());
    assertEquals(
        new TuiSettings(
            List.of(
                new SavedView("urgent", "priority:>=high status:open", "-updated"),
                new SavedView("all", "", null)),
            Map.of("next", List.of("j", "down"), "quit", List.of("q")),
            false,
            Palette.LIGHT.with(Tone.CAUTION, AnsiColour.BRIGHT_MAGENTA),
            Duration.ofMillis(250)),
        config.tui());
    assertEquals(List.of("next", "quit"), List.copyOf(config.tui().keys().keySet()));
  }

  private static List<String> names(Config config) {
    return List.copyOf(config.contexts().keySet());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          context = | 1, 10 | this is no TOML: Unexpected end of input
          context = "x | 1, 13 | this is no TOML
          context "x" | 1, 9 | this is no TOML
          a = 1;a = 2 | 2, 1 | this is no TOML: a previously defined
          contxt = "x" | 1, 1 | there is no key 'contxt' in the file; did you mean 'context'?
          ;colour = "never" | 2, 1 | there is no key 'colour' in the file; did you mean 'color'?
          output = "json" | 1, 1 | there is no key 'output' in the file: there are context, server,
          context = 3 | 1, 1 | 'context' is a text: write it between quotes
          context = "a b" | 1, 1 | context: 'a b' is no name for a context
          timeout = "3" | 1, 1 | timeout: '3' is no duration
          timeout = "0s" | 1, 1 | timeout: '0s' is not between 1ms and 36500d
          color = "blue" | 1, 1 | color: 'blue' is not one of auto, always, never
          server = "http://x" | 1, 1 | server: 'http://x:7420/tickets' is no server address
          server = [] | 1, 1 | 'server' is a text between quotes, or a list of them in brackets
          server = 7 | 1, 1 | 'server' is a text between quotes, or a list of them in brackets
          server = ["a", 7] | 1, 1 | 'server' is a text between quotes, or a list of them
          contexts = 3 | 1, 1 | 'contexts' is a table: write it as [contexts]
          contexts.x = 3 | 1, 1 | 'x' is a table: write it as [x]
          [contexts];;[contexts.x] | 3, 1 | the context 'x' names no server: add server =
          [contexts."a b"];server="x" | 1, 1 | 'a b' is no name for a context
          [contexts.x];sever = "a" | 2, 1 | no key 'sever' in the context 'x'; did you mean
          [contexts.x];server = "a";token = "t" | 3, 1 | a token does not stand here: put it into
          [contexts.x];server = "a";token_file = " " | 3, 1 | token_file: there is no path
          [contexts.x];server = "a";token_command = "" | 3, 1 | token_command: there is no command
          [contexts.x];server = "a";token_command = 1 | 3, 1 | 'token_command' is a text between
          [contexts.x];server="a";token_file="f";token_command="c" | 4, 1 | take one of the two away
          [contexts.x];server = "a";timeout = 3 | 3, 1 | 'timeout' is a text
          [tui];bel = true | 2, 1 | there is no key 'bel' in [tui]; did you mean 'bell'?
          [tui];bell = "no" | 2, 1 | 'bell' is true or false, without quotes
          [tui];escape_timeout = 100 | 2, 1 | 'escape_timeout' is a text: write it between quotes
          [tui];escape_timeout = "0" | 2, 1 | escape_timeout: '0' is no duration
          [tui];escape_timeout = "4ms" | 2, 1 | escape_timeout: '4ms' is not between 5ms and 2s
          [tui];escape_timeout = "3s" | 2, 1 | escape_timeout: '3s' is not between 5ms and 2s
          [tui];escape_time = "1s" | 2, 1 | no key 'escape_time' in [tui]; did you mean 'escape_ti
          [tui];colors = "light" | 2, 1 | 'colors' is a table: write it as [tui.colors]
          [tui.colors];theme = "ligth" | 2, 1 | theme: there is no theme 'ligth': did you mean 'l
          [tui.colors];theme = "solarized" | 2, 1 | theme: there is no theme 'solarized': there are
          [tui.colors];cautoin = "red" | 2, 1 | no key 'cautoin' in [tui.colors]; did you mean 'cau
          [tui.colors];high = "red" | 2, 1 | there is no key 'high' in [tui.colors]: there are theme
          [tui.colors];alarm = "rde" | 2, 1 | alarm: there is no colour 'rde': did you mean 'red'?
          [tui.colors];mine = "bright_blue" | 2, 1 | mine: there is no colour 'bright_blue': did you
          [tui.colors];mine = "pink" | 2, 1 | mine: there is no colour 'pink': there are default, b
          [tui.colors];good = 3 | 2, 1 | 'good' is a text: write it between quotes
          [tui.keys];next = 3 | 2, 1 | 'next' is a text between quotes, or a list of them
          [tui.keys];next = [] | 2, 1 | 'next' is a text between quotes, or a list of them
          [tui];views = 3 | 2, 1 | 'views' is a list of tables, each under [[views]]
          [tui];views = [3] | 2, 1 | 'views' is a list of tables, each under [[views]]
          [[tui.views]];query = "" | 1, 1 | the view 1 has no name: add one
          [[tui.views]];name = "a" | 1, 1 | the view 1 has no query: add one
          [[tui.views]] | 1, 1 | the view 1 has no name: add one
          [[tui.views]];name="a";query="age:" | 3, 1 | query: the query is wrong at its column
          [[tui.views]];name="a";query="";sort="size" | 4, 1 | sort: there is no sorting by 'size'
          [[tui.views]];nam="a" | 2, 1 | there is no key 'nam' in the view 1; did you mean 'name'?
          """)
  void aMistakeIsNamedWithItsPlace(String text, String place, String sentence) {
    SettingsException wrong =
        assertThrows(SettingsException.class, () -> read(text.replace(';', '\n')));
    String where = FILE + ", line " + place.replace(", ", ", column ") + ": ";
    assertTrue(wrong.getMessage().startsWith(where), wrong.getMessage());
    assertTrue(wrong.getMessage().contains(sentence), wrong.getMessage());
    assertTrue(wrong.inFile());
  }

  @Test
  void aColourAloneIsOneOfTheDarkTheme() {
    assertEquals(Palette.DARK, read("[tui.colors]\ntheme = \"dark\"").tui().palette());
    assertEquals(
        Palette.DARK.with(Tone.QUIET, AnsiColour.BRIGHT_BLACK),
        read("[tui.colors]\nquiet = \"bright-black\"").tui().palette());
    assertNull(read("[tui]\nbell = true").tui().palette());
  }

  @Test
  void thereAreKeysForNineViews() {
    String view = "[[tui.views]]\nname = \"a\"\nquery = \"\"\n";
    assertEquals(9, read(view.repeat(9)).tui().views().size());
    SettingsException wrong = assertThrows(SettingsException.class, () -> read(view.repeat(10)));
    assertTrue(wrong.getMessage().contains("at most 9 views"), wrong.getMessage());
  }

  @Test
  void aTokenInAMistakeIsNotRepeated() {
    String token = "blt_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    for (String line :
        List.of("token = \"" + token + "\"", "token_command = \"echo " + token + "\"")) {
      SettingsException wrong =
          assertThrows(
              SettingsException.class, () -> read("[contexts.x]\nserver = \"a\"\n" + line));
      assertTrue(wrong.getMessage().contains("file that only you may read"), wrong.getMessage());
      assertEquals(-1, wrong.getMessage().indexOf("blt_"), wrong.getMessage());
    }
  }
}
