package org.lesbillets.cli.tui.terminal;

import java.util.Optional;
import org.lesbillets.cli.tui.key.Key;

/** The modifiers of a key press. Immutable; any thread. */
record Modifiers(boolean ctrl, boolean alt, boolean shift) {
  /** As terminals encode them: one more than the sum of 1 for shift, 2 for alt, 4 for ctrl. */
  static final int SHIFT = 2;

  static final int CTRL = 5;
  static final int CTRL_SHIFT = 6;

  private static final int SHIFT_BIT = 1;
  private static final int ALT_BITS = 2 | 32;
  private static final int CTRL_BIT = 4;

  /** Super and hyper: such a key belongs to the desktop. */
  private static final int DESKTOP_BITS = 8 | 16;

  private static final int ALL_BITS = 255;

  /**
   * Decodes a parameter.
   *
   * @param encoded 0 or 1 for none
   * @return empty if a key with them is not handled here
   */
  static Optional<Modifiers> of(int encoded) {
    int bits = Math.max(0, encoded - 1);
    if ((bits & DESKTOP_BITS) != 0 || bits > ALL_BITS) {
      return Optional.empty();
    }
    return Optional.of(
        new Modifiers((bits & CTRL_BIT) != 0, (bits & ALT_BITS) != 0, (bits & SHIFT_BIT) != 0));
  }

  /** Adds the modifiers to a key; shift is not added to a character, whose case includes it. */
  Key on(Key key) {
    return new Key(
        key.name(),
        key.character(),
        key.ctrl() || ctrl,
        key.alt() || alt,
        key.shift() || shift && key.name() != Key.Name.CHARACTER);
  }

  /**
   * The key that types a character.
   *
   * @param shifted what it types with shift; 0 where the terminal does not report it
   */
  Key onCharacter(int code, int shifted) {
    if (ctrl) {
      Key control = ControlKeys.withCtrl(Character.toLowerCase(code));
      return alt ? control.withAlt() : control;
    }
    boolean known = Character.isValidCodePoint(shifted) && !Character.isISOControl(shifted);
    int typed = !shift ? code : known ? shifted : Character.toUpperCase(code);
    Key key = Key.character(typed);
    return alt ? key.withAlt() : key;
  }
}
