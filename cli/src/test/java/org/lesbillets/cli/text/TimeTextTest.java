package org.lesbillets.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  /** A Friday, 14:30 in Paris. */
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-27T13:30:00Z"), ZoneId.of("Europe/Paris"));

  @ParameterizedTest
  @CsvSource({
    "15:00, 2026-11-27T14:00:00Z",
    "14:30, 2026-11-28T13:30:00Z",
    "09:00, 2026-11-28T08:00:00Z",
    "9:05, 2026-11-28T08:05:00Z",
    "00:00, 2026-11-27T23:00:00Z",
    "tomorrow 9:00, 2026-11-28T08:00:00Z",
    "Tomorrow 23:59, 2026-11-28T22:59:00Z",
    "today 9:00, 2026-11-27T08:00:00Z",
    "fri 17:00, 2026-11-27T16:00:00Z",
    "fri 14:30, 2026-12-04T13:30:00Z",
    "thu 09:00, 2026-12-03T08:00:00Z",
    "Saturday 8:00, 2026-11-28T07:00:00Z",
    "mond 8:00, 2026-11-30T07:00:00Z",
    "2026-12-01, 2026-11-30T23:00:00Z",
    "2026-12-01T09:00, 2026-12-01T08:00:00Z",
    "2026-12-01 09:00, 2026-12-01T08:00:00Z",
    "2026-07-01T09:00:30.5, 2026-07-01T07:00:30.500Z",
    "2026-12-01T09:00Z, 2026-12-01T09:00:00Z",
    "2026-12-01T09:00-05:00, 2026-12-01T14:00:00Z",
    "2020-01-01T00:00Z, 2020-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
  })
  void isAMoment(String typed, Instant moment) {
    assertEquals(moment, TimeText.parse(typed, NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9",
        "24:00",
        "9:60",
        "soon",
        "someday 9:00",
        "fr 9:00",
        "tomorrow",
        "2026-13-01",
        "2026-12-01T25:00",
        "10000-01-01T00:00Z",
        "+10000-01-01T00:00Z",
        "9:00 tomorrow",
        "-1:00",
        "2h",
        "-0001-01-01T00:00Z"
      })
  void isNoMoment(String typed) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> TimeText.parse(typed, NOW)).getMessage();
    assertTrue(said.contains("09:00") || said.contains("9999"), said);
  }

  @ParameterizedTest
  @CsvSource({
    "2h, 2026-11-27T15:30:00Z",
    "' 1h30m ', 2026-11-27T15:00:00Z",
    "0s, 2026-11-27T13:30:00Z",
    "3d, 2026-11-30T13:30:00Z",
    "tomorrow 9:00, 2026-11-28T08:00:00Z",
    "2026-12-01T09:00:00Z, 2026-12-01T09:00:00Z"
  })
  void orSoLongFromNow(String typed, Instant moment) {
    assertEquals(moment, TimeText.parseOrAfter(typed, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "soon, 2h from now",
    "2 hours, as in 500ms",
    "2x, as in 500ms",
    "30m2h, longest unit first",
    "9000000d, years are 0 to 9999",
    "104249991d, years are 0 to 9999",
    "999999999999999999d, longer than any duration"
  })
  void orElseNone(String typed, String complaint) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> TimeText.parseOrAfter(typed, NOW))
            .getMessage();
    assertTrue(said.contains(complaint), said);
  }

  /** The hour that a clock set forward leaves out begins when it ends. */
  @ParameterizedTest
  @CsvSource({"2027-03-28T02:30, 2027-03-28T01:30:00Z", "2026-10-25T02:30, 2026-10-25T00:30:00Z"})
  void anHourThatIsMissingOrTwiceIsOneMoment(String typed, Instant moment) {
    assertEquals(moment, TimeText.parse(typed, NOW));
  }
}
