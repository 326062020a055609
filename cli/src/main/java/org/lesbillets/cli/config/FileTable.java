package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.util.Set;
import org.lesbillets.cli.config.SettingsException.Place;

/** A table of the file, parsed by either parser. Immutable; any thread. */
interface FileTable {
  /** In the order of the file. */
  Set<String> keys();

  /**
   * A String, a Boolean, a List of such values, a FileTable, or something of a type that no setting
   * has; null where there is nothing.
   */
  Object value(String key);

  /**
   * Where a key stands, for a sentence about it.
   *
   * @throws PlainTable.PlaceUnknownException if this reader does not know
   */
  Place place(Path file, String key);
}
