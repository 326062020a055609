package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketRefTest {

  @ParameterizedTest
  @CsvSource({"#17, 17", "#0017, 17", "17, 17", "3f2a, 3f2a", "#999999999, 999999999"})
  void takesAHashBeforeANumberThatIsTyped(String text, String ref) {
    assertEquals(ref, TicketRef.typed(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "##17", "#3f2a", "# 17", "#-17", "#0", "#17#", "17#", "\uff0317"})
  void takesAHashBeforeNothingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> TicketRef.typed(text));
  }

  @Test
  void theWireTakesNoHash() {
    assertThrows(IllegalArgumentException.class, () -> TicketRef.parse("#17"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"key:17", "key:Disk:/var@db-1", "key:key:", "key:-._:/@"})
  void aKeyIsAKey(String text) {
    assertEquals(new TicketRef.ByKey(text.substring(4)), TicketRef.parse(text));
    assertEquals(text, TicketRef.typed(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"key:", "key:a b", "key:é", "key:a,b", "Key:17", "#key:17"})
  void isNoKey(String text) {
    assertThrows(IllegalArgumentException.class, () -> TicketRef.typed(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "17, 17",
    "0017, 17",
    "12345678, 12345678",
    "1000000000, 1000000000",
    "00000000000000000001000000000, 1000000000",
  })
  void allDigitsIsANumber(String text, long number) {
    assertEquals(new TicketRef.ByNumber(number), TicketRef.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123abcd-0000-4000-8000-00000000000f",
        "0123ABCD-0000-4000-8000-00000000000F",
        "00000000-0000-0000-0000-000000000000"
      })
  void aWholeUuidIsAnId(String text) {
    assertEquals(new TicketRef.ById(TicketId.of(text)), TicketRef.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0a12, 0a12",
    "ABCD, abcd",
    "12345678-, 12345678-",
    "12345678-9, 12345678-9",
    "0123abcd-0000-4000-8000-00000000000, 0123abcd-0000-4000-8000-00000000000",
  })
  void theBeginningOfAUuidIsAPrefix(String text, String prefix) {
    assertEquals(new TicketRef.ByPrefix(prefix), TicketRef.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "000",
        "-1",
        "+1",
        "1.5",
        " 1",
        "1 ",
        "abc",
        "wxyz",
        "abcd_",
        "1234-",
        "123456789a",
        "12345678a",
        "#17",
        "17a",
        "1000000001",
        "9999999999",
        "999999999999999",
        "99999999999999999999",
        "١٧",
        "0123abcd-0000-4000-8000-00000000000f0"
      })
  void anythingElseNamesNothing(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TicketRef.parse(text));
    assertTrue(e.getMessage().contains("'" + text + "' names no ticket"), e.getMessage());
  }

  @Test
  void numbersBeginAtOne() {
    assertThrows(IllegalArgumentException.class, () -> TicketRef.of(0));
  }

  @Test
  void writesWhatItReads() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 1_000; i++) {
            TicketRef ref = randomRef(random);
            assertEquals(ref, TicketRef.parse(ref.toString()));
          }
        });
  }

  private static TicketRef randomRef(Random random) {
    TicketId id = new TicketId(new UUID(random.nextLong(), random.nextLong()));
    String prefix = id.toString().substring(0, random.nextInt(4, 36));
    return switch (random.nextInt(3)) {
      case 0 -> TicketRef.of(random.nextLong(1, TicketRef.MAX_NUMBER + 1));
      case 1 -> TicketRef.of(id);
      default -> TicketRef.parse("f" + prefix.substring(1));
    };
  }
}
