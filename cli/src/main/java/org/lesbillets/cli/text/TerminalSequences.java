package org.lesbillets.cli.text;

/**
 * Automaton that separates text from the control sequences of terminals (ECMA-48), a character at a
 * time. A line end aborts a sequence. Confined to one thread.
 */
final class TerminalSequences {
  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';
  private static final char CONTROL = '\u009b';
  private static final char STRING_END = '\u009c';

  /** What begins a string behind an escape: commands of the system, the device, and others. */
  private static final String STRINGS = "]PX^_";

  private enum Place {
    TEXT,
    /** Behind an escape. */
    ESCAPED,
    /** In the parameters of a control sequence. */
    CONTROLLED,
    /** In a string, which ends with a bell or an escape and a backslash. */
    STRING
  }

  private Place place = Place.TEXT;

  /** Takes the next character; whether it is none of a sequence. */
  boolean isText(char c) {
    Place before = place;
    place = after(c);
    boolean endsSequence = before != Place.TEXT && place == Place.TEXT && isLast(before, c);
    return place == Place.TEXT && !endsSequence;
  }

  private Place after(char c) {
    if (c == '\n' || c == '\r') {
      return Place.TEXT;
    }
    if (c == ESCAPE) {
      return Place.ESCAPED;
    }
    return switch (place) {
      case TEXT -> c == CONTROL ? Place.CONTROLLED : Place.TEXT;
      case ESCAPED -> behindEscape(c);
      case CONTROLLED -> c >= ' ' && c < '@' ? Place.CONTROLLED : Place.TEXT;
      case STRING -> c == BELL || c == STRING_END ? Place.TEXT : Place.STRING;
    };
  }

  /** Designations of character sets have something between the escape and the last character. */
  private static Place behindEscape(char c) {
    if (c == '[') {
      return Place.CONTROLLED;
    }
    if (STRINGS.indexOf(c) >= 0) {
      return Place.STRING;
    }
    return c >= ' ' && c <= '/' ? Place.ESCAPED : Place.TEXT;
  }

  /** Whether what ended a sequence is its last character, rather than one that breaks it off. */
  private static boolean isLast(Place sequence, char c) {
    return switch (sequence) {
      case TEXT -> false;
      case ESCAPED -> c >= '0' && c <= '~';
      case CONTROLLED -> c >= '@' && c <= '~';
      case STRING -> c == BELL || c == STRING_END;
    };
  }
}
