package org.lesbillets.cli.tui.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.SeededTest;

class KeyTest {

  private static Key spelt(String spelling) {
    return Key.spelt(spelling)
        .orElseThrow(() -> new AssertionError("'" + spelling + "' is no key"));
  }

  @ParameterizedTest
  @CsvSource({
    "j, j",
    "J, J",
    "é, é",
    "🔥, 🔥",
    "-, -",
    "space, Space",
    "SPACE, Space",
    "down, Down",
    "pgdn, PgDn",
    "f5, F5",
    "F12, F12",
    "esc, Esc",
    "ins, Ins",
    "ctrl-r, Ctrl-R",
    "CTRL-R, Ctrl-R",
    "Ctrl-Space, Ctrl-Space",
    "Ctrl-Left, Ctrl-Left",
    "Ctrl--, Ctrl--",
    "ctrl-ß, Ctrl-ß",
    "alt-b, Alt-b",
    "Alt-B, Alt-B",
    "Alt-enter, Alt-Enter",
    "Alt-Ctrl-x, Ctrl-Alt-X",
    "Ctrl-Alt-X, Ctrl-Alt-X",
    "shift-tab, Shift-Tab",
    "Shift-Ctrl-Up, Ctrl-Shift-Up",
    "Alt--, Alt--"
  })
  void aSpellingIsReadInAnyCaseAndWrittenInOne(String spelling, String written) {
    assertEquals(written, spelt(spelling).spelling());
    assertEquals(spelt(spelling), spelt(written));
    assertEquals(written, spelt(spelling).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "Ctrl-I, Tab",
    "ctrl-m, Enter",
    "Ctrl-H, Backspace",
    "Ctrl-[, Esc",
    "Alt-Ctrl-I, Alt-Tab",
    "Ctrl-Alt-h, Alt-Backspace"
  })
  void whatATerminalDoesNotTellApartIsOneKey(String spelling, String key) {
    assertEquals(spelt(key), spelt(spelling));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "\u001b",
        "Dwon",
        "jj",
        "Ctrl-",
        "Ctrl",
        "Alt-",
        "Shift-a",
        "Shift-Space",
        "Shift-",
        "Ctrl-Foo",
        "Ctrl+R",
        "C-r",
        "F13",
        "Ctrl- "
      })
  void whatSpellsNoKeyIsNone(String spelling) {
    assertEquals(Optional.empty(), Key.spelt(spelling));
  }

  @ParameterizedTest
  @EnumSource(Key.Name.class)
  void everyNamedKeyIsReadAsItIsWritten(Key.Name name) {
    if (name == Key.Name.CHARACTER) {
      return;
    }
    for (int held = 0; held < 8; held++) {
      Key key = Key.named(name);
      key = (held & 1) == 0 ? key : key.withCtrl();
      key = (held & 2) == 0 ? key : key.withAlt();
      key = (held & 4) == 0 ? key : key.withShift();
      assertEquals(key, spelt(key.spelling()));
      assertFalse(key.types());
    }
  }

  @Test
  void everyCharacterIsReadAsItIsWritten() throws Exception {
    SeededTest.run(
        random -> {
          for (int n = 0; n < 20_000; n++) {
            int c = n < 0x3000 ? n : random.nextInt(0x30000);
            boolean lone = Character.getType(c) == Character.SURROGATE;
            if (Character.isISOControl(c) || lone) {
              continue;
            }
            Key key = Key.character(c);
            assertEquals(key, spelt(key.spelling()), "U+" + Integer.toHexString(c));
            assertEquals(key.withAlt(), spelt(key.withAlt().spelling()));
            Key small = spelt("Ctrl-" + key.spelling());
            assertEquals(small, spelt(small.spelling()), "Ctrl with U+" + Integer.toHexString(c));
          }
        });
  }

  @Test
  void onlyABareCharacterTypes() {
    assertTrue(Key.character('a').types());
    assertTrue(Key.character(' ').types());
    assertTrue(Key.character(0x1F525).types());
    assertFalse(Key.character('a').withCtrl().types());
    assertFalse(Key.character('a').withAlt().types());
    assertFalse(Key.named(Key.Name.ENTER).types());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 0x1B, 0x7F, 0x85, 0x9B, -1, 0x110000})
  void aControlCharacterIsNoKey(int character) {
    assertThrows(IllegalArgumentException.class, () -> Key.character(character));
  }

  @Test
  void whatTypesNothingHasNoCharacter() {
    assertThrows(
        IllegalArgumentException.class, () -> new Key(Key.Name.UP, 'a', false, false, false));
  }
}
