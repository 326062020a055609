package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.lesbillets.cli.config.SettingsException.Place;

/**
 * A table that {@link PlainToml} has read. It does not know where its keys stand: who has something
 * to say of one reads the file with the library.
 */
record PlainTable(Map<String, Object> values) implements FileTable {

  /** Thrown instead of a sentence about a key. */
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
