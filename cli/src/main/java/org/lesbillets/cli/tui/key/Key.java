package org.lesbillets.cli.tui.key;

import java.util.Objects;
import java.util.Optional;

/**
 * A key press, alone or with modifiers. Immutable; any thread.
 *
 * <p>A terminal sends the same bytes for Ctrl-I and Tab, Ctrl-M and Enter, Ctrl-H and Backspace,
 * Shift-A and A: each pair is one key here, too. Ctrl is combined with a small letter, and shift
 * only with keys that type no character.
 *
 * @param character the code point of a {@link Name#CHARACTER}, never a control character; else 0
 */
public record Key(Name name, int character, boolean ctrl, boolean alt, boolean shift) {

  /** The label of the key. */
  public enum Name {
    CHARACTER(""),
    ENTER("Enter"),
    TAB("Tab"),
    BACKSPACE("Backspace"),
    DELETE("Del"),
    INSERT("Ins"),
    ESCAPE("Esc"),
    UP("Up"),
    DOWN("Down"),
    LEFT("Left"),
    RIGHT("Right"),
    HOME("Home"),
    END("End"),
    PAGE_UP("PgUp"),
    PAGE_DOWN("PgDn"),
    F1("F1"),
    F2("F2"),
    F3("F3"),
    F4("F4"),
    F5("F5"),
    F6("F6"),
    F7("F7"),
    F8("F8"),
    F9("F9"),
    F10("F10"),
    F11("F11"),
    F12("F12");

    private final String spelling;

    Name(String spelling) {
      this.spelling = spelling;
    }
  }

  private static final String SPACE = "Space";
  private static final String CTRL = "Ctrl-";
  private static final String ALT = "Alt-";
  private static final String SHIFT = "Shift-";

  public Key {
    Objects.requireNonNull(name, "name");
    boolean typed = Character.isValidCodePoint(character) && !Character.isISOControl(character);
    if (name == Name.CHARACTER ? !typed : character != 0) {
      throw new IllegalArgumentException("no key: " + name + " with " + character);
    }
  }

  /** A key that types a character. */
  public static Key character(int character) {
    return new Key(Name.CHARACTER, character, false, false, false);
  }

  /** A key that types nothing. */
  public static Key named(Name name) {
    return new Key(name, 0, false, false, false);
  }

  public Key withShift() {
    return new Key(name, character, ctrl, alt, true);
  }

  public Key withCtrl() {
    return new Key(name, character, true, alt, shift);
  }

  public Key withAlt() {
    return new Key(name, character, ctrl, true, shift);
  }

  /** Whether it types a character into a text field. */
  public boolean types() {
    return name == Name.CHARACTER && !ctrl && !alt;
  }

  /**
   * Parses what {@link #spelling} formats: {@code j}, {@code Down}, {@code Ctrl-R}, {@code
   * Shift-Tab}, {@code Alt-Enter}, {@code Space}. Names may be in any case; a lone character is
   * itself.
   *
   * @return empty when it spells no key
   */
  public static Optional<Key> spelt(String spelling) {
    if (spelling.codePointCount(0, spelling.length()) == 1) {
      int character = spelling.codePointAt(0);
      return Character.isISOControl(character) || character == ' '
          ? Optional.empty()
          : Optional.of(character(character));
    }
    if (startsWith(spelling, CTRL)) {
      return spelt(spelling.substring(CTRL.length())).map(Key::heldWithCtrl);
    }
    if (startsWith(spelling, ALT)) {
      return spelt(spelling.substring(ALT.length())).map(Key::withAlt);
    }
    if (startsWith(spelling, SHIFT)) {
      return spelt(spelling.substring(SHIFT.length()))
          .filter(key -> key.name != Name.CHARACTER)
          .map(Key::withShift);
    }
    return named(spelling);
  }

  private static boolean startsWith(String spelling, String modifier) {
    return spelling.length() > modifier.length()
        && spelling.regionMatches(true, 0, modifier, 0, modifier.length());
  }

  /** The key that a terminal sends for this one with Ctrl. */
  private Key heldWithCtrl() {
    Name sent =
        switch (Character.toLowerCase(character)) {
          case 'i' -> Name.TAB;
          case 'm' -> Name.ENTER;
          case 'h' -> Name.BACKSPACE;
          case '[' -> Name.ESCAPE;
          default -> name;
        };
    return sent == name
        ? new Key(name, Character.toLowerCase(character), true, alt, shift)
        : new Key(sent, 0, ctrl, alt, shift);
  }

  private static Optional<Key> named(String spelling) {
    if (spelling.equalsIgnoreCase(SPACE)) {
      return Optional.of(character(' '));
    }
    for (Name name : Name.values()) {
      if (name != Name.CHARACTER && name.spelling.equalsIgnoreCase(spelling)) {
        return Optional.of(named(name));
      }
    }
    return Optional.empty();
  }

  /** The spelling in the configuration and on the screen, as {@link #spelt} parses it. */
  public String spelling() {
    return (ctrl ? CTRL : "") + (alt ? ALT : "") + (shift ? SHIFT : "") + bare();
  }

  private String bare() {
    if (name != Name.CHARACTER) {
      return name.spelling;
    }
    if (character == ' ') {
      return SPACE;
    }
    int upper = Character.toUpperCase(character);
    boolean reversible = ctrl && Character.toLowerCase(upper) == character;
    return Character.toString(reversible ? upper : character);
  }

  @Override
  public String toString() {
    return spelling();
  }
}
