package org.lesbillets.cli.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.tui.screen.Palette;

/**
 * The settings of the live view. Immutable.
 *
 * @param views at most 9, in the order of their number keys; none where the usual ones are to do
 * @param keys for the names of actions, in the order of the file, how the keys are spelt that shall
 *     do them; neither the names nor the spellings are checked here
 * @param bell whether it may ring
 * @param palette null where nothing was said
 * @param escapeTimeout how long the rest of a key's sequence may take behind Escape; null where
 *     nothing was said
 */
public record TuiSettings(
    List<SavedView> views,
    Map<String, List<String>> keys,
    boolean bell,
    Palette palette,
    Duration escapeTimeout) {
  /** Where nothing was said. */
  public static final TuiSettings USUAL = new TuiSettings(List.of(), Map.of(), true, null, null);

  public TuiSettings {
    views = List.copyOf(views);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> key : keys.entrySet()) {
      copy.put(key.getKey(), List.copyOf(key.getValue()));
    }
    keys = Collections.unmodifiableMap(copy);
  }
}
