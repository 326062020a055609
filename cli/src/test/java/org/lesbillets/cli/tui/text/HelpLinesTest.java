package org.lesbillets.cli.tui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.KeyContext;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

class HelpLinesTest {
  private static final List<Filter> VIEWS =
      List.of(
          view("mine", "assignee:me status:open"),
          view("urgent", "priority:urgent status:open"),
          view(null, ""));

  private static final Filter START = view("open", "status:open");

  private static Filter view(String name, String query) {
    try {
      return new Filter(TicketQuery.parse(query), TicketOrder.BY_NUMBER, name);
    } catch (QuerySyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The text of the help with the lines of each entry joined, so that nothing is broken. */
  private static String joined(List<TextLine> lines, boolean label) {
    return lines.stream()
        .map(l -> label ? l.text().substring(0, l.lead()) : l.text().substring(l.lead()))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  @Test
  void everyActionOfEveryPlaceIsThereWithItsKeysItsWordsAndItsName() {
    List<TextLine> lines = HelpLines.of(KeyMap.USUAL, START, VIEWS);
    String labels = joined(lines, true);
    String words = joined(lines, false);
    for (Action action : Action.values()) {
      String keys =
          KeyMap.USUAL.keys(action).stream().map(Key::spelling).collect(Collectors.joining(" "));
      assertTrue(labels.contains(keys), action + " has no keys");
      assertTrue(labels.contains(action.id()), action + " has no name");
      assertTrue(isView(action) || words.contains(action.words()), action + " has no words");
    }
  }

  private static boolean isView(Action action) {
    return action == Action.OPENING_VIEW || action.view() >= 0;
  }

  @Test
  void everyPlaceHasAHeading() {
    List<String> headings =
        HelpLines.of(KeyMap.USUAL, START, VIEWS).stream()
            .filter(line -> line.kind() == TextLine.Kind.HEADING)
            .map(TextLine::text)
            .toList();
    for (KeyContext place : KeyContext.values()) {
      assertTrue(
          headings.stream()
              .anyMatch(
                  h -> h.toLowerCase(Locale.ROOT).contains(place.title().toLowerCase(Locale.ROOT))),
          place + " has no heading");
    }
  }

  @Test
  void viewsAreCalledByTheirNames() {
    String words = joined(HelpLines.of(KeyMap.USUAL, START, VIEWS), false);
    assertTrue(words.contains("mine: assignee:me status:open urgent: "), words);
    assertTrue(words.contains("The opening view, open: status:open All tickets mine:"), words);
    assertTrue(words.contains("status:open all tickets View 4 (there is none)"), words);
  }

  @Test
  void linesFitSixtyColumns() throws Exception {
    List<TextLine> lines = new ArrayList<>(HelpLines.of(KeyMap.USUAL, START, VIEWS));
    List<String> many = List.of("F1", "F2", "F3", "F4", "F5", "F6", "F7", "Alt-x");
    lines.addAll(
        HelpLines.of(
            KeyMap.of(Map.of("help", many, "help-while-typing", List.of("F1"))), START, VIEWS));
    lines.forEach(
        line -> assertTrue(CellText.width(line.text()) <= HelpLines.COLUMNS, line.text()));
  }

  @Test
  void anActionWithoutAKeySaysSo() throws Exception {
    List<TextLine> lines = HelpLines.of(KeyMap.of(Map.of("steal", List.of())), START, VIEWS);
    assertEquals(
        List.of("  (no key)          Take its lock from whoever has it"),
        lines.stream().map(TextLine::text).filter(t -> t.contains("whoever")).toList());
  }
}
