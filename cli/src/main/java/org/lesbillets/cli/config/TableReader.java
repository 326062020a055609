package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lesbillets.model.query.Spelling;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of the file, read key by key; every mistake is told with its place. Used by one thread.
 *
 * @param what the table is, as in "the context 'work'"
 */
record TableReader(Path file, TomlTable table, String what) {

  /** How a value's mistake is told: as an IllegalArgumentException, with what to write instead. */
  interface Parse<T> extends Function<String, T> {}

  /**
   * @throws SettingsException if there is another key
   */
  TableReader only(String... keys) {
    for (String key : table.keySet()) {
      if (!List.of(keys).contains(key)) {
        String near = Spelling.nearest(key, List.of(keys));
        String hint =
            near == null
                ? ": there are " + String.join(", ", keys)
                : "; did you mean '" + near + "'?";
        throw wrong(key, "there is no key '" + key + "' in " + what + hint);
      }
    }
    return this;
  }

  SettingsException wrong(String key, String sentence) {
    return wrong(table.inputPositionOf(List.of(key)), sentence);
  }

  private SettingsException wrong(TomlPosition position, String sentence) {
    return SettingsException.at(
        new SettingsException.Place(file, position.line(), position.column()), sentence);
  }

  boolean isEmpty() {
    return table.isEmpty();
  }

  private Object value(String key) {
    return table.get(List.of(key));
  }

  /** A text; null where there is none. */
  String text(String key) {
    return parsed(key, text -> text);
  }

  /** What a text means; null where there is none. */
  <T> T parsed(String key, Parse<T> parse) {
    Object value = value(key);
    if (value != null && !(value instanceof String)) {
      throw wrong(key, "'" + key + "' is a text: write it between quotes");
    }
    return value == null ? null : meant(key, () -> parse.apply((String) value));
  }

  boolean flag(String key, boolean usual) {
    Object value = value(key);
    if (value != null && !(value instanceof Boolean)) {
      throw wrong(key, "'" + key + "' is true or false, without quotes");
    }
    return value == null ? usual : (Boolean) value;
  }

  /** One text or a list of them; null where there is none. */
  List<String> texts(String key) {
    Object value = value(key);
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return List.of(text);
    }
    List<String> texts = new ArrayList<>();
    if (value instanceof TomlArray array) {
      array.toList().stream()
          .filter(String.class::isInstance)
          .forEach(text -> texts.add((String) text));
    }
    if (texts.isEmpty() || texts.size() < ((TomlArray) value).size()) {
      throw wrong(key, "'" + key + "' is a text between quotes, or a list of them in brackets");
    }
    return texts;
  }

  /** Something made of values that were read; its mistakes are the key's. */
  <T> T meant(String key, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw wrong(key, key + ": " + e.getMessage());
    }
  }

  /** A table in this one; an empty one where there is none. */
  TableReader inner(String key, String innerWhat) {
    Object value = value(key);
    if (value != null && !(value instanceof TomlTable)) {
      String header = innerWhat.startsWith("[") ? innerWhat : "[" + key + "]";
      throw wrong(key, "'" + key + "' is a table: write it as " + header);
    }
    return new TableReader(file, table.getTableOrEmpty(List.of(key)), innerWhat);
  }

  /** The tables of a list in this one. */
  List<TableReader> each(String key, String innerWhat) {
    Object value = value(key);
    List<TableReader> tables = new ArrayList<>();
    if (value instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof TomlTable table) {
          tables.add(new TableReader(file, table, innerWhat + (i + 1)));
        }
      }
    }
    if (value != null && (!(value instanceof TomlArray all) || tables.size() < all.size())) {
      throw wrong(key, "'" + key + "' is a list of tables, each under [[" + key + "]]");
    }
    return tables;
  }
}
