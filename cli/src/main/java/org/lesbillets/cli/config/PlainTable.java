package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.lesbillets.cli.config.SettingsException.Place;

/**
 * A table that {@link PlainToml} has parsed. It keeps no positions: for an error message the file
 * is parsed again by the library.
 */
record PlainTable(Map<String, Object> values) implements FileTable {

  /** Control flow: the library has to parse the file. */
  static final class PlaceUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PlaceUnknownException() {
      super(null, null, false, false);
    }
  }

  PlainTable() {
    this(new LinkedHashMap<>());
  }

  @Override
  public Set<String> keys() {
    return values.keySet();
  }

  @Override
  public Object value(String key) {
    return values.get(key);
  }

  @Override
  public Place place(Path file, String key) {
    throw new PlaceUnknownException();
  }
}
