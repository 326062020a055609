package org.lesbillets.cli.tui.state.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.ProcessorTime;
import org.lesbillets.model.SeededTest;

class TypedTextTest {
  private static final Map<String, UnaryOperator<TypedText>> OPERATIONS = new TreeMap<>();

  static {
    OPERATIONS.put("left", TypedText::left);
    OPERATIONS.put("right", TypedText::right);
    OPERATIONS.put("word-left", TypedText::wordLeft);
    OPERATIONS.put("word-right", TypedText::wordRight);
    OPERATIONS.put("start", TypedText::lineStart);
    OPERATIONS.put("end", TypedText::lineEnd);
    OPERATIONS.put("up", TypedText::lineUp);
    OPERATIONS.put("down", TypedText::lineDown);
    OPERATIONS.put("swap", TypedText::transposed);
    OPERATIONS.put("erase", text -> text.without(text.left()));
    OPERATIONS.put("delete", text -> text.without(text.right()));
    OPERATIONS.put("erase-word", text -> text.without(text.wordLeft()));
    OPERATIONS.put("delete-word", text -> text.without(text.wordRight()));
    OPERATIONS.put("erase-to-start", text -> text.without(text.lineStart()));
    OPERATIONS.put("delete-to-end", text -> text.without(text.lineEnd()));
    for (String more :
        List.of("x", "\n", " ", "\u0301", "🔥", "🇫", "\u200d", "ab\ncd", "\u094d")) {
      OPERATIONS.put("+" + more, text -> text.insert(more));
    }
  }

  /** A text with a stroke where the cursor is, and ⏎ for a newline. */
  private static TypedText read(String drawn) {
    String text = drawn.replace('⏎', '\n');
    int cursor = text.indexOf('|');
    return new TypedText(text.substring(0, cursor) + text.substring(cursor + 1), cursor);
  }

  private static String drawn(TypedText typed) {
    return (typed.before() + "|" + typed.after()).replace('\n', '⏎');
  }

  private static TypedText after(String operation, TypedText typed) {
    return OPERATIONS.get(operation).apply(typed);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "left,|ab,|ab",
        "left,a|b,|ab",
        "left,ab⏎|c,ab|⏎c",
        "left,👩‍💻|,|👩‍💻",
        "left,🇫🇷🇩🇪|,🇫🇷|🇩🇪",
        "left,👍🏽|a,|👍🏽a",
        "left,1️⃣|,|1️⃣",
        "left,हिन्दी|,हिन्|दी",
        "right,ab|,ab|",
        "right,|ab,a|b",
        "right,a|⏎b,a⏎|b",
        "right,|🔥x,🔥|x",
        "right,|👨‍👩‍👧‍👦x,👨‍👩‍👧‍👦|x",
        "word-left,|,|",
        "word-left,one two|,one |two",
        "word-left,one two |,one |two ",
        "word-left,one two  |three,one |two  three",
        "word-left,one⏎|two,|one⏎two",
        "word-left,assignee:bob|,assignee:|bob",
        "word-left,snake_case|,|snake_case",
        "word-left,über 打印机|,über |打印机",
        "word-left,a 👩‍💻🔥|,|a 👩‍💻🔥",
        "word-right,|one two,one| two",
        "word-right,one| two,one two|",
        "word-right,|हिन्दी x,हिन्दी| x",
        "word-right,one |,one |",
        "word-right,|🔥 a b,🔥 a| b",
        "start,ab⏎cd|e⏎f,ab⏎|cde⏎f",
        "start,abc|,|abc",
        "start,ab⏎|cd,ab⏎|cd",
        "end,a|b⏎cd,ab|⏎cd",
        "end,ab⏎c|d,ab⏎cd|",
        "end,ab|⏎cd,ab|⏎cd",
        "up,ab|c,ab|c",
        "up,abc⏎de|f,ab|c⏎def",
        "up,a⏎def|,a|⏎def",
        "up,🔥🔥🔥⏎de|f,🔥🔥|🔥⏎def",
        "up,⏎|,|⏎",
        "down,abc|,abc|",
        "down,ab|c⏎def,abc⏎de|f",
        "down,abc|⏎d⏎e,abc⏎d|⏎e",
        "down,de|f⏎👩‍💻👩‍💻👩‍💻,def⏎👩‍💻👩‍💻|👩‍💻",
        "down,|⏎,⏎|",
        "swap,ab|c,acb|",
        "swap,abc|,acb|",
        "swap,a|,a|",
        "swap,|ab,|ab",
        "swap,a🔥|b,ab🔥|",
        "swap,ab|⏎cd,ba|⏎cd",
        "swap,ab⏎|cd,ab⏎|cd",
        "erase,|a,|a",
        "erase,ab|c,a|c",
        "erase,x👩‍💻|y,x|y",
        "erase,a⏎|b,a|b",
        "delete,a|bc,a|c",
        "delete,a|🇫🇷c,a|c",
        "delete,a|⏎b,a|b",
        "delete,a|,a|",
        "erase-word,one two|,one |",
        "erase-word,one  |,|",
        "delete-word,|one two,| two",
        "erase-to-start,ab⏎cd|e,ab⏎|e",
        "delete-to-end,a|b⏎c,a|⏎c",
        "delete-to-end,ab|⏎c,ab|⏎c",
        "+x,a|b,ax|b",
        "+🔥,a|b,a🔥|b",
        "+🇫,|🇷,🇫🇷|"
      })
  void aKeyDoesWhatItDoesInReadline(String operation, String before, String after) {
    assertEquals(after, drawn(after(operation, read(before))));
  }

  @Test
  void theCursorIsNeverInACharacter() {
    assertEquals("e\u0301|a", drawn(new TypedText("e\u0301a", 1)));
    assertEquals("🔥|", drawn(new TypedText("🔥", 1)));
    assertEquals("e\u0301|", drawn(new TypedText("\u0301", 0).insert("e")));
    // What was between two characters is gone, and they are one.
    TypedText joined = new TypedText("e\n\u0301x", 2);
    assertEquals("e\u0301|x", drawn(joined.without(joined.left())));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void aPlaceOutsideIsNone(int cursor) {
    assertThrows(IllegalArgumentException.class, () -> new TypedText("abc", cursor));
  }

  /** The obvious way: every boundary there is, from the beginning. */
  private static List<Integer> boundaries(String text) {
    List<Integer> boundaries = new ArrayList<>(List.of(0));
    Matcher characters = Pattern.compile("\\X").matcher(text);
    while (characters.find()) {
      boundaries.add(characters.end());
    }
    return boundaries;
  }

  /** What an operation should leave, as {text, where the cursor is}. */
  private static TypedText expected(String operation, TypedText from) {
    List<Integer> places = boundaries(from.text());
    int at = places.indexOf(from.cursor());
    int left = places.get(Math.max(0, at - 1));
    int right = places.get(Math.min(places.size() - 1, at + 1));
    String before = from.before();
    String after = from.after();
    return switch (operation) {
      case "left" -> new TypedText(from.text(), left);
      case "right" -> new TypedText(from.text(), right);
      case "erase" -> moved(from.text().substring(0, left) + after, left);
      case "delete" -> moved(before + from.text().substring(right), before.length());
      case "erase-to-start" -> {
        String kept = before.contains("\n") ? before.replaceFirst("[^\n]*\\z", "") : "";
        yield moved(kept + after, kept.length());
      }
      case "delete-to-end" -> moved(before + after.replaceFirst("^[^\n]*", ""), before.length());
      default ->
          operation.startsWith("+")
              ? moved(
                  before + operation.substring(1) + after, before.length() + operation.length() - 1)
              : null;
    };
  }

  private static TypedText moved(String text, int cursor) {
    int place = boundaries(text).stream().filter(b -> b >= cursor).findFirst().orElseThrow();
    return new TypedText(text, place);
  }

  @Test
  void whateverIsPressedTheTextIsWhatItShouldBe() throws Exception {
    SeededTest.run(
        random -> {
          for (int n = 0; n < 300; n++) {
            play(random);
          }
        });
  }

  private static void play(Random random) {
    List<String> names = List.copyOf(OPERATIONS.keySet());
    TypedText typed = TypedText.EMPTY;
    for (int n = 0; n < 60; n++) {
      // Typing comes more often, so that there is something to move in.
      String operation = names.get(random.nextInt(n % 2 == 0 ? 9 : names.size()));
      TypedText now = after(operation, typed);
      String what = operation + " on " + drawn(typed);
      assertEquals(true, boundaries(now.text()).contains(now.cursor()), what);
      TypedText expected = expected(operation, typed);
      if (expected != null) {
        assertEquals(drawn(expected), drawn(now), what);
      } else {
        boolean swaps = operation.equals("swap");
        assertEquals(swaps ? sorted(typed) : null, swaps ? sorted(now) : null, what);
        boolean moves = !swaps && !operation.endsWith("-word");
        assertEquals(moves ? typed.text() : null, moves ? now.text() : null, what);
      }
      typed = now;
    }
  }

  private static String sorted(TypedText typed) {
    return typed.text().chars().sorted().mapToObj(c -> (char) c + "").reduce("", String::concat);
  }

  @Test
  void whatIsSurelyBetweenTwoCharactersIsInEveryScript() throws Exception {
    int[][] scripts = {
      {0x0A, 0x600}, {0x300, 0x370}, {0x900, 0x980}, {0xE00, 0xE80}, {0x1100, 0x1200},
      {0x2000, 0x2070}, {0x20D0, 0x20F0}, {0x3000, 0xA500}, {0x3099, 0x309B}, {0xAC00, 0xD7B0},
      {0xFE00, 0xFE10}, {0x1F1E6, 0x1F200}, {0x1F3FB, 0x1F400}, {0x1F466, 0x1F46A}
    };
    SeededTest.run(
        random -> {
          for (int n = 0; n < 3_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < 12; c++) {
              int[] script = scripts[random.nextInt(scripts.length)];
              int one = script[0] + random.nextInt(script[1] - script[0]);
              text.appendCodePoint(one == '\r' ? '\n' : one);
            }
            List<Integer> boundaries = boundaries(text.toString());
            for (int place = 0; place <= text.length(); place++) {
              String hex =
                  text.toString().codePoints().mapToObj(Integer::toHexString).toList() + "";
              assertEquals(
                  boundaries.contains(place),
                  GraphemeBoundary.isBetween(text.toString(), place),
                  place + " in " + hex);
            }
          }
        });
  }

  @Test
  void aLongLineIsNoBurden() throws Exception {
    ProcessorTime.assertAtMost(
        Duration.ofMillis(20 * 100),
        () -> {
          TypedText typed = new TypedText("打印机着火了".repeat(10_000), 30_000);
          for (int n = 0; n < 20; n++) {
            typed = typed.insert("x").left().without(typed.right()).right();
          }
          return typed;
        });
  }
}
