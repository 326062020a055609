package org.lesbillets.cli.tui.state;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.state.list.Filter;

/**
 * The settings of a live view. Immutable.
 *
 * @param views the saved views, in the order of their keys; at most 9
 * @param start the opening view
 * @param bell whether the bell is on at first
 * @param verbs for each verb of billets, its options, and {@link #QUERY} and {@link #REF} if it
 *     takes these; for completion
 * @param context the name of the context in use, or null
 * @param zone the time zone for display
 */
public record UiSettings(
    KeyMap keys,
    List<Filter> views,
    Filter start,
    boolean bell,
    Map<String, List<String>> verbs,
    String context,
    ZoneId zone) {
  /** Marks a verb that takes a query. */
  public static final String QUERY = "QUERY";

  /** Marks a verb that takes tickets. */
  public static final String REF = "REF";

  private static final Set<String> EXTERNAL =
      Set.of("tui", "edit", "watch", "wait", "batch", "bench", "import", "completion");

  public UiSettings {
    Objects.requireNonNull(keys, "keys");
    views = List.copyOf(views);
    Objects.requireNonNull(start, "start");
    verbs = Map.copyOf(verbs);
    Objects.requireNonNull(zone, "zone");
  }

  /** All views: the opening view, then the saved ones. */
  public List<Filter> listedViews() {
    List<Filter> listed = new ArrayList<>(views);
    listed.add(0, start);
    return listed;
  }

  /** Whether a verb is not run inside the view: it wants the terminal, or never ends. */
  public static boolean isExternal(String verb) {
    return EXTERNAL.contains(verb);
  }

  /** The words that the command line executes, sorted. */
  public Set<String> localWords() {
    Set<String> words = new TreeSet<>(verbs.keySet());
    words.removeAll(EXTERNAL);
    words.addAll(List.of("quit", "help", "edit"));
    return words;
  }
}
