package org.lesbillets.cli.command.bulk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.SeededTest;

/** Lines as they come. */
class InputLinesTest {

  private static List<InputLines.Line> lines(InputStream in, int limit) {
    InputLines lines = new InputLines(in, limit);
    List<InputLines.Line> all = new ArrayList<>();
    for (InputLines.Line line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    assertNull(lines.next(), "the end stays the end");
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | ``",
        "a | [a]",
        "`a~` | [a]",
        "`a~~b` | [a][][b]",
        "`~` | []",
        "`a^~b^` | [a][b]",
        "`12345~1234567~1` | [12345]![1]",
        "123456 | [123456]",
        "1234567 | !",
        "`\ufeffa~\ufeffb` | [a][\ufeffb]",
      })
  void whatALineIs(String text, String expected) {
    String read = text.replace('~', '\n').replace('^', '\r');
    StringBuilder told = new StringBuilder();
    for (InputLines.Line line :
        lines(new ByteArrayInputStream(read.getBytes(StandardCharsets.UTF_8)), 6)) {
      told.append(line.text() == null ? "!" : "[" + line.text() + "]");
    }
    assertEquals(expected, told.toString());
  }

  @Test
  void aLineIsAsLongAsTheLimitAndNoLonger() {
    byte[] text = "ééé\néééx\n".getBytes(StandardCharsets.UTF_8);
    List<InputLines.Line> lines = lines(new ByteArrayInputStream(text), 6);
    assertEquals(
        List.of(
            new InputLines.Line(1, "ééé", null),
            new InputLines.Line(2, null, "is longer than 6 bytes")),
        lines);
  }

  @Test
  void howTheBytesComeMakesNoDifference() throws Exception {
    SeededTest.run(
        random -> {
          for (int round = 0; round < 50; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200_000); i > 0; i--) {
              text.append(random.nextInt(50) == 0 ? "\n" : random.nextBoolean() ? "é" : "x");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            List<String> expected = text.toString().lines().toList();
            List<String> read =
                lines(trickling(bytes, random), 1 << 20).stream()
                    .map(InputLines.Line::text)
                    .toList();
            assertEquals(expected, read);
          }
        });
  }

  private static InputStream trickling(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(100_000)));
      }
    };
  }
}
