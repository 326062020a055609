package org.lesbillets.cli.tui.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.state.Mark;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TextLine.Kind;
import org.lesbillets.cli.tui.state.list.Filter;

/**
 * The help: every key binding, generated from the key map, so that none is missing; the marks of
 * the list; and the names of the actions in the configuration. Lines of at most {@value #COLUMNS}
 * cells. Pure.
 */
public final class HelpLines {
  static final int COLUMNS = 58;
  private static final int KEYS = 20;
  private static final String NO_KEY = "(no key)";

  private final KeyMap keys;
  private final Filter start;
  private final List<Filter> views;
  private final List<TextLine> lines = new ArrayList<>();

  private HelpLines(KeyMap keys, Filter start, List<Filter> views) {
    this.keys = keys;
    this.start = start;
    this.views = views;
  }

  /**
   * @param start the opening view
   * @param views the saved views, in the order of their keys
   */
  public static List<TextLine> of(KeyMap keys, Filter start, List<Filter> views) {
    HelpLines help = new HelpLines(keys, start, views);
    Map<Set<KeyContext>, List<Action>> sections = help.sections();
    sections.forEach(help::section);
    help.marks();
    help.names(sections.values());
    return List.copyOf(help.lines);
  }

  /** The actions by the set of places they work in; those of one place first. */
  private Map<Set<KeyContext>, List<Action>> sections() {
    Map<Set<KeyContext>, List<Action>> sections = new LinkedHashMap<>();
    List.of(Action.values()).stream()
        // Ties keep the order of the actions: a set of places has none.
        .collect(Collectors.groupingBy(Action::contexts, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .sorted(
            Comparator.comparing(
                Map.Entry::getKey,
                Comparator.comparingInt(HelpLines::rank).thenComparingInt(Set::size)))
        .forEach(entry -> sections.put(entry.getKey(), entry.getValue()));
    return sections;
  }

  private static int rank(Set<KeyContext> places) {
    boolean everywhere = places.equals(EnumSet.allOf(KeyContext.class));
    return everywhere ? KeyContext.values().length : places.iterator().next().ordinal();
  }

  private void section(Set<KeyContext> places, List<Action> actions) {
    if (!lines.isEmpty()) {
      lines.add(TextLine.BLANK);
    }
    boolean everywhere = places.size() == KeyContext.values().length;
    lines.add(new TextLine(Kind.HEADING, everywhere ? "Everywhere" : title(places)));
    actions.forEach(action -> entry(spelt(action), words(action)));
  }

  private static String title(Set<KeyContext> places) {
    String titles = places.stream().map(KeyContext::title).collect(Collectors.joining(", "));
    return titles.charAt(0) + titles.substring(1).toLowerCase(Locale.ROOT);
  }

  private String spelt(Action action) {
    String spelt = keys.keys(action).stream().map(Key::spelling).collect(Collectors.joining(" "));
    return spelt.isEmpty() ? NO_KEY : spelt;
  }

  private String words(Action action) {
    if (action == Action.OPENING_VIEW) {
      return "The opening view, " + words(start);
    }
    if (action.view() < 0) {
      return action.words();
    }
    if (action.view() >= views.size()) {
      return action.words() + " (there is none)";
    }
    return words(views.get(action.view()));
  }

  private static String words(Filter view) {
    String query = view.query().isAll() ? "all tickets" : view.query().text();
    return ShownText.line(view.name() == null ? query : view.name() + ": " + query);
  }

  /** A label and its meaning side by side, wrapped. */
  private void entry(String label, String words) {
    List<String> left = CellText.wrap(label, KEYS - 3);
    List<String> right = CellText.wrap(words, COLUMNS - KEYS);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String start = CellText.padRight("  " + at(left, i), KEYS);
      lines.add(new TextLine(Kind.TEXT, start.length(), start + at(right, i)));
    }
  }

  private static String at(List<String> lines, int i) {
    return i < lines.size() ? lines.get(i) : "";
  }

  private void marks() {
    lines.add(TextLine.BLANK);
    lines.add(new TextLine(Kind.HEADING, "Marks in the list"));
    for (Mark mark : Mark.values()) {
      entry(Character.toString(mark.unicode()), mark.words());
    }
  }

  private void names(Iterable<List<Action>> sections) {
    lines.add(TextLine.BLANK);
    lines.add(new TextLine(Kind.HEADING, "What the keys are called in config.toml"));
    for (List<Action> section : sections) {
      section.forEach(action -> entry(action.id(), spelt(action)));
    }
  }
}
