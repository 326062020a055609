package org.lesbillets.model.query;

import java.util.List;

/** Guesses what somebody meant to write. Stateless; any thread. */
final class Spelling {
  private static final int MAX_DISTANCE = 2;

  private Spelling() {}

  /**
   * The word that {@code typed} begins, else the one it differs least from, by at most 2 letters.
   *
   * @return null if none is near
   */
  static String nearest(String typed, List<String> words) {
    for (String word : words) {
      if (typed.length() > 1 && word.startsWith(typed)) {
        return word;
      }
    }
    String best = null;
    int bestDistance = Math.min(MAX_DISTANCE, typed.length() - 1) + 1;
    for (String word : words) {
      int distance = distance(typed, word);
      if (distance < bestDistance) {
        best = word;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** How many letters must be put in, taken out or changed to make one word of the other. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
