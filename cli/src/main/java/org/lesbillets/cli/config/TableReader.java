package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lesbillets.model.query.Spelling;

/**
 * Reader of a table of the file, key by key, with a check at the end that no key is left over; an
 * error message names its place and suggests the key that may have been meant. Confined to one
 * thread.
 *
 * @param what the table is, as in "the context 'work'"
 */
record TableReader(Path file, FileTable table, String what) {

  /** Parser of a value; an IllegalArgumentException says what to write instead. */
  interface Parse<T> extends Function<String, T> {}

  /**
   * @throws SettingsException if there is another key
   */
  TableReader only(String... keys) {
    for (String key : table.keys()) {
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
    return SettingsException.at(table.place(file, key), sentence);
  }

  boolean isEmpty() {
    return table.keys().isEmpty();
  }

  private Object value(String key) {
    return table.value(key);
  }

  boolean has(String key) {
    return value(key) != null;
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
    int all = 0;
    if (value instanceof List<?> list) {
      all = list.size();
      for (Object one : list) {
        if (one instanceof String text) {
          texts.add(text);
        }
      }
    }
    if (texts.isEmpty() || texts.size() < all) {
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
    if (value != null && !(value instanceof FileTable)) {
      String header = innerWhat.startsWith("[") ? innerWhat : "[" + key + "]";
      throw wrong(key, "'" + key + "' is a table: write it as " + header);
    }
    return new TableReader(file, value == null ? new PlainTable() : (FileTable) value, innerWhat);
  }

  /** The tables of a list in this one. */
  List<TableReader> each(String key, String innerWhat) {
    Object value = value(key);
    List<TableReader> tables = new ArrayList<>();
    int all = value == null ? 0 : -1;
    if (value instanceof List<?> list) {
      all = list.size();
      for (Object one : list) {
        if (one instanceof FileTable inner) {
          tables.add(new TableReader(file, inner, innerWhat + (tables.size() + 1)));
        }
      }
    }
    if (tables.size() != all) {
      throw wrong(key, "'" + key + "' is a list of tables, each under [[" + key + "]]");
    }
    return tables;
  }
}
