package org.lesbillets.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    "999999999, 999999999",
    "0999999999, 999999999",
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

  /** What a reference is, written as regular expressions. */
  private static String kind(String typed) {
    String text = typed.toLowerCase(Locale.ROOT);
    Matcher id = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").matcher(text);
    if (text.matches("0*([1-9][0-9]{0,8}|10{9})")) {
      return "ByNumber";
    }
    if (text.matches("0*[1-9][0-9]*")) {
      return "too high";
    }
    if (id.matches()) {
      return "ById";
    }
    return text.length() >= 4 && id.hitEnd() && !text.matches("[0-9]*") ? "ByPrefix" : "nothing";
  }

  private static String parsedKind(String typed) {
    try {
      return TicketRef.parse(typed).getClass().getSimpleName();
    } catch (IllegalArgumentException e) {
      return e.getMessage().contains("numbers end at") ? "too high" : "nothing";
    }
  }

  @Test
  void isWhatTheRegularExpressionsSay() throws Exception {
    SeededTest.run(
        random -> {
          for (int i = 0; i < 20_000; i++) {
            String text = damaged(randomRef(random).toString(), random);
            assertEquals(kind(text), parsedKind(text), text);
            assertEquals(kind(text).equals("too high"), TicketRef.isTooHigh(text), text);
            assertEquals(text.matches("#[0-9]+"), isMarkedNumber(text), text);
          }
        });
  }

  /** Whether a text that starts with a hash names the ticket that it names without. */
  private static boolean isMarkedNumber(String text) {
    return text.startsWith("#") && TicketRef.Forms.isDigits(text.substring(1));
  }

  /** With up to three characters put in, taken out or replaced, and zeros before it at times. */
  private static String damaged(String ref, Random random) {
    StringBuilder text = new StringBuilder("0".repeat(Math.max(0, random.nextInt(12) - 8)) + ref);
    for (int times = random.nextInt(4); times > 0; times--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(2));
      String alphabet = "0123456789abcdefABCDEFg-#: \n\u0130\u212a\u0661\uff11";
      int with = random.nextInt(alphabet.length());
      text.replace(at, end, random.nextInt(4) == 0 ? "" : alphabet.substring(with, with + 1));
    }
    return text.toString();
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
