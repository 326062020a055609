package org.lesbillets.cli.command.bulk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, lines and issues in encodings other than UTF-8, and in none. */
class CsvEncodingTest {
  private static final String NO_UTF_8 =
      "some of it is no text in UTF-8: name another encoding by --encoding";

  private static List<ImportRecord> read(byte[] bytes, String encoding) {
    Charset named = encoding == null ? null : Charset.forName(encoding);
    return Records.read(ExchangeFormat.CSV, bytes, named, CsvLayout.OWN);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void aByteThatIsNoTextCostsItsOwnRowOnly() {
    StringBuilder before = new StringBuilder("title,description\n");
    for (int i = 1; i <= 2_000; i++) {
      before.append("Row ").append(i).append(",déjà vu ").append(i).append('\n');
    }
    byte[] utf8 = before.toString().getBytes(StandardCharsets.UTF_8);
    List<ImportRecord> records =
        read(joined(utf8, latin("caf\u00e9,latin one\n"), latin("Row 2001,after\n")), null);
    assertEquals(2_002, records.size());
    assertEquals(2_001, records.stream().filter(record -> record.problem() == null).count());
    ImportRecord bad = records.get(2_000);
    assertEquals("2002: " + NO_UTF_8, bad.line() + ": " + bad.problem());
    assertEquals("Row 2001", records.get(2_001).ticket().ticket().content().title());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`title,description\na,\"one\ntwo\n\u00e9\n\"\nb,\n` | 4! 6#1",
        "`title,description\r\na,\"one\r\n\u00e9\"\r\nb,\r\n` | 3! 4#1",
        "`title,description\ra,\"one\r\u00e9\"\rb,\r` | 3! 4#1",
        "`title,description\n\"a\nb\",\"\n\u00e9\"\n` | 4!",
        "`title,caf\u00e9\na,b\n` | 1!",
        "`title\n\u00e9` | 2!",
        "`title\na\n\u00e9\u00e9\nb\n\u00e9\n` | 2#1 3! 4#1 5!",
      })
  void itsLineIsThatOfTheFile(String text, String summary) {
    String lines = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\u00e9", "\u00e9");
    assertEquals(summary, Records.summary(read(latin(lines), null)));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, ISO-8859-1, caf\u00e9",
    "latin1, ISO-8859-1, caf\u00e9",
    "windows-1252, windows-1252, 5 \u20ac",
    "UTF-8, UTF-8, caf\u00e9 \ud83c\udfab",
    "UTF-16, UTF-16, caf\u00e9 \ud83c\udfab",
    "UTF-16LE, UTF-16LE, caf\u00e9 \ud83c\udfab",
    "IBM850, IBM850, caf\u00e9",
  })
  void anEncodingIsTakenByItsName(String name, String written, String title) {
    byte[] bytes = ("title\n" + title + "\n").getBytes(Charset.forName(written));
    assertEquals(title, read(bytes, name).get(0).ticket().ticket().content().title());
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, true", "UTF-16LE, true", "UTF-16BE, true", "UTF-16LE, false"})
  void aByteOrderMarkNamesIt(String written, boolean table) {
    String title = "caf\u00e9 \ud83c\udfab".repeat(3_000).substring(0, 150);
    String text =
        table
            ? "\ufefftitle,description\n" + title + "," + "\ud83c\udfab".repeat(9_000) + "\n"
            : "\ufeff[{\"number\":7,\"title\":\""
                + title
                + "\",\"body\":\"\",\"state\":\"OPEN\","
                + "\"labels\":[],\"assignees\":[],\"author\":null,"
                + "\"createdAt\":\"2024-03-01T09:14:03Z\",\"updatedAt\":\"2024-03-01T09:14:03Z\"}]";
    List<ImportRecord> records =
        Records.read(
            table ? ExchangeFormat.CSV : null,
            text.getBytes(Charset.forName(written)),
            null,
            CsvLayout.OWN);
    assertEquals(1, records.size());
    assertEquals(title, records.get(0).ticket().ticket().content().title());
  }

  @Test
  void linesAreReadInOtherEncodings() {
    byte[] lines = latin("{\"title\":\"caf\u00e9\"}\n");
    List<ImportRecord> records =
        Records.read(ExchangeFormat.JSONL, lines, StandardCharsets.ISO_8859_1, CsvLayout.OWN);
    assertEquals("id is missing: give the ticket's UUID", records.get(0).problem());
    assertEquals(
        "the line is not UTF-8 text", Records.read(ExchangeFormat.JSONL, lines).get(0).problem());
  }
}
