package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lesbillets.cli.config.SettingsException.Place;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** A table that the TOML library has parsed. Immutable. */
record TomlFileTable(TomlTable table) implements FileTable {
  @Override
  public Set<String> keys() {
    return table.keySet();
  }

  @Override
  public Object value(String key) {
    return value(table.get(List.of(key)));
  }

  private static Object value(Object value) {
    if (value instanceof TomlTable inner) {
      return new TomlFileTable(inner);
    }
    if (value instanceof TomlArray array) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        values.add(value(array.get(i)));
      }
      return values;
    }
    return value;
  }

  @Override
  public Place place(Path file, String key) {
    TomlPosition position = table.inputPositionOf(List.of(key));
    return new Place(file, position.line(), position.column());
  }
}
