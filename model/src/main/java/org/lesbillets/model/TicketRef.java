package org.lesbillets.model;

import java.util.Locale;

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
    boolean marked = typed.startsWith("#") && Forms.isDigits(typed.substring(1));
    return parse(marked ? typed.substring(1) : typed);
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
    if (Forms.isNumber(text)) {
      return new ByNumber(Long.parseLong(text));
    }
    if (isTooHigh(text)) {
      throw new IllegalArgumentException(
          "'" + typed + "' names no ticket: numbers end at " + MAX_NUMBER);
    }
    if (Forms.isId(text)) {
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
    return Forms.isDigits(text) && !Forms.isNumber(text) && Forms.zeros(text) < text.length();
  }

  /** The written forms, checked by hand: a server reads one in almost every request. */
  final class Forms {
    private static final String ID = "00000000-0000-0000-0000-000000000000";
    private static final String HIGHEST = Long.toString(MAX_NUMBER);
    private static final int SHORTEST_PREFIX = 4;

    private Forms() {}

    /** Whether text is one or more of the digits 0 to 9. */
    static boolean isDigits(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (!isDigit(text.charAt(i))) {
          return false;
        }
      }
      return !text.isEmpty();
    }

    /** 1 to {@link TicketRef#MAX_NUMBER}, with any zeros before. */
    static boolean isNumber(String text) {
      if (!isDigits(text)) {
        return false;
      }
      int zeros = zeros(text);
      int digits = text.length() - zeros;
      return digits > 0 && digits < HIGHEST.length()
          || digits == HIGHEST.length() && text.endsWith(HIGHEST);
    }

    /** The number of zeros that text begins with. */
    static int zeros(String text) {
      int zeros = 0;
      while (zeros < text.length() && text.charAt(zeros) == '0') {
        zeros++;
      }
      return zeros;
    }

    static boolean isId(String text) {
      return text.length() == ID.length() && beginsId(text);
    }

    /** Whether text is missing only at the end, and is no number. */
    static boolean isPrefix(String text) {
      return text.length() >= SHORTEST_PREFIX
          && text.length() < ID.length()
          && beginsId(text)
          && !isDigits(text);
    }

    private static boolean beginsId(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean fits = ID.charAt(i) == '-' ? c == '-' : isDigit(c) || c >= 'a' && c <= 'f';
        if (!fits) {
          return false;
        }
      }
      return true;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
