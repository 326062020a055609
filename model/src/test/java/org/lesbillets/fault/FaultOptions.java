package org.lesbillets.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a fault command, each with a number of 0 or more. One thread. */
public final class FaultOptions {
  private final Map<String, Long> given = new LinkedHashMap<>();
  private final Map<String, Long> known = new LinkedHashMap<>();
  private final long seed;

  FaultOptions(List<String> words) {
    for (int i = 0; i < words.size(); i += 2) {
      try {
        given.put(words.get(i), Long.parseLong(i + 1 < words.size() ? words.get(i + 1) : ""));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(words.get(i) + " needs a number", e);
      }
    }
    seed = number("--seed", (int) (System.nanoTime() & 0xFFFFFF));
  }

  /** The seed of the run, a random one where none is given. */
  public long seed() {
    return seed;
  }

  /** What is given for an option, or else a default. */
  public int number(String option, int otherwise) {
    long number = given.getOrDefault(option, (long) otherwise);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(option + " needs a number of 0 or more");
    }
    known.put(option, number);
    return (int) number;
  }

  void checkKnown() {
    for (String option : given.keySet()) {
      if (!known.containsKey(option)) {
        throw new IllegalArgumentException(
            "there is no option %s: there are %s".formatted(option, known.keySet()));
      }
    }
  }
}
