package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {
  private static final DateTimeFormatter REFERENCE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long YEARS_9999_MILLIS = 253_402_300_800_000L;

  @Test
  void isWhatTheJdkSays() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 20_000; i++) {
            long millis = (long) ((random.nextDouble() * 1.2 - 0.2) * YEARS_9999_MILLIS);
            Instant time = Instant.ofEpochMilli(Math.max(millis, -62_167_219_200_000L));
            String text = REFERENCE.format(time);
            assertEquals(text, WireTime.format(time));
            assertEquals(time, WireTime.parse(text));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T09:14:03Z, 2026-11-22T09:14:03.000Z",
    "2026-11-22T09:14:03.1Z, 2026-11-22T09:14:03.100Z",
    "2026-11-22T09:14:03.1239999Z, 2026-11-22T09:14:03.123Z",
    "2026-11-22T10:14:03.120+01:00, 2026-11-22T09:14:03.120Z",
    "2024-02-29T23:59:59.999Z, 2024-02-29T23:59:59.999Z",
  })
  void otherFormsAreTaken(String written, String same) {
    assertEquals(same, WireTime.format(WireTime.parse(written)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-22",
        "2026-11-22 09:14:03.120Z",
        "2026-11-22T09:14:03.120",
        "2026-13-01T00:00:00.000Z",
        "2025-02-29T00:00:00.000Z",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T09:60:00.000Z",
        "2026-11-22T09:14:60.000Z",
        "-0001-11-22T09:14:00.000Z",
        "+10000-11-22T09:14:00.000Z",
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThrows(DateTimeException.class, () -> WireTime.parse(text));
  }
}
