package org.lesbillets.cli.tui.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a control sequence: {@code 1;5}, or {@code 97:65;2:1} with sub-parameters. A
 * missing one is 0. Immutable; any thread.
 */
final class CsiParameters {
  private static final int MOST_DIGITS = 8;

  private final List<Integer> numbers = new ArrayList<>();
  private final List<Integer> details = new ArrayList<>();

  private CsiParameters() {}

  /**
   * @return empty if the text contains anything but parameters
   */
  static Optional<CsiParameters> read(String text) {
    CsiParameters read = new CsiParameters();
    if (text.isEmpty()) {
      return Optional.of(read);
    }
    for (String part : text.split(";", -1)) {
      String[] pieces = part.split(":", -1);
      for (String piece : pieces) {
        if (piece.length() > MOST_DIGITS || !piece.chars().allMatch(c -> c >= '0' && c <= '9')) {
          return Optional.empty();
        }
      }
      read.numbers.add(number(pieces[0]));
      read.details.add(pieces.length > 1 ? number(pieces[1]) : 0);
    }
    return Optional.of(read);
  }

  private static int number(String digits) {
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  int count() {
    return numbers.size();
  }

  int first() {
    return at(numbers, 0);
  }

  int second() {
    return at(numbers, 1);
  }

  int third() {
    return at(numbers, 2);
  }

  int last() {
    return at(numbers, numbers.size() - 1);
  }

  /** The sub-parameter behind the colon. */
  int detail(int index) {
    return at(details, index);
  }

  private static int at(List<Integer> list, int index) {
    return index >= 0 && index < list.size() ? list.get(index) : 0;
  }
}
