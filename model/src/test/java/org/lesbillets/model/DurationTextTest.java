package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "15m, PT15M",
    "2h, PT2H",
    "3d, PT72H",
    "0ms, PT0S",
    "0d, PT0S",
    "0030s, PT30S",
    "90m, PT1H30M",
    "1h30m, PT1H30M",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "1h90m, PT2H30M",
    "1m500ms, PT1M0.5S",
    "1h0m, PT1H",
    "0h0s, PT0S",
    "104249991d, PT2501999784H",
    "999999999999999ms, PT277777777H46M39.999S",
  })
  void reads(String text, Duration expected) {
    assertEquals(expected, DurationText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "ms",
        "5",
        "-5s",
        "+5s",
        "5 s",
        " 5s",
        "5s ",
        "5S",
        "1.5h",
        "30m1h",
        "1h1h",
        "1h0h",
        "5ms1s",
        "1h30",
        "30m1",
        "1h-5m",
        "1h 30m",
        "1hm",
        "h",
        "h1",
        "1H30M",
        "1h30min",
        "5w",
        "٣s",
        "104249992d",
        "104249991d9999999999s",
        "104249991d999999999999999ms",
        "9999999999999999s",
        "99999999999999999999999ms"
      })
  void refuses(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
    assertTrue(e.getMessage().contains("'" + text + "'"), e.getMessage());
    boolean tooLong = e.getMessage().endsWith("is longer than any duration here can be");
    assertTrue(tooLong || e.getMessage().endsWith("as in 1h30m"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.5S, 500ms",
    "PT1.5S, 1500ms",
    "PT90S, 90s",
    "PT120S, 2m",
    "PT90M, 90m",
    "PT24H, 1d",
    "PT25H, 25h",
    "PT0.0019S, 1ms",
  })
  void writesInTheLongestExactUnit(Duration duration, String expected) {
    assertEquals(expected, DurationText.format(duration));
  }

  @Test
  void writesNoNegativeDuration() {
    assertThrows(IllegalArgumentException.class, () -> DurationText.format(Duration.ofMillis(-1)));
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 49)));
            assertEquals(duration, DurationText.parse(DurationText.format(duration)));
          }
        });
  }
}
