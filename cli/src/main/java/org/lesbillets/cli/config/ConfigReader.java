package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.ServerTrust;
import org.lesbillets.cli.output.ColourChoice;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.cli.tui.screen.AnsiColour;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Tone;
import org.lesbillets.model.place.UserDirectories;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;

/**
 * Parser of the file. Immutable; any thread.
 *
 * @param folders with what {@code ~} at the beginning of a path stands for
 */
record ConfigReader(Path file, UserDirectories folders) {
  private static final int MOST_VIEWS = 9;
  private static final Duration LEAST_ESCAPE = Duration.ofMillis(5);
  private static final Duration MOST_ESCAPE = Duration.ofSeconds(2);

  /**
   * @throws SettingsException if it is no TOML, or makes no sense
   */
  Config read(String text) {
    FileTable plain = PlainToml.read(text);
    if (plain != null) {
      try {
        return config(plain);
      } catch (PlainTable.PlaceUnknownException e) {
        // A parse error, and the library knows where.
      }
    }
    return config(new TomlFileTable(parsed(text, TomlParseOptions.sourceless())));
  }

  private Config config(FileTable table) {
    TableReader all = new TableReader(file, table, "the file");
    all.only("context", "server", "ca_file", "server_user", "timeout", "color", "contexts", "tui");
    List<ServerAddress> servers = servers(all);
    return new Config(
        servers == null ? List.of() : servers,
        trust(all),
        all.parsed("timeout", Durations::parse),
        all.parsed("color", ColourChoice::parse),
        all.parsed("context", ContextName::checked),
        contexts(all.inner("contexts", "contexts")),
        all.has("tui") ? tui(all.inner("tui", "[tui]")) : TuiSettings.USUAL);
  }

  /**
   * @throws SettingsException if it is no TOML
   */
  private TomlParseResult parsed(String text, TomlParseOptions options) {
    TomlParseResult parsed = Toml.parse(text, options);
    if (parsed.hasErrors()) {
      TomlParseError first = parsed.errors().get(0);
      throw SettingsException.at(
          new SettingsException.Place(file, first.position().line(), first.position().column()),
          "this is no TOML: " + first.getMessage() + ". Mend the line, or move the file away");
    }
    return parsed;
  }

  /** A mistake at a key, with its place; without one if the key is not there any more. */
  SettingsException wrong(String text, List<String> tables, String key, String sentence) {
    FileTable table = new TomlFileTable(parsed(text, TomlParseOptions.sourceless()));
    for (String name : tables) {
      if (!(table.value(name) instanceof FileTable inner)) {
        return new SettingsException(file + ": " + sentence);
      }
      table = inner;
    }
    return table.value(key) == null
        ? new SettingsException(file + ": " + sentence)
        : SettingsException.at(table.place(file, key), sentence);
  }

  /**
   * The text after a change that alters nothing else.
   *
   * @throws SettingsException if there is none
   */
  String edited(String before, ConfigEdit edit, Config wanted) {
    TomlParseResult all = parsed(before, TomlParseOptions.defaults());
    try {
      edit.write(all);
      String after = all.toToml();
      if (read(after).equals(wanted)) {
        return after;
      }
    } catch (SettingsException | IllegalArgumentException e) {
      throw unsafe(e);
    }
    throw unsafe(null);
  }

  private SettingsException unsafe(Exception cause) {
    return SettingsException.of(
        file, "is written in a way that cannot be changed safely: change it in an editor", cause);
  }

  private static List<ServerAddress> servers(TableReader table) {
    List<String> texts = table.texts("server");
    return texts == null
        ? null
        : table.meant("server", () -> ServerAddress.parseAll(String.join(",", texts)));
  }

  private Map<String, ContextSettings> contexts(TableReader tables) {
    Map<String, ContextSettings> contexts = new LinkedHashMap<>();
    for (String name : tables.table().keys()) {
      tables.meant(name, () -> ContextName.checked(name));
      TableReader table = tables.inner(name, "the context '" + name + "'");
      if (table.has("token")) {
        throw table.wrong(
            "token",
            "a token does not stand here: put it into a file that only you may read, and name that"
                + " as token_file");
      }
      table.only("server", "ca_file", "server_user", "token_file", "token_command", "timeout");
      if (!table.has("server")) {
        throw tables.wrong(name, table.what() + " names no server: add server = \"HOST:PORT\"");
      }
      contexts.put(name, context(table));
    }
    return contexts;
  }

  private ContextSettings context(TableReader table) {
    List<ServerAddress> servers = servers(table);
    Path tokenFile = table.parsed("token_file", this::path);
    TokenProgram command = command(table);
    return table.meant(
        command == null ? "server" : "token_command",
        () ->
            new ContextSettings(
                servers,
                tokenFile,
                command,
                table.parsed("timeout", Durations::parse),
                trust(table)));
  }

  private ServerTrust trust(TableReader table) {
    return new ServerTrust(table.parsed("ca_file", this::path), table.text("server_user"));
  }

  private static TokenProgram command(TableReader table) {
    List<String> words = table.texts("token_command");
    boolean shell = table.table().value("token_command") instanceof String;
    return words == null
        ? null
        : table.meant("token_command", () -> new TokenProgram(words, shell));
  }

  /** Relative to the folder of the file, so that it is the same one from everywhere. */
  private Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("there is no path: name the file");
    }
    return file.toAbsolutePath().resolveSibling(folders.path(text));
  }

  private static TuiSettings tui(TableReader table) {
    table.only("bell", "colors", "escape_timeout", "keys", "views");
    Map<String, List<String>> keys = new LinkedHashMap<>();
    TableReader spellings = table.inner("keys", "[tui.keys]");
    spellings.table().keys().forEach(action -> keys.put(action, spellings.texts(action)));
    List<TableReader> views = table.each("views", "the view ");
    if (views.size() > MOST_VIEWS) {
      throw table.wrong(
          "views", "there are keys for at most " + MOST_VIEWS + " views: take some away");
    }
    return new TuiSettings(
        views.stream().map(view -> view(view, table)).toList(),
        keys,
        table.flag("bell", true),
        palette(table.inner("colors", "[tui.colors]")),
        table.parsed("escape_timeout", ConfigReader::escapeTimeout));
  }

  private static Palette palette(TableReader table) {
    if (table.isEmpty()) {
      return null;
    }
    List<Tone> tones = new ArrayList<>(List.of(Tone.values()));
    tones.remove(Tone.PLAIN);
    List<String> keys = new ArrayList<>(tones.stream().map(Tone::wireName).toList());
    keys.add(0, "theme");
    table.only(keys.toArray(String[]::new));
    Palette theme = table.parsed("theme", Palette::theme);
    Palette palette = theme == null ? Palette.DARK : theme;
    for (Tone tone : tones) {
      AnsiColour colour = table.parsed(tone.wireName(), AnsiColour::parse);
      palette = colour == null ? palette : palette.with(tone, colour);
    }
    return palette;
  }

  private static Duration escapeTimeout(String text) {
    Duration timeout = Durations.parse(text);
    if (timeout.compareTo(LEAST_ESCAPE) < 0 || timeout.compareTo(MOST_ESCAPE) > 0) {
      throw new IllegalArgumentException("'" + text + "' is not between 5ms and 2s");
    }
    return timeout;
  }

  private static SavedView view(TableReader table, TableReader parent) {
    table.only("name", "query", "sort");
    for (String key : List.of("name", "query")) {
      if (!table.has(key)) {
        throw parent.wrong("views", table.what() + " has no " + key + ": add one");
      }
    }
    String sort = table.parsed("sort", text -> TicketOrder.parse(text).toString());
    return new SavedView(table.text("name"), table.parsed("query", ConfigReader::query), sort);
  }

  private static String query(String text) {
    try {
      return TicketQuery.parse(text).text();
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(
          "the query is wrong at its column " + e.column() + ": " + e.getMessage());
    }
  }
}
