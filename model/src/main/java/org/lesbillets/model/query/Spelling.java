package org.lesbillets.model.query;

import java.util.List;

/** Suggestions for misspelt words, by prefix and edit distance. Stateless; any thread. */
public final class Spelling {
  private static final int MAX_DISTANCE = 2;

  private Spelling() {}

  /**
   * The word that {@code typed} begins, else the one it differs least from, by at most 2 letters;
   * neighbours that were swapped count as one.
   *
   * @return null if none is near
   */
  public static String nearest(String typed, List<String> words) {
    for (String word : words) {
      if (typed.length() > 1 && word.startsWith(typed)) {
        return word;
      }
    }
    String best = null;
    int bestDistance = Math.min(MAX_DISTANCE, typed.length() - 1) + 1;
    for (String word : words) {
      // The distance is at least the difference of the lengths: long words cost nothing.
      boolean near = Math.abs(typed.length() - word.length()) < bestDistance;
      int distance = near ? distance(typed, word) : bestDistance;
      if (distance < bestDistance) {
        best = word;
        bestDistance = distance;
      }
    }
    return best;
  }

  /**
   * The sentence that refuses a name that is none of a list: it suggests the nearest, or lists all.
   *
   * @param kind what the names stand for, in the singular
   */
  public static String unknown(String kind, String name, List<String> names) {
    String near = nearest(name, names);
    return "there is no "
        + kind
        + " '"
        + name
        + (near == null
            ? "': there are " + String.join(", ", names)
            : "': did you mean '" + near + "'?");
  }

  /**
   * How many letters must be put in, taken out, changed, or swapped with their neighbour to make
   * one word of the other (the optimal string alignment distance).
   */
  static int distance(String a, String b) {
    int[][] distances = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      distances[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      distances[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int changed = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int moved = Math.min(distances[i - 1][j], distances[i][j - 1]) + 1;
        distances[i][j] = Math.min(changed, moved);
        if (areSwapped(a.substring(0, i), b.substring(0, j))) {
          distances[i][j] = Math.min(distances[i][j], distances[i - 2][j - 2] + 1);
        }
      }
    }
    return distances[a.length()][b.length()];
  }

  /** Whether two words end with the same two letters, the other way round. */
  private static boolean areSwapped(String a, String b) {
    int i = a.length() - 1;
    int j = b.length() - 1;
    return i > 0 && j > 0 && a.charAt(i) == b.charAt(j - 1) && a.charAt(i - 1) == b.charAt(j);
  }
}
