package org.lesbillets.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference to a ticket as a person or a script writes it: all digits is a number, always; else a
 * UUID, a prefix of one, or {@code key:K}. Immutable; any thread.
 */
public sealed interface TicketRef {
  /** The highest number that names a ticket. */
  long MAX_NUMBER = 1_000_000_000;

  /** By its number, 1 or more. */
  record ByNumber(long number) implements TicketRef {
    public ByNumber {
      if (number < 1) {
        throw new IllegalArgumentException("a ticket's number is 1 or more, not " + number);
      }
    }

    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  /** By its whole UUID. */
  record ById(TicketId id) implements TicketRef {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  /** By the first 4 to 35 characters of its UUID, lower case, not all digits. */
  record ByPrefix(String prefix) implements TicketRef {
    @Override
    public String toString() {
      return prefix;
    }
  }

  /** By the key of an open ticket. */
  record ByKey(String key) implements TicketRef {
    /** What stands before the key. */
    public static final String PREFIX = "key:";

    /** What a key is, to follow "must be". */
    public static final String RULE =
        "a key: 1 to " + WireLimits.KEY + " letters, digits and signs of . _ : / @ -, no spaces";

    /** Whether a text can be the key of a ticket. */
    public static boolean isKey(String text) {
      if (text.isEmpty() || text.length() > WireLimits.KEY) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        if (!letter && "._:/@-".indexOf(c) < 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return PREFIX + key;
    }
  }

  static TicketRef of(long number) {
    return new ByNumber(number);
  }

  static TicketRef of(TicketId id) {
    return new ById(id);
  }

  /**
   * Reads what was typed on a command line, where {@code #17} names a ticket too, as people write
   * it elsewhere. Not for the wire.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  static TicketRef typed(String typed) {
    return Forms.MARKED_NUMBER.matcher(typed).matches() ? parse(typed.substring(1)) : parse(typed);
  }

  /**
   * Reads a reference as the wire has it.
   *
   * @throws IllegalArgumentException if it can name no ticket; the message says what would
   */
  static TicketRef parse(String typed) {
    if (typed.startsWith(ByKey.PREFIX)) {
      return byKey(typed.substring(ByKey.PREFIX.length()));
    }
    String text = typed.toLowerCase(Locale.ROOT);
    if (Forms.NUMBER.matcher(text).matches()) {
      return new ByNumber(Long.parseLong(text));
    }
    if (isTooHigh(text)) {
      throw new IllegalArgumentException(
          "'" + typed + "' names no ticket: numbers end at " + MAX_NUMBER);
    }
    if (Forms.ID.matcher(text).matches()) {
      return new ById(TicketId.of(text));
    }
    if (Forms.isPrefix(text)) {
      return new ByPrefix(text);
    }
    throw new IllegalArgumentException(
        "'"
            + typed
            + "' names no ticket: give its number, its UUID,"
            + " the first 4 or more characters of its UUID, or key: and its key");
  }

  private static TicketRef byKey(String key) {
    if (!ByKey.isKey(key)) {
      throw new IllegalArgumentException(
          "'" + key + "' is no key of a ticket: behind key: stands " + ByKey.RULE);
    }
    return new ByKey(key);
  }

  /** Whether a text is a number above {@link #MAX_NUMBER}. */
  static boolean isTooHigh(String text) {
    return Forms.DIGITS.matcher(text).matches() && !Forms.NUMBER.matcher(text).matches();
  }

  /** The three written forms. */
  final class Forms {
    /** 1 to {@link TicketRef#MAX_NUMBER}. */
    static final Pattern NUMBER = Pattern.compile("0*([1-9][0-9]{0,8}|10{9})");

    static final Pattern DIGITS = Pattern.compile("0*[1-9][0-9]*");

    static final Pattern MARKED_NUMBER = Pattern.compile("#[0-9]+");

    static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Forms() {}

    /** Whether text is missing only at the end, and is no number. */
    static boolean isPrefix(String text) {
      Matcher id = ID.matcher(text);
      return text.length() >= 4
          && !id.matches()
          && id.hitEnd()
          && !text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }
}
