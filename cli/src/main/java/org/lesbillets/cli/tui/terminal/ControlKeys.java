package org.lesbillets.cli.tui.terminal;

import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.Key.Name;

/**
 * The keys that control characters stand for. Where two keys send the same one, the named key wins:
 * Tab, Enter, Escape and Backspace, not Ctrl-I, Ctrl-M, Ctrl-[ and Ctrl-H. Stateless; any thread.
 */
final class ControlKeys {
  /** What Backspace sends on most terminals; {@code \b} on old ones. */
  static final int DELETE = 0x7F;

  private static final int ESCAPE = 0x1B;

  /** The distance between a control character and its letter, or the signs behind the letters. */
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

  /**
   * A character with Ctrl, normalized to the key of the control character that most terminals send.
   */
  static Key withCtrl(int character) {
    return switch (character) {
      case 'i', 'm', 'h', '[' -> of(Character.toUpperCase(character) - DISTANCE);
      default -> Key.character(character).withCtrl();
    };
  }
}
