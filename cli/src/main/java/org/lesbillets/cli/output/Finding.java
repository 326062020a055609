package org.lesbillets.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The result of one check of an installation. Immutable.
 *
 * @param check the name of the check, one word
 * @param found a sentence without a full stop
 * @param cure what to do about it; null where nothing is wrong
 */
public record Finding(String check, State state, String found, String cure) {

  /** How bad it is; a failure fails the verb. */
  public enum State {
    OK,
    WARNING,
    FAILURE;

    /** The name in JSON and TSV. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    TextTone tone() {
      return switch (this) {
        case OK -> TextTone.GOOD;
        case WARNING -> TextTone.CAUTION;
        case FAILURE -> TextTone.ALARM;
      };
    }
  }

  public Finding {
    Objects.requireNonNull(state, "state");
    if ((cure == null) != (state == State.OK)) {
      throw new IllegalArgumentException("a cure belongs to what is wrong: " + check);
    }
  }

  /** A check that found nothing wrong. */
  public static Finding ok(String check, String found) {
    return new Finding(check, State.OK, found, null);
  }

  public static Finding warning(String check, String found, String cure) {
    return new Finding(check, State.WARNING, found, cure);
  }

  public static Finding failure(String check, String found, String cure) {
    return new Finding(check, State.FAILURE, found, cure);
  }

  /** The state as people read it, in its colour where colour is wanted. */
  public String paintedState(boolean colour) {
    return state.tone().paint(state.wireName(), colour);
  }

  /** Number of findings in a state. */
  public static long count(List<Finding> findings, State state) {
    return findings.stream().filter(finding -> finding.state == state).count();
  }
}
