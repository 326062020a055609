package org.lesbillets.cli.tui.update;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesbillets.cli.tui.state.LinePrompt;
import org.lesbillets.cli.tui.state.TypedText;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.TicketQuery;

/** Completes the word before the cursor: verbs and options, fields of queries, names, tags. */
final class Completion {
  private static final int SHOWN = 12;

  /**
   * What came of it.
   *
   * @param hint the words it could become, or that there is none; null when it was completed
   */
  record Found(TypedText typed, String hint) {}

  private final UiModel model;

  Completion(UiModel model) {
    this.model = model;
  }

  Found complete(LinePrompt prompt) {
    String before = prompt.typed().before();
    int start = start(before, prompt.purpose());
    String begun = before.substring(start);
    List<String> fitting =
        candidates(prompt, before.substring(0, start), begun).stream()
            .filter(candidate -> candidate.startsWith(begun))
            .toList();
    if (fitting.isEmpty()) {
      String none = "nothing begins with '" + begun + "'";
      boolean free = prompt.purpose() == LinePrompt.Purpose.REASON;
      return new Found(prompt.typed(), free ? "there is nothing to complete here" : none);
    }
    String common = fitting.stream().reduce(Completion::common).orElse(begun);
    boolean whole = fitting.size() == 1;
    String more = common.substring(begun.length()) + (whole ? behind(common, prompt) : "");
    TypedText typed = prompt.typed().insert(more);
    return new Found(typed, whole ? null : hint(fitting));
  }

  private static int start(String before, LinePrompt.Purpose purpose) {
    char parted = purpose == LinePrompt.Purpose.TAGS ? ',' : ' ';
    int start = before.lastIndexOf(parted) + 1;
    while (start < before.length() && before.charAt(start) == ' ') {
      start++;
    }
    return start;
  }

  private static String behind(String word, LinePrompt prompt) {
    boolean goesOn = word.endsWith(":") || prompt.purpose() == LinePrompt.Purpose.TAGS;
    return goesOn || prompt.purpose() == LinePrompt.Purpose.ASSIGNEE ? "" : " ";
  }

  private static String common(String one, String other) {
    int end = 0;
    while (end < Math.min(one.length(), other.length()) && one.charAt(end) == other.charAt(end)) {
      end++;
    }
    return one.substring(0, end);
  }

  private static String hint(List<String> fitting) {
    String shown = fitting.stream().limit(SHOWN).collect(Collectors.joining("  "));
    return fitting.size() > SHOWN ? shown + "  … " + (fitting.size() - SHOWN) + " more" : shown;
  }

  private Collection<String> candidates(LinePrompt prompt, String before, String begun) {
    return switch (prompt.purpose()) {
      case COMMAND -> ofCommand(before, begun);
      case FILTER -> ofQuery(begun);
      case ASSIGNEE -> names(Stream.of("me", "none"));
      case TAGS -> tags();
      case REASON -> List.of();
    };
  }

  private Collection<String> ofCommand(String before, String begun) {
    if (before.isBlank()) {
      Set<String> verbs = new TreeSet<>(model.settings.verbs().keySet());
      verbs.addAll(List.of("quit", "help"));
      return verbs;
    }
    String verb = before.strip().split(" ", 2)[0];
    if (begun.startsWith("-")) {
      return new TreeSet<>(model.settings.verbs().getOrDefault(verb, List.of()));
    }
    Set<String> more = new TreeSet<>(ofQuery(begun));
    if (!begun.isEmpty() && begun.chars().allMatch(Character::isDigit)) {
      model.list.visible().stream()
          .map(row -> Long.toString(row.shown().number()))
          .forEach(more::add);
    }
    return more;
  }

  private Collection<String> ofQuery(String begun) {
    String negation = begun.startsWith("-") ? "-" : begun.startsWith("not:") ? "not:" : "";
    return ofTerm(begun.substring(negation.length())).stream()
        .map(term -> negation + term)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Collection<String> ofTerm(String begun) {
    int colon = begun.indexOf(':');
    if (colon < 0) {
      return TicketQuery.fields().stream().map(field -> field + ":").toList();
    }
    String field = begun.substring(0, colon + 1);
    Stream<String> values =
        switch (field) {
          case "status:" -> Stream.of("open", "closed", "locked");
          case "priority:" -> Arrays.stream(Priority.values()).map(Priority::wireName);
          case "assignee:" -> names(Stream.of("me", "none")).stream();
          case "holder:", "by:" -> names(Stream.of("me")).stream();
          case "tag:" -> tags().stream().filter(tag -> !tag.contains(" "));
          default -> Stream.empty();
        };
    return values.map(value -> field + value).toList();
  }

  private Set<String> names(Stream<String> more) {
    Set<String> names = more.collect(Collectors.toCollection(TreeSet::new));
    model.tickets.book().stream()
        .flatMap(Completion::people)
        .map(AgentName::value)
        .forEach(names::add);
    return names;
  }

  private static Stream<AgentName> people(Ticket ticket) {
    return Stream.of(ticket.created().by(), ticket.updated().by(), ticket.content().assignee())
        .filter(Objects::nonNull);
  }

  private Set<String> tags() {
    return model.tickets.book().stream()
        .flatMap(ticket -> ticket.content().tags().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
