package org.lesbillets.cli.command.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lesbillets.cli.output.StatusReport;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.model.query.Spelling;

/**
 * A parsed template with placeholders in braces, as in <code>{mine}/{open}</code>; a doubled brace
 * stands for itself. Immutable.
 */
public final class StatusTemplate {

  /** The placeholders. */
  private enum Place {
    OPEN(status -> Long.toString(status.counts().open())),
    MINE(status -> Long.toString(status.counts().mine())),
    LOCKED(status -> Integer.toString(status.held().size())),
    LEFT(status -> status.next() == null ? "" : HumanTime.length(status.next().left())),
    NUMBER(status -> status.next() == null ? "" : Long.toString(status.next().number())),
    AGENT(status -> status.agent().value()),
    AGE(status -> HumanTime.length(status.age()));

    private final Function<StatusReport, String> value;

    Place(Function<StatusReport, String> value) {
      this.value = value;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final List<Function<StatusReport, String>> parts;

  private StatusTemplate(List<Function<StatusReport, String>> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * @throws IllegalArgumentException if there is another placeholder; the message lists them
   */
  public static StatusTemplate parse(String text) {
    List<Function<StatusReport, String>> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if ((c == '{' || c == '}') && text.startsWith(String.valueOf(c), at + 1)) {
        parts.add(status -> String.valueOf(c));
        at += 2;
      } else if (c == '{') {
        int end = text.indexOf('}', at);
        String word = text.substring(at + 1, end < 0 ? text.length() : end);
        parts.add(place(word, end >= 0).value);
        at = end + 1;
      } else {
        parts.add(status -> String.valueOf(c));
        at++;
      }
    }
    return new StatusTemplate(parts);
  }

  private static Place place(String word, boolean closed) {
    for (Place place : Place.values()) {
      if (closed && place.word().equals(word)) {
        return place;
      }
    }
    List<String> words = Arrays.stream(Place.values()).map(Place::word).toList();
    String near = Spelling.nearest(word, words);
    String all = words.stream().map(w -> "{" + w + "}").collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "'{"
            + word
            + (closed ? "}' is none of " : "' has no closing brace: there are ")
            + all
            + (near == null || !closed ? "" : "; did you mean {" + near + "}?"));
  }

  /** The rendered text. */
  public String filled(StatusReport status) {
    return parts.stream().map(part -> part.apply(status)).collect(Collectors.joining());
  }
}
