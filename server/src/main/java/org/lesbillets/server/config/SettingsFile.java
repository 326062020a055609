package org.lesbillets.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.place.UserDirectories;
import org.lesbillets.model.query.Spelling;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/**
 * Parser of the server's TOML file, whose keys are the settings: collects all its problems, at most
 * 1 MiB. For one thread.
 */
final class SettingsFile {
  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final UserDirectories folders;
  private final List<SettingProblem> problems;
  private TomlParseResult toml;

  private SettingsFile(Path file, UserDirectories folders, List<SettingProblem> problems) {
    this.file = file;
    this.folders = folders;
    this.problems = problems;
  }

  /**
   * Reads the file.
   *
   * @param given the values found, by key
   * @param problems those found
   */
  static void read(
      Path file,
      List<ServerSetting> settings,
      Map<String, GivenSetting> given,
      List<SettingProblem> problems) {
    SettingsFile reader = new SettingsFile(file, UserDirectories.ofProcess(), problems);
    String text = reader.text();
    if (text != null) {
      reader.parse(text);
      reader.collect(settings, given);
    }
  }

  /** Null after a problem. */
  private String text() {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > MAX_BYTES) {
        return wrong("is longer than 1 MiB: is it the right file?");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      return wrong("is not there: name another file with --config, or write this one");
    } catch (CharacterCodingException e) {
      return wrong("is not UTF-8 text: write it as UTF-8");
    } catch (IOException e) {
      return wrong("cannot be read: check what it is and who may read it");
    }
  }

  private String wrong(String sentence) {
    problems.add(new SettingProblem(file, 0, 0, sentence));
    return null;
  }

  private void parse(String text) {
    toml = Toml.parse(text);
    for (TomlParseError error : toml.errors()) {
      wrong(error.position(), "this is no TOML: " + error.getMessage());
    }
  }

  private void wrong(TomlPosition at, String sentence) {
    problems.add(new SettingProblem(file, at.line(), at.column(), sentence));
  }

  private void collect(List<ServerSetting> settings, Map<String, GivenSetting> given) {
    List<String> keys = settings.stream().map(ServerSetting::key).toList();
    for (String key : toml.keySet()) {
      int index = keys.indexOf(key);
      if (index < 0) {
        wrong(position(key), Spelling.unknown("setting", key, keys));
      } else {
        collect(settings.get(index), given);
      }
    }
  }

  private TomlPosition position(String key) {
    return toml.inputPositionOf(List.of(key));
  }

  private void collect(ServerSetting setting, Map<String, GivenSetting> given) {
    TomlPosition at = position(setting.key());
    try {
      List<String> texts = texts(setting, toml.get(List.of(setting.key())));
      SettingSource source =
          new SettingSource(SettingSource.Kind.FILE, file + ", line " + at.line());
      given.put(setting.key(), new GivenSetting(setting, source, texts, setting.value(texts)));
    } catch (IllegalArgumentException e) {
      wrong(at, setting.key() + ": " + e.getMessage());
    }
  }

  private List<String> texts(ServerSetting setting, Object value) {
    if (setting.isRepeatable() && value instanceof TomlArray array) {
      List<String> texts = new ArrayList<>();
      for (Object one : array.toList()) {
        texts.add(text(setting, one));
      }
      return texts;
    }
    return List.of(text(setting, value));
  }

  private String text(ServerSetting setting, Object value) {
    if (setting.isFlag()) {
      return checked(value instanceof Boolean, value, "it is true or false, without quotes");
    }
    if (setting.isNumber()) {
      return checked(value instanceof Long, value, "it is a whole number, without quotes");
    }
    String form =
        setting.isRepeatable()
            ? "it is a text between quotes, or a list of them in brackets"
            : "it is a text: write it between quotes";
    String text = checked(value instanceof String, value, form);
    return setting.isPath() ? path(text) : text;
  }

  private static String checked(boolean rightType, Object value, String form) {
    if (!rightType) {
      throw new IllegalArgumentException(form);
    }
    return value.toString();
  }

  /** Relative to the folder of the file, so that it is the same one from everywhere. */
  private String path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("there is no path: name the file or directory");
    }
    try {
      return file.toAbsolutePath().resolveSibling(folders.path(text)).normalize().toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + text + "' is no path", e);
    }
  }
}
