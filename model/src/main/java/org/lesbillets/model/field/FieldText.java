package org.lesbillets.model.field;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Codec of values in one line of text, as in templates, CSV and prompts: bare where that is
 * unambiguous, else in double quotes with the escapes {@code \"} and {@code \\}. What cannot be
 * parsed as quoted is taken literally. Stateless; any thread.
 */
public final class FieldText {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*+)\"");
  private static final Pattern QUOTED_ITEM =
      Pattern.compile("\\s*+" + QUOTED.pattern() + "\\s*+(?:,|$)");
  private static final Pattern UNCLOSED = Pattern.compile("\\s*+\"(?:[^\"\\\\]|\\\\[\"\\\\])*+");
  private static final Pattern BARE_ITEM = Pattern.compile("([^,]*+)(?:,|$)");

  private FieldText() {}

  /** A value, or nothing where there is none. */
  public static String written(String value) {
    return value == null || isPlain(value) ? plain(value) : quoted(value);
  }

  private static String plain(String value) {
    return value == null ? "" : value;
  }

  private static boolean isPlain(String value) {
    return value.equals(value.strip()) && !value.startsWith("\"");
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The value a line gives; null where it gives none. */
  public static String read(String text) {
    String stripped = text.strip();
    Matcher quoted = QUOTED.matcher(stripped);
    String value = quoted.matches() ? unquoted(quoted.group(1)) : stripped;
    return value.isEmpty() ? null : value;
  }

  private static String unquoted(String text) {
    return text.replaceAll("\\\\([\"\\\\])", "$1");
  }

  /** Several values, between commas. */
  public static String written(List<String> values) {
    return values.stream()
        .map(value -> isPlain(value) && value.indexOf(',') < 0 ? value : quoted(value))
        .collect(Collectors.joining(", "));
  }

  /** A value in a line of several, in quotes also where a blank makes it look like two. */
  public static String spaced(String value) {
    return value.chars().anyMatch(Character::isWhitespace)
        ? quoted(value)
        : written(List.of(value));
  }

  /** Several values, between commas, as with {@link #spaced}. */
  public static String spaced(List<String> values) {
    return values.stream().map(FieldText::spaced).collect(Collectors.joining(", "));
  }

  /** Where the last value of an unfinished line begins: behind a comma that is in no quotes. */
  public static int lastItem(String text) {
    Matcher quoted = QUOTED_ITEM.matcher(text);
    Matcher unclosed = UNCLOSED.matcher(text);
    Matcher bare = BARE_ITEM.matcher(text);
    int at = 0;
    while (!unclosed.region(at, text.length()).matches()) {
      boolean isQuoted = quoted.region(at, text.length()).lookingAt();
      Matcher item = isQuoted ? quoted : bare.region(at, text.length());
      boolean last = !isQuoted && !item.lookingAt() || item.end() == at;
      if (last || text.charAt(item.end() - 1) != ',') {
        return at;
      }
      at = item.end();
    }
    return at;
  }

  /** The values a line gives, each once; empty ones are left out. */
  public static List<String> readAll(String text) {
    Set<String> values = new LinkedHashSet<>();
    Matcher quoted = QUOTED_ITEM.matcher(text);
    Matcher bare = BARE_ITEM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      boolean isQuoted = quoted.region(at, text.length()).lookingAt();
      Matcher item = isQuoted ? quoted : bare.region(at, text.length());
      if (!isQuoted) {
        item.lookingAt();
      }
      values.add(isQuoted ? unquoted(item.group(1)) : item.group(1).strip());
      at = item.end();
    }
    values.remove("");
    return List.copyOf(values);
  }
}
