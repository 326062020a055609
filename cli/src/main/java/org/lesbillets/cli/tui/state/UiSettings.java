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
 * What a live view goes by from its beginning.
 *
 * @param views the saved views, in the order of their keys; at most 9
 * @param start what the list shows first: the opening view
 * @param bell whether it may ring
 * @param verbs for each verb of billets, its options, and {@link #QUERY} and {@link #REF} if it
 *     takes these; for completion
 * @param context the name of the context in use, or null
 * @param zone the time zone people live in
 */
public record UiSettings(
    KeyMap keys,
    List<Filter> views,
    Filter start,
    boolean bell,
    Map<String, List<String>> verbs,
    String context,
    ZoneId zone) {
  /** Stands among the options of a verb that takes a query. */
  public static final String QUERY = "QUERY";

  /** Stands among the options of a verb that takes tickets. */
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

  /** All views one can go to: the opening view, and the saved ones behind it. */
  public List<Filter> listedViews() {
    List<Filter> listed = new ArrayList<>(views);
    listed.add(0, start);
    return listed;
  }

  /** Whether a verb is not run inside the view: it wants the terminal, or never ends. */
  public static boolean isExternal(String verb) {
    return EXTERNAL.contains(verb);
  }

  /** The words that do something in the command line of the view, sorted. */
  public Set<String> localWords() {
    Set<String> words = new TreeSet<>(verbs.keySet());
    words.removeAll(EXTERNAL);
    words.addAll(List.of("quit", "help", "edit"));
    return words;
  }
}
