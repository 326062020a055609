package org.lesbillets.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of a fault command, each with a number of 0 or more or a word. One thread. */
public final class FaultOptions {
  private final Map<String, String> given = new LinkedHashMap<>();
  private final Map<String, Object> known = new LinkedHashMap<>();
  private final long seed;

  FaultOptions(List<String> words) {
    for (int i = 0; i < words.size(); i += 2) {
      given.put(words.get(i), i + 1 < words.size() ? words.get(i + 1) : "");
    }
    seed = number("--seed", (int) (System.nanoTime() & 0xFFFFFF));
  }

  /** The seed of the run, a random one where none is given. */
  public long seed() {
    return seed;
  }

  /** What is given for an option, or else a default. */
  public int number(String option, int otherwise) {
    known.put(option, otherwise);
    String word = given.get(option);
    try {
      int number = word == null ? otherwise : Integer.parseInt(word);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // It needs a number, too.
    }
    throw new IllegalArgumentException(option + " needs a number of 0 or more");
  }

  /** What is given for an option, or else a default. */
  public String word(String option, String otherwise) {
    known.put(option, otherwise);
    return given.getOrDefault(option, otherwise);
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
