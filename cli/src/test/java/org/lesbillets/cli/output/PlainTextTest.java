package org.lesbillets.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.output.table.Cell;
import org.lesbillets.cli.output.table.Column;
import org.lesbillets.cli.output.table.Table;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.PlainText;

/**
 * Other people's text, made harmless. The table is written with escapes, so that it can be read.
 */
class PlainTextTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain,plain",
        "caf\\u00e9,caf\\u00e9",
        "e\\u0301,e\\u0301",
        "\\u6253\\u5370,\\u6253\\u5370",
        "\\ud83d\\udd25,\\ud83d\\udd25",
        "\\u001b[2J,\\ufffd[2J",
        "a\\u0000b,a\\ufffdb",
        "a\\tb,a\\ufffdb",
        "a\\nb,a\\ufffdb",
        "a\\rb,a\\ufffdb",
        "a\\u007fb,a\\ufffdb",
        "\\u009b2J,\\ufffd2J",
        "\\u0085,\\ufffd",
        "\\u2028,\\ufffd",
        "\\u2029,\\ufffd",
        "\\u202ex,\\ufffdx",
        "\\u202ax\\u202c,\\ufffdx\\ufffd",
        "\\u2066x\\u2069,\\ufffdx\\ufffd",
        "\\u200ex\\u200f\\u061c,\\ufffdx\\ufffd\\ufffd",
        "a\\u200bb,ab",
        "a\\u200db\\u200c,ab",
        "\\ufeffa,a",
        "a\\u00adb,ab",
        "\\u2764\\ufe0f,\\u2764",
        "a\\udb40\\udc41b,ab",
        "a\\u2060b\\u3164,ab",
        "\\u200b,\\ufffd",
        " \\u3164 ,\\ufffd",
        "\\ud800x,\\ufffdx",
        "x\\udc00,x\\ufffd"
      })
  void oneLine(String text, String harmless) {
    assertEquals(unescaped(harmless), PlainText.line(unescaped(text)));
  }

  @ParameterizedTest
  @CsvSource({"a\\nb, a\\nb", "a\\r\\nb, a\\nb", "a\\tb, a    b", "a\\rb, a\\ufffdb"})
  void severalLines(String text, String harmless) {
    assertEquals(unescaped(harmless), PlainText.block(unescaped(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "a\\tb, a\\tb",
    "a\\nb, a\\nb",
    "a\\rb, a\\u000db",
    "\\u202eab, \\u202eab",
    "a\\u2066b, a\\u2066b",
    "\\u200b, \\u200b",
    "\\u00ad, \\u00ad",
    "\\udb40\\udc41, \\udb40\\udc41",
    "\\u001b, \\u001b",
    "\\u009b, \\u009b"
  })
  void tsvEscapesWhatItPrints(String text, String escaped) {
    assertEquals(escaped, TsvText.escape(unescaped(text)));
  }

  /** Emoji and scripts are made of these. */
  @ParameterizedTest
  @CsvSource({"\\u2764\\ufe0f", "\\ud83d\\udc68\\u200d\\ud83d\\udc69", "\\u0645\\u200c\\u06cc"})
  void tsvLeavesWhatShapesLetters(String text) {
    assertEquals(unescaped(text), TsvText.escape(unescaped(text)));
  }

  @ParameterizedTest
  @CsvSource({"C:\\dir, C:\\\\dir", "plain, plain"})
  void tsvEscapesBackslashes(String text, String escaped) {
    assertEquals(escaped, TsvText.escape(text));
  }

  /** Turns Java's escapes into what they stand for. */
  private static String unescaped(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\u", i)) {
        result.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
        i += 5;
      } else if (text.startsWith("\\t", i)
          || text.startsWith("\\n", i)
          || text.startsWith("\\r", i)) {
        result.append("\t\n\r".charAt("tnr".indexOf(text.charAt(i + 1))));
        i++;
      } else {
        result.append(text.charAt(i));
      }
    }
    return result.toString();
  }

  @RepeatedTest(200)
  void tablesFitWhateverIsInThem() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    int width = 40 + random.nextInt(100);
    Table table =
        new Table(Column.number("#", 0), Column.cut("NAME", 2, 8), Column.cut("TITLE", 0, 10));
    for (int row = 0; row < 5; row++) {
      table.row(Cell.of("" + row), Cell.of(noise(random)), Cell.of(noise(random)));
    }
    for (String line : table.lines(width, false)) {
      assertTrue(CellText.width(line) <= width, "seed " + seed + ": " + line);
      assertEquals(PlainText.line(line), line, "seed " + seed);
    }
    for (String line : CellText.wrap(PlainText.line(noise(random)), width)) {
      assertTrue(CellText.width(line) <= width, "seed " + seed + ": " + line);
    }
  }

  private static String noise(Random random) {
    int[] ranges = {0x20, 0x41, 0x300, 0x4e00, 0x1f600, 0x2000, 0x80, 0x1f1e6, 0xd800, 0x0};
    StringBuilder noise = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      noise.appendCodePoint(ranges[random.nextInt(ranges.length)] + random.nextInt(0x50));
    }
    return noise.toString();
  }
}
