package org.lesbillets.cli.tui.update;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.query.TicketQuery;

/**
 * Completion of the word before the cursor: verbs and options, query fields and their values,
 * names, tags. Scans all tickets for names and tags, at the press of a key only. Pure; on the
 * thread of the view, which owns the index of tickets.
 */
record Completion(UiModel model) {
  private static final int SHOWN = 12;

  /**
   * The result of a completion.
   *
   * @param hint the candidates; null when there was one, which was inserted
   * @param none a message when nothing matches; null otherwise
   */
  record Found(TypedText typed, String hint, String none) {}

  /**
   * A candidate.
   *
   * @param known the form it is matched by
   * @param written the form that is inserted, with quotes where needed
   */
  private record Candidate(String known, String written) {
    static Candidate of(String word) {
      return new Candidate(word, word);
    }

    boolean fits(String begun) {
      return known.startsWith(begun) || written.startsWith(begun);
    }
  }

  Found complete(LinePrompt prompt) {
    String before = prompt.typed().before();
    int start = start(before, prompt.purpose());
    String begun = before.substring(start);
    List<Candidate> fitting =
        candidates(prompt, before.substring(0, start), begun).stream()
            .filter(candidate -> candidate.fits(begun))
            .toList();
    if (fitting.isEmpty()) {
      return new Found(prompt.typed(), null, none(prompt, begun));
    }
    if (fitting.size() == 1) {
      String word = fitting.get(0).written();
      return new Found(replaced(prompt.typed(), begun, word + behind(word, prompt)), null, null);
    }
    String common = fitting.stream().map(Candidate::known).reduce(Completion::common).orElse(begun);
    String more = common.startsWith(begun) ? common : begun;
    return new Found(replaced(prompt.typed(), begun, more), hint(fitting), null);
  }

  private static String none(LinePrompt prompt, String begun) {
    return prompt.purpose() == LinePrompt.Purpose.REASON || begun.isEmpty()
        ? "there is nothing to complete here"
        : "nothing begins with '" + begun + "'";
  }

  /** Replaces the prefix before the cursor by a word. */
  private static TypedText replaced(TypedText typed, String begun, String word) {
    TypedText start = new TypedText(typed.text(), typed.cursor() - begun.length());
    return typed.without(start).insert(word);
  }

  /**
   * Start index of the word before the cursor; in a list of tags, behind the last separating comma.
   */
  private static int start(String before, LinePrompt.Purpose purpose) {
    int start =
        purpose == LinePrompt.Purpose.TAGS
            ? FieldText.lastItem(before)
            : before.lastIndexOf(' ') + 1;
    while (start < before.length() && before.charAt(start) == ' ') {
      start++;
    }
    return start;
  }

  private static String behind(String word, LinePrompt prompt) {
    return switch (prompt.purpose()) {
      case TAGS -> ", ";
      case ASSIGNEE, SNOOZE -> "";
      case FILTER, COMMAND, REASON -> word.endsWith(":") ? "" : " ";
    };
  }

  private static String common(String one, String other) {
    int end = 0;
    while (end < Math.min(one.length(), other.length()) && one.charAt(end) == other.charAt(end)) {
      end++;
    }
    return one.substring(0, end);
  }

  private static String hint(List<Candidate> fitting) {
    String shown =
        fitting.stream().limit(SHOWN).map(Candidate::written).collect(Collectors.joining("  "));
    return fitting.size() > SHOWN ? shown + "  … " + (fitting.size() - SHOWN) + " more" : shown;
  }

  private List<Candidate> candidates(LinePrompt prompt, String before, String begun) {
    Collection<String> words =
        switch (prompt.purpose()) {
          case COMMAND -> ofCommand(before, begun);
          case FILTER -> ofQuery(begun);
          case ASSIGNEE -> names(Stream.of("me", "none"));
          case TAGS -> tags();
          case SNOOZE, REASON -> List.of();
        };
    return prompt.purpose() == LinePrompt.Purpose.TAGS
        ? words.stream().map(tag -> new Candidate(tag, FieldText.spaced(tag))).toList()
        : words.stream().map(Candidate::of).toList();
  }

  private Collection<String> ofCommand(String before, String begun) {
    if (before.isBlank()) {
      return model.settings().localWords();
    }
    String verb = before.strip().split(" ", 2)[0];
    if (verb.equals("help")) {
      return model.settings().verbs().keySet();
    }
    List<String> words =
        model.settings().localWords().contains(verb)
            ? model.settings().verbs().getOrDefault(verb, List.of())
            : List.of();
    if (begun.startsWith("-")) {
      return verb.equals("edit") ? List.of() : new TreeSet<>(words);
    }
    Set<String> more = new TreeSet<>();
    if (words.contains(UiSettings.QUERY)) {
      more.addAll(ofQuery(begun));
    }
    if (words.contains(UiSettings.REF)) {
      more.addAll(numbers());
    }
    return more;
  }

  private Collection<String> numbers() {
    return model.list().visible().stream().map(row -> Long.toString(row.shown().number())).toList();
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
    model.tickets().book().stream()
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
    return model.tickets().book().stream()
        .flatMap(ticket -> ticket.content().tags().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
