package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;

/** How a program ended and what it printed; says all of it where a test expected something else. */
record ProcessOutcome(String command, int exit, String out, String err) {

  ProcessOutcome exits(int code) {
    assertEquals(code, exit, this::toString);
    return this;
  }

  /** Done, and nothing to say about it. */
  ProcessOutcome succeeds() {
    assertEquals("", err, this::toString);
    return exits(0);
  }

  /** Done, with exactly these lines as its data. */
  ProcessOutcome prints(String... lines) {
    assertEquals(List.of(lines), out.lines().toList(), this::toString);
    return succeeds();
  }

  /** Data with this text in it. */
  ProcessOutcome shows(String text) {
    assertTrue(out.contains(text), () -> "'" + text + "' is missing: " + this);
    return this;
  }

  /** Failed with this code, no data, and one sentence that has all these texts. */
  ProcessOutcome fails(int code, String... texts) {
    exits(code);
    assertEquals("", out, this::toString);
    assertEquals(1, sentences().size(), this::toString);
    return says(texts);
  }

  /** Words with all these texts in them, and nothing only a programmer can read. */
  ProcessOutcome says(String... texts) {
    for (String text : texts) {
      assertTrue(err.contains(text), () -> "'" + text + "' is not said: " + this);
    }
    assertFalse(err.contains("Exception") || err.contains("\tat "), this::toString);
    return this;
  }

  /** What was said, without the hint where to read on. */
  private List<String> sentences() {
    return err.lines()
        .filter(line -> !line.startsWith("Try: ") && !line.startsWith("See: "))
        .toList();
  }

  String line() {
    succeeds();
    assertEquals(1, out.lines().count(), this::toString);
    return out.strip();
  }

  List<String> lines() {
    succeeds();
    return out.lines().toList();
  }

  JsonObject json() {
    return JsonParser.parseString(out).getAsJsonObject();
  }

  List<JsonObject> jsonLines() {
    return lines().stream().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
  }
}
