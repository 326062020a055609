package org.lesbillets.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.lesbillets.model.place.NoHomeException;
import org.lesbillets.model.place.UserDirectories;
import org.lesbillets.model.query.Spelling;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The values of settings beside the command line: the environment wins over the file. Whatever has
 * problems is not used at all. Immutable; read by the main thread, and again at SIGHUP.
 */
public final class ServerSettings {
  /** The variable that names the file; empty for none. */
  public static final String FILE_VARIABLE = "BILLETS_SERVER_CONFIG";

  private static final Path SYSTEM_FILE = Path.of("/etc/billets-server/config.toml");

  /** Variables of the launchers, whose names are as near to a setting's as a mistyped one. */
  private static final List<String> OTHER_VARIABLES =
      List.of(FILE_VARIABLE, "BILLETS_SERVER_JAVA_OPTS", "BILLETS_SERVER_PROGRAM");

  private final Path file;
  private final Map<String, String> environment;
  private final List<ServerSetting> settings;
  private final Map<String, GivenSetting> given = new HashMap<>();
  private final List<SettingProblem> problems = new ArrayList<>();

  private ServerSettings(Path file, Map<String, String> environment, List<ServerSetting> settings) {
    this.file = file;
    this.environment = environment;
    this.settings = settings;
  }

  /**
   * Reads the environment and the file.
   *
   * @param serve the command whose options are the settings
   * @param named the file of {@code --config}; null for the usual one, which may be missing
   */
  public static ServerSettings read(
      CommandSpec serve, Path named, Map<String, String> environment) {
    ServerSettings read =
        new ServerSettings(
            named == null ? usualFile(environment) : named, environment, ServerSetting.of(serve));
    if (read.file != null) {
      SettingsFile.read(read.file, read.settings, read.given, read.problems);
    }
    read.settings.forEach(read::ofEnvironment);
    read.lookForMistypedVariables();
    return read;
  }

  /** The places of the file when no option names it; the first that can be read counts. */
  public static List<Path> usualFiles(Map<String, String> environment) {
    Path home = UserDirectories.homeOfAccount();
    try {
      Path own = new UserDirectories(environment, home).config().resolve("server.toml");
      return List.of(own, SYSTEM_FILE);
    } catch (NoHomeException e) {
      return List.of(SYSTEM_FILE);
    }
  }

  /** Null for none. */
  private static Path usualFile(Map<String, String> environment) {
    String named = environment.get(FILE_VARIABLE);
    if (named != null) {
      return named.isEmpty() ? null : Path.of(named);
    }
    return usualFiles(environment).stream().filter(Files::isReadable).findFirst().orElse(null);
  }

  private void ofEnvironment(ServerSetting setting) {
    String text = environment.get(setting.variable());
    if (text == null) {
      return;
    }
    List<String> texts = setting.isRepeatable() ? list(text) : List.of(text);
    try {
      SettingSource source = new SettingSource(SettingSource.Kind.ENVIRONMENT, setting.variable());
      given.put(setting.key(), new GivenSetting(setting, source, texts, setting.value(texts)));
    } catch (IllegalArgumentException e) {
      problems.add(SettingProblem.ofEnvironment(setting.variable() + ": " + e.getMessage()));
    }
  }

  /** Without the empty ones, so that an empty variable takes all values of the file away. */
  private static List<String> list(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  private void lookForMistypedVariables() {
    List<String> known = new ArrayList<>(OTHER_VARIABLES);
    settings.forEach(setting -> known.add(setting.variable()));
    Set<String> set = new TreeSet<>(environment.keySet());
    set.removeIf(name -> !name.startsWith("BILLETS_SERVER_") || known.contains(name));
    for (String name : set) {
      if (Spelling.nearest(name, known) != null) {
        String sentence = Spelling.unknown("variable", name, known);
        problems.add(SettingProblem.ofEnvironment(sentence));
      }
    }
  }

  /** The file that was read; null for none. */
  public Path file() {
    return file;
  }

  /** What is wrong, the file's first. */
  public List<SettingProblem> problems() {
    return List.copyOf(problems);
  }

  /** All settings, by key, with what they are when no option is given. */
  public List<GivenSetting> all() {
    return settings.stream().map(this::valued).toList();
  }

  private GivenSetting valued(ServerSetting setting) {
    GivenSetting known = given.get(setting.key());
    Object usual = setting.option().initialValue();
    return known != null
        ? known
        : new GivenSetting(setting, SettingSource.DEFAULT, ServerSetting.texts(usual), usual);
  }

  /**
   * Sets the options of a command that are settings and were not given. The file is read only where
   * there are any, so that {@code verify --data DIR} works beside a broken one.
   *
   * @throws InvalidSettingsException if anything is wrong with the environment or the file
   */
  public static void applyTo(ParseResult verb) {
    CommandSpec command = verb.commandSpec();
    List<String> keys = ServerSetting.of(command.root()).stream().map(ServerSetting::key).toList();
    boolean wanted =
        command.options().stream()
            .anyMatch(
                option ->
                    keys.contains(new ServerSetting(option).key())
                        && !verb.hasMatchedOption(option));
    if (wanted && command.findOption(ConfigOption.NAME) != null) {
      valid(command).apply(command, verb);
    }
  }

  private static ServerSettings valid(CommandSpec command) {
    Path named = command.findOption(ConfigOption.NAME).getValue();
    ServerSettings settings = read(command.root(), named, System.getenv());
    if (!settings.problems.isEmpty()) {
      throw new InvalidSettingsException(command.commandLine(), settings.problems);
    }
    return settings;
  }

  /**
   * The settings that are no longer as the options in effect are, but for those that were given.
   *
   * @throws InvalidSettingsException if anything is wrong with the file
   */
  public static List<GivenSetting> changes(CommandSpec serve, ParseResult parsed) {
    List<GivenSetting> changes = new ArrayList<>();
    for (GivenSetting now : valid(serve).all()) {
      OptionSpec option = serve.findOption(now.setting().option().longestName());
      boolean same =
          ServerSetting.texts(option.getValue()).equals(ServerSetting.texts(now.value()));
      if (!same && !parsed.hasMatchedOption(option)) {
        changes.add(now);
      }
    }
    return changes;
  }

  /** Sets one option of a command. */
  public static void take(CommandSpec serve, GivenSetting setting) {
    serve.findOption(setting.setting().option().longestName()).setValue(setting.value());
  }

  /** Sets the options of a command that are settings and were not given. */
  public void apply(CommandSpec command, ParseResult parsed) {
    for (OptionSpec option : command.options()) {
      GivenSetting known = given.get(new ServerSetting(option).key());
      if (known != null && !parsed.hasMatchedOption(option)) {
        option.setValue(known.value());
      }
    }
  }
}
