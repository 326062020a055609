package org.lesbillets.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lesbillets.model.DurationText;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * One setting: an option of {@code serve}, which is a key of the file and a variable of the
 * environment, too. Immutable.
 */
public record ServerSetting(OptionSpec option) {
  private static final String DASHES = "--";
  private static final String VARIABLES = "BILLETS_SERVER_";

  /** Options that are no settings: one names the file, the other accepts one loss, once. */
  private static final Set<String> NO_SETTINGS = Set.of(ConfigOption.NAME, "--accept-loss");

  /** Those of a command that serves, by key. */
  public static List<ServerSetting> of(CommandSpec serve) {
    return serve.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .filter(option -> !NO_SETTINGS.contains(option.longestName()))
        .map(ServerSetting::new)
        .sorted(Comparator.comparing(ServerSetting::key))
        .toList();
  }

  /** The name in the file: {@code tls_cert}. */
  public String key() {
    return option.longestName().substring(DASHES.length()).replace('-', '_');
  }

  /** The name in the environment: {@code BILLETS_SERVER_TLS_CERT}. */
  public String variable() {
    return VARIABLES + key().toUpperCase(Locale.ROOT);
  }

  /** The option with its parameter: {@code --port N}. */
  public String form() {
    return option.longestName() + (isFlag() ? "" : " " + option.paramLabel());
  }

  /** Whether it takes several values, a list in the file. */
  public boolean isRepeatable() {
    return option.isMultiValue();
  }

  boolean isFlag() {
    return is(Boolean.class, boolean.class);
  }

  boolean isNumber() {
    return option.converters().length == 0 && is(Integer.class, int.class, Long.class, long.class)
        || is(Integer.class, int.class);
  }

  boolean isPath() {
    return is(Path.class);
  }

  private boolean is(Class<?>... types) {
    return List.of(types).contains(option.auxiliaryTypes()[0]);
  }

  /**
   * The value of the option that these texts mean.
   *
   * @throws IllegalArgumentException if they mean none; the message says why
   */
  Object value(List<String> texts) {
    OptionSpec copy =
        OptionSpec.builder("--it")
            .type(option.type())
            .auxiliaryTypes(option.auxiliaryTypes())
            .converters(option.converters())
            .build();
    try {
      new CommandLine(CommandSpec.create().addOption(copy))
          .parseArgs(texts.stream().map(text -> "--it=" + text).toArray(String[]::new));
    } catch (ParameterException e) {
      boolean refused = e.getCause() instanceof TypeConversionException;
      throw new IllegalArgumentException((refused ? e.getCause() : e).getMessage(), e);
    }
    return copy.getValue();
  }

  /** How a value is written, each of them where it takes several. */
  public static List<String> texts(Object value) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof Collection<?> many) {
      return many.stream().flatMap(one -> texts(one).stream()).toList();
    }
    return List.of(value instanceof Duration duration ? DurationText.format(duration) : "" + value);
  }

  /** What stands in TOML behind the key and the equals sign. */
  public String toml(List<String> texts) {
    if (isRepeatable()) {
      return "[" + String.join(", ", texts.stream().map(ServerSetting::quoted).toList()) + "]";
    }
    String text = texts.isEmpty() ? option.fallbackValue() : texts.get(0);
    return isFlag() || isNumber() ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == '\u007f') {
        quoted.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
      } else {
        quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
