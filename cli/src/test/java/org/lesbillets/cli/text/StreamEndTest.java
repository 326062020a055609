package org.lesbillets.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs print, as a comment may have it. */
class StreamEndTest {
  private static final int LIMIT = 64 * 1024;

  private static StreamEnd.Kept kept(byte[] bytes) throws IOException {
    return StreamEnd.of(new ByteArrayInputStream(bytes), LIMIT);
  }

  private static String text(String text) throws IOException {
    return kept(text.getBytes(StandardCharsets.UTF_8)).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "one\\r\\ntwo\\r\\n | one\\ntwo",
        "10%\\r20%\\r\\n\\r\\nend | 10%\\n20%\\n\\nend",
        "a\\tb\\n\\nc\\n\\n\\n | a\\tb\\n\\nc",
        "␀a␇b␈c␡d | abcd",
        "␛[1;31mred␛[0m plain␛[K | red plain",
        "␛]0;title␇a␛]8;;http://x␛\\b | ab",
        "␛(Ba␛=b␛Mc␛7d | abcd",
        "a␛[31\\nb␛]open\\nc␛ | a\\nb\\nc",
        "␛[31é␛é␛[1␛[2mx | ééx",
        "\u009b31mred\u0085\u009b0m | red",
        "\ufeffmark\ufeff | mark\ufeff",
        "🎫 ẹ́ \u2028x | 🎫 ẹ́ \u2028x",
      })
  void whatATextMayNotHaveIsLeftOut(String printed, String expected) throws Exception {
    assertEquals(lines(expected), text(lines(printed)).strip());
  }

  private static String lines(String text) {
    return text.replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\t", "\t")
        .replace("␛", "\u001b")
        .replace("␀", "\u0000")
        .replace("␇", "\u0007")
        .replace("␈", "\b")
        .replace("␡", "\u007f");
  }

  @Test
  void whatIsNoUtf8IsTheCharacterForThat() throws Exception {
    byte[] latin = "caf\u00e9 x".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("caf\ufffd x", kept(latin).text());
  }

  @ParameterizedTest
  @CsvSource({"x, 65536, 0", "x, 65537, 1", "é, 32768, 0", "é, 32769, 1", "🎫, 100000, 1"})
  void theEndIsKeptAndTheCutIsSaid(String character, int count, int cut) throws Exception {
    StreamEnd.Kept kept = kept((character.repeat(count) + "\n").getBytes(StandardCharsets.UTF_8));
    int bytes = kept.text().getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= LIMIT && bytes > LIMIT - 8, bytes + " bytes");
    if (cut == 0) {
      assertEquals(character.repeat(count), kept.text());
      assertEquals(0, kept.cut());
      return;
    }
    String note = "[the first " + kept.cut() + " bytes are left out]\n";
    assertTrue(kept.text().startsWith(note), kept.text().substring(0, 80));
    String end = kept.text().substring(note.length());
    assertEquals("", end.replace(character, ""), "whole characters");
    int all = character.getBytes(StandardCharsets.UTF_8).length * count;
    assertEquals(all, kept.cut() + end.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void aStreamMayBeLongerThanMemory() throws Exception {
    long length = 40L << 20;
    InputStream endless =
        new InputStream() {
          private long left = length;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] target, int offset, int wanted) {
            int count = (int) Math.min(left, wanted);
            Arrays.fill(target, offset, offset + count, (byte) 'x');
            left -= count;
            return count == 0 ? -1 : count;
          }
        };
    StreamEnd.Kept kept = StreamEnd.of(endless, LIMIT);
    assertEquals(LIMIT, kept.text().length());
    String note = "[the first " + kept.cut() + " bytes are left out]\n";
    assertEquals(length, kept.cut() + kept.text().length() - note.length());
  }
}
