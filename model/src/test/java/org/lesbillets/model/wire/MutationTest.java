package org.lesbillets.model.wire;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.SeededTest;

/** Broken messages are refused with a WireFormatException, and never with anything else. */
class MutationTest {
  private static final int ROUNDS = 60_000;
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "-",
    "1e9",
    "0.5",
    "9007199254740993",
    "\\ud800",
    "\\u0000",
    "\n",
    "\uFEFF",
    "{\"a\":",
    "[[[[[[[[",
    "\"\"",
    "{}",
    "[]",
    "NaN",
    "\\"
  };

  @Test
  void onlyWireFormatExceptionsComeOut() throws Exception {
    List<String> goldens = new ArrayList<>();
    GoldenRequests.all().values().forEach(message -> goldens.add(MessageCodec.encode(message)));
    GoldenAnswers.all().values().forEach(message -> goldens.add(MessageCodec.encode(message)));
    SeededTest.run(
        random -> {
          for (int i = 0; i < ROUNDS; i++) {
            decode(mutated(goldens, random));
          }
        });
  }

  private static void decode(String json) {
    try {
      assertNotNull(MessageCodec.decodeClientMessage(json));
    } catch (WireFormatException e) {
      assertNotNull(MessageCodec.encode(e.rejected()));
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(json, e);
    }
    try {
      assertNotNull(MessageCodec.decodeServerMessage(json));
    } catch (WireFormatException e) {
      assertNotNull(e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(json, e);
    }
    try {
      assertNotNull(JournalCodec.decodeEvent(json.getBytes(StandardCharsets.UTF_8)));
    } catch (WireFormatException e) {
      assertNotNull(e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(json, e);
    }
  }

  private static String mutated(List<String> goldens, Random random) {
    StringBuilder json = new StringBuilder(goldens.get(random.nextInt(goldens.size())));
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutate(json, random, goldens);
    }
    return json.toString();
  }

  private static void mutate(StringBuilder json, Random random, List<String> goldens) {
    int from = random.nextInt(json.length() + 1);
    int to = Math.min(json.length(), from + random.nextInt(8));
    switch (random.nextInt(5)) {
      case 0 -> json.delete(from, to);
      case 1 -> json.insert(from, PIECES[random.nextInt(PIECES.length)]);
      case 2 -> json.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
      case 3 -> json.insert(from, (char) random.nextInt(0x10000));
      default -> transplanted(json, random, goldens.get(random.nextInt(goldens.size())));
    }
  }

  /** Puts a value of one message in the place of a value of another. */
  private static void transplanted(StringBuilder json, Random random, String donor) {
    int from = json.indexOf(":", random.nextInt(json.length() + 1));
    int taken = donor.indexOf(':', random.nextInt(donor.length()));
    if (from < 0 || taken < 0) {
      return;
    }
    int end = json.indexOf(",", from);
    int takenEnd = donor.indexOf(',', taken);
    json.replace(
        from,
        end < 0 ? json.length() - 1 : end,
        donor.substring(taken, takenEnd < 0 ? donor.length() - 1 : takenEnd));
  }
}
