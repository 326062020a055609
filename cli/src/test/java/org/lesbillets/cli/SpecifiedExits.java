package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The exit codes that {@code help --spec} lists for each verb, checked against every run of a test:
 * a verb that ends with another one is a mistake of the list.
 */
public final class SpecifiedExits {
  private static final Set<String> WITH_VALUE =
      Set.of("--server", "--ca-file", "--context", "-o", "--output", "--color", "--timeout");

  private static final Map<String, Set<Integer>> CODES = specified();

  private SpecifiedExits() {}

  private static Map<String, Set<Integer>> specified() {
    Map<String, Set<Integer>> codes = new HashMap<>();
    String spec = BilletsRun.specification();
    for (JsonElement verb :
        JsonParser.parseString(spec).getAsJsonObject().getAsJsonArray("verbs")) {
      JsonObject one = verb.getAsJsonObject();
      Set<Integer> own = new HashSet<>();
      one.getAsJsonArray("exitCodes").forEach(code -> own.add(code.getAsInt()));
      codes.put(one.get("name").getAsString(), own);
    }
    return codes;
  }

  /** Fails if this command line may not end so; a command of its own may end with any code. */
  public static void check(List<String> words, int code) {
    boolean another = words.contains("--") || words.stream().anyMatch(w -> w.startsWith("-E"));
    Set<Integer> codes = CODES.get(verb(words));
    assertTrue(
        another || codes == null || codes.contains(code),
        () -> "billets " + String.join(" ", words) + " ended with " + code + ", not in " + codes);
  }

  /** The verb of a command line; null where there is none. */
  private static String verb(List<String> words) {
    int at = 0;
    while (at < words.size() && words.get(at).startsWith("-")) {
      at += WITH_VALUE.contains(words.get(at)) ? 2 : 1;
    }
    List<String> rest = words.subList(Math.min(at, words.size()), words.size());
    String two = rest.size() > 1 ? rest.get(0) + " " + rest.get(1) : "";
    return CODES.containsKey(two) ? two : rest.isEmpty() ? null : rest.get(0);
  }
}
