package org.lesbillets.cli.tui.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.SeededTest;

class ShownTextTest {

  @Test
  void aLetterAndItsMarksAreOneCharacterWhereThereIsOne() {
    assertEquals("caf\u00e9", ShownText.line("cafe\u0301"));
    assertEquals("plain", ShownText.line("plain"));
  }

  @Test
  void aLetterHasNoTowerOfMarks() {
    assertEquals("x" + "\u0300".repeat(4) + "y", ShownText.line("x" + "\u0300".repeat(500) + "y"));
  }

  @Test
  void aMarkOnNothingIsNotThere() {
    assertEquals("a", ShownText.line("\u0301a"));
    assertEquals("a\nb", ShownText.block("a\n\u0301\u20ddb"));
  }

  @Test
  void whatWouldPlayTricksIsSeen() {
    assertEquals("\ufffd[2Ja\ufffdb\ufffdc", ShownText.line("\u001b[2Ja\u202eb\nc"));
    assertEquals("a\n    b", ShownText.block("a\r\n\tb"));
    assertEquals("👩💻", ShownText.line("👩\u200d💻"));
  }

  @Test
  void nothingHarmfulGetsThrough() throws Exception {
    SeededTest.run(
        random -> {
          for (int n = 0; n < 2_000; n++) {
            int[] points = random.ints(12, 0, 0x2_0000).toArray();
            String shown = ShownText.line(new String(points, 0, points.length));
            assertTrue(
                shown
                    .codePoints()
                    .noneMatch(c -> Character.isISOControl(c) || c >= 0x202A && c <= 0x202E));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0:00",
    "0, 0:00",
    "9, 0:09",
    "65, 1:05",
    "545, 9:05",
    "3599, 59:59",
    "3600, 1h00m",
    "3905, 1h05m",
    "28800, 8h00m"
  })
  void aCountdownIsShort(long seconds, String shown) {
    assertEquals(shown, Countdown.of(Duration.ofSeconds(seconds)));
  }
}
