package org.lesbillets.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.SeededTest;

class ShellWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "|~~",
        "   |~~",
        "a|[a]",
        " a  b\t c |[a][b][c]",
        "'a b' c|[a b][c]",
        "\"a b\" c|[a b][c]",
        "a' 'b|[a b]",
        "''|[]",
        "a '' b|[a][][b]",
        "\"\"|[]",
        "a\\ b|[a b]",
        "\\'a|['a]",
        "'a\\b'|[a\\b]",
        "\"a\\\"b\"|[a\"b]",
        "\"it's\"|[it's]",
        "'say \"hi\"'|[say \"hi\"]",
        "a\\|[a\\]",
        "title:\"a b\"|[title:a b]",
        "$HOME *.txt|[$HOME][*.txt]",
        "打印机 \"着 火\"|[打印机][着 火]"
      })
  void wordsArePartedAsInAShell(String line, String words) {
    StringBuilder split = new StringBuilder();
    ShellWords.split(line == null ? "" : line).forEach(word -> split.append("[" + word + "]"));
    assertEquals(words == null ? "" : words, split.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"'a|'", "a \"b|\"", "\"a\\\"|\"", "a'b'c'|'"})
  void aQuoteIsToBeClosed(String line, String quote) {
    IllegalArgumentException mistake =
        assertThrows(IllegalArgumentException.class, () -> ShellWords.split(line));
    assertEquals("A quote (" + quote + ") is not closed: close it.", mistake.getMessage());
  }

  @Test
  void whatIsQuotedComesBackAsItWas() throws Exception {
    SeededTest.run(
        random -> {
          String letters = "ab \t'\"\\$é🔥";
          for (int n = 0; n < 2_000; n++) {
            List<String> words = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (int w = random.nextInt(4); w >= 0; w--) {
              StringBuilder word = new StringBuilder();
              for (int c = random.nextInt(6); c > 0; c--) {
                int at = random.nextInt(letters.codePointCount(0, letters.length()));
                word.appendCodePoint(letters.codePoints().skip(at).findFirst().orElseThrow());
              }
              words.add(word.toString());
              line.append(" '").append(word.toString().replace("'", "'\\''")).append('\'');
            }
            assertEquals(words, ShellWords.split(line.toString()));
          }
        });
  }
}
