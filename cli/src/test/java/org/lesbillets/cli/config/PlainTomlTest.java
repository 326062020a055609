package org.lesbillets.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.SeededTest;
import org.tomlj.Toml;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;

/** What it reads, it reads as the library does; what it is not sure of, it leaves to that. */
class PlainTomlTest {
  private static final String USUAL =
      """
      # Two servers.
      context = "work" # the first
      color = 'never'

      [contexts.work]
      server = [ "a:1", "b:2" ]
      token_file = "~/tökens/🎫"

        [ contexts . home-2 ]\t
      server="c"
      [tui]
      bell = false
      [tui.keys]
      quit = ["q", 'Q', "\t"]
      """;

  private static TomlParseResult library(String text) {
    return Toml.parse(text, TomlParseOptions.sourceless());
  }

  private static Object values(Object value) {
    if (value instanceof FileTable table) {
      Map<String, Object> values = new LinkedHashMap<>();
      table.keys().forEach(key -> values.put(key, values(table.value(key))));
      // The order counts, too.
      return List.of(List.copyOf(values.keySet()), values);
    }
    return value instanceof List<?> list
        ? list.stream().map(PlainTomlTest::values).toList()
        : value;
  }

  /** Whether it was read. */
  private static boolean isSame(String text) {
    FileTable plain = PlainToml.read(text);
    if (plain == null) {
      return false;
    }
    TomlParseResult parsed = library(text);
    assertFalse(parsed.hasErrors(), () -> parsed.errors() + " in:\n" + text);
    assertEquals(values(new TomlFileTable(parsed)), values(plain), () -> "in:\n" + text);
    return true;
  }

  @Test
  void readsWhatIsPlain() {
    assertTrue(isSame(USUAL));
    assertTrue(isSame(""));
    assertTrue(isSame("\n\n# only this"));
    assertTrue(isSame("a=''"));
    assertTrue(isSame("a=\"\"\n[b]"));
    assertTrue(isSame(USUAL.strip()));
    FileTable contexts = (FileTable) PlainToml.read(USUAL).value("contexts");
    assertEquals(List.of("work", "home-2"), List.copyOf(contexts.keys()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a =",
        "= 'x'",
        "a = x",
        "a = 1",
        "a = 1.5",
        "a = 2026-11-30",
        "a.b = 'x'",
        "\"a\" = 'x'",
        "'a' = 'x'",
        "a = 'x' b = 'y'",
        "a = 'x'\na = 'y'",
        "a = \"x\\n\"",
        "a = \"x",
        "a = 'x",
        "a = 'x\n'",
        "a = \"\"\"x\"\"\"",
        "a = '''x'''",
        "a = ''''",
        "a = truex",
        "a = True",
        "a = [",
        "a = []",
        "a = ['x'",
        "a = ['x',]",
        "a = ['x' 'y']",
        "a = ['x',\n'y']",
        "a = [['x']]",
        "a = [true]",
        "a = {b = 'x'}",
        "[a",
        "[]",
        "[a]b",
        "[a.]",
        "[.a]",
        "[a..b]",
        "[[a]]",
        "['a']",
        "[a]\n[a]",
        "[a.b]\n[a]",
        "a = 'x'\n[a]",
        "a = 'x'\n[a.b]",
        "[a]\nb = 'x'\n[a.b]",
        "[a.b]\n[a.b]",
        "a = 'x'\r\n",
        "a = 'x'\r",
        "a = '\u0001'",
        "a = '\u007f'",
        "# \u0000",
        "\u0000",
        "\ufeffa = 'x'",
        "é = 'x'",
        "a = 'x' ; b",
        "a : 'x'",
        "a = 'x' # \u0007",
        "a = \u00a0'x'",
        "[a]\t#\u0085",
      })
  void leavesTheRestToTheLibrary(String text) {
    assertNull(PlainToml.read(text));
    isSame(USUAL + text);
  }

  @Test
  void isNeverOfAnotherOpinionThanTheLibrary() throws Exception {
    int[] read = new int[1];
    SeededTest.run(
        random -> {
          for (int round = 0; round < 1_500; round++) {
            read[0] +=
                isSame(random.nextBoolean() ? file(random) : changed(file(random), random)) ? 1 : 0;
          }
        });
    assertTrue(read[0] > 300, () -> "only " + read[0] + " files were plain");
  }

  private static final List<String> PIECES =
      List.of(
          "[a]",
          "[a.b]",
          "[ a . c ]",
          "[b]",
          "[b.a-1]",
          "[[d]]",
          "[a.b.c]",
          "['e']",
          "a",
          "b",
          "c",
          "_1-x",
          "a.b",
          "\"q\"",
          " = ",
          "=",
          "'x'",
          "\"y z\"",
          "''",
          "\"\"",
          "'\"'",
          "\"'\"",
          "\"#\"",
          "\"\\\\\"",
          "'\\'",
          "true",
          "false",
          "1",
          "['x', \"y\"]",
          "['x',]",
          "[]",
          "[true]",
          "# c",
          "#",
          "\n",
          "\n",
          "\n",
          " ",
          "\t",
          ",",
          "\"",
          "'",
          "é",
          "🎫",
          "\r\n",
          "\r",
          "\u0000",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\ufffd",
          "\uffff",
          "\ufeff",
          "\u2028");

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private static String file(Random random) {
    List<String> keys = List.of("a", "b", "c", "d-1", "E_", "7", "true");
    List<String> values =
        List.of("'x'", "\"y # z\"", "true", "false", "['x']", "[ 'x' , \"é\" ]", "''", "\"🎫\"");
    StringBuilder file = new StringBuilder();
    for (int lines = random.nextInt(9); lines > 0; lines--) {
      String key = keys.get(random.nextInt(keys.size()));
      String other = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(5)) {
        case 0 ->
            file.append("[").append(key).append(random.nextBoolean() ? "]" : "." + other + "]");
        case 1 -> file.append("# ").append(piece(random));
        default ->
            file.append(key)
                .append(random.nextBoolean() ? " = " : "=")
                .append(values.get(random.nextInt(values.size())));
      }
      file.append(random.nextInt(8) == 0 ? " # \tend" : "").append(lines == 1 ? "" : "\n");
    }
    return file.toString();
  }

  /** Never half a character: a file is read as UTF-8. */
  private static String changed(String file, Random random) {
    List<Integer> changed = new ArrayList<>(file.codePoints().boxed().toList());
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(changed.size() + 1);
      if (random.nextBoolean()) {
        changed.addAll(at, piece(random).codePoints().boxed().toList());
      } else if (at < changed.size()) {
        changed.remove(at);
      }
    }
    return changed.stream().map(Character::toString).collect(Collectors.joining());
  }
}
