package org.lesbillets.cli.tui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.model.SeededTest;

class ShownTextTest {

  @Test
  void aLetterAndItsMarkAreOneCharacter() {
    assertEquals("café", ShownText.line("cafe\u0301"));
  }

  @Test
  void marksOfALetterHaveABound() {
    String text = ShownText.line("Z" + "\u0321".repeat(200) + "a");
    assertEquals("Z" + "\u0321".repeat(4) + "a", text);
    assertEquals(2, CellText.width(text));
  }

  @Test
  void marksOnNothingAreLeftOut() {
    assertEquals("a", ShownText.line("\u0301\u0321a"));
    assertEquals("a\nb", ShownText.block("a\n\u0321b"));
  }

  @Test
  void whatIsDangerousIsShown() {
    assertEquals("a\ufffd[2Jb\ufffdc", ShownText.line("a\u001b[2Jb\u202ec"));
    assertEquals("a\ufffdb", ShownText.line("a\nb"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0:00",
    "PT-3S, 0:00",
    "PT9.9S, 0:09",
    "PT1M, 1:00",
    "PT59M59S, 59:59",
    "PT1H, 1h00m",
    "PT8H, 8h00m"
  })
  void countdowns(Duration left, String expected) {
    assertEquals(expected, LeaseDeadline.countdown(left));
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
}
