package org.lesbillets.cli.tui.terminal;

import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.Key.Name;

/**
 * Which key a control character stands for. Some stand for two, of which one counts: Tab, Enter,
 * Escape and Backspace, not Ctrl-I, Ctrl-M, Ctrl-[ and Ctrl-H. Stateless; any thread.
 */
final class ControlKeys {
  /** What Backspace sends today; it used to be {@code \b}. */
  static final int DELETE = 0x7F;

  private static final int ESCAPE = 0x1B;

  /** A control character is this much below the capital letter, or what follows the letters. */
  private static final int DISTANCE = '@';

  private ControlKeys() {}

  static boolean isControl(int c) {
    return c < ' ' || c == DELETE;
  }

  static Key of(int control) {
    return switch (control) {
      case '\t' -> Key.named(Name.TAB);
      case '\r' -> Key.named(Name.ENTER);
      case '\b', DELETE -> Key.named(Name.BACKSPACE);
      case ESCAPE -> Key.named(Name.ESCAPE);
      case 0 -> Key.character(' ').withCtrl();
      default -> Key.character(Character.toLowerCase(control + DISTANCE)).withCtrl();
    };
  }

  /** A character with Ctrl, as one key with the control character that most terminals send. */
  static Key withCtrl(int character) {
    return switch (character) {
      case 'i', 'm', 'h', '[' -> of(Character.toUpperCase(character) - DISTANCE);
      default -> Key.character(character).withCtrl();
    };
  }
}
