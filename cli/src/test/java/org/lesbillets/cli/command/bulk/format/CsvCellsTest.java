package org.lesbillets.cli.command.bulk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.SeededTest;

/** No cell is a formula, and every text comes back. */
class CsvCellsTest {
  private static final String LETTERS = "'=+-@\t\rax \n\"";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, plain",
        "=1+1, '=1+1",
        "+1, '+1",
        "-1, '-1",
        "@sum, '@sum",
        "'=1, ''=1",
        "'quoted', 'quoted'",
        "''-x, '''-x",
        "a=b, a=b",
      })
  void aFormulaStandsBehindAnApostrophe(String text, String cell) {
    assertEquals(cell, CsvCells.written(text));
    assertEquals(text, CsvCells.read(cell));
  }

  @Test
  void everyTextComesBackAndNoneIsAFormula() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            String cell = CsvCells.written(text);
            assertEquals(text, CsvCells.read(cell), text);
            assertFalse(!cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0, cell);
          }
        });
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
