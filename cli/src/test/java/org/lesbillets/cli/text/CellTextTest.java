package org.lesbillets.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.ProcessorTime;

class CellTextTest {

  @ParameterizedTest
  @CsvSource({"'', 0", "abc, 3", "打印机, 6", "e\u0301, 1", "🔥, 2", "🇫🇷, 2", "❤, 1", "…, 1"})
  void width(String text, int cells) {
    assertEquals(cells, CellText.width(text));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3, abc",
    "abcd, 3, ab…",
    "abcd, 1, …",
    "打印机, 6, 打印机",
    "打印机, 5, 打印…",
    "打印机, 4, 打…",
    "ab cd, 4, ab…",
    "🔥🔥, 3, 🔥…"
  })
  void cut(String text, int cells, String expected) {
    assertEquals(expected, CellText.cut(text, cells));
  }

  @Test
  void cutWithAnotherMark() {
    assertEquals("ab~", CellText.cut("abcd", 3, "~"));
  }

  @Test
  void wrapsOneLineOfSixtyFourKibibytesAtOnce() throws Exception {
    String line = "打印机 on fire, ".repeat(4096);
    List<String> lines =
        ProcessorTime.assertAtMost(
            Duration.ofSeconds(2), () -> CellText.wrap(line.stripTrailing(), 20));
    assertEquals(4096, lines.size());
  }

  @ParameterizedTest
  @CsvSource({
    "one two three, 7, one two|three",
    "one two three, 8, one two|three",
    "onetwothree, 4, onet|woth|ree",
    "a onetwothree, 4, a|onet|woth|ree",
    "打印机打印机, 5, 打印|机打|印机",
    "'', 5, ''",
    "'    indented text', 10, '    indent|ed text'"
  })
  void wrap(String text, int cells, String expected) {
    assertEquals(List.of(expected.split("\\|", -1)), CellText.wrap(text, cells));
  }
}
