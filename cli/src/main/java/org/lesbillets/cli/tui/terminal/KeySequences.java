package org.lesbillets.cli.tui.terminal;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.cli.tui.key.Key;
import org.lesbillets.cli.tui.key.Key.Name;

/**
 * The keys that control sequences stand for, in the dialects of xterm, the VT220, the Linux
 * console, rxvt and kitty; empty for a sequence without a key. Stateless; any thread.
 */
final class KeySequences {
  private static final int RELEASED = 3;

  private static final Map<Character, Name> BY_LETTER =
      Map.ofEntries(
          Map.entry('A', Name.UP),
          Map.entry('B', Name.DOWN),
          Map.entry('C', Name.RIGHT),
          Map.entry('D', Name.LEFT),
          Map.entry('F', Name.END),
          Map.entry('H', Name.HOME),
          Map.entry('P', Name.F1),
          Map.entry('Q', Name.F2),
          Map.entry('R', Name.F3),
          Map.entry('S', Name.F4));

  private static final Map<Integer, Name> BY_NUMBER =
      Map.ofEntries(
          Map.entry(1, Name.HOME),
          Map.entry(2, Name.INSERT),
          Map.entry(3, Name.DELETE),
          Map.entry(4, Name.END),
          Map.entry(5, Name.PAGE_UP),
          Map.entry(6, Name.PAGE_DOWN),
          Map.entry(7, Name.HOME),
          Map.entry(8, Name.END),
          Map.entry(11, Name.F1),
          Map.entry(12, Name.F2),
          Map.entry(13, Name.F3),
          Map.entry(14, Name.F4),
          Map.entry(15, Name.F5),
          Map.entry(17, Name.F6),
          Map.entry(18, Name.F7),
          Map.entry(19, Name.F8),
          Map.entry(20, Name.F9),
          Map.entry(21, Name.F10),
          Map.entry(23, Name.F11),
          Map.entry(24, Name.F12));

  /** The final bytes of the Linux console's first five function keys. */
  private static final String LINUX_KEYS = "ABCDE";

  private static final String ARROWS = "ABCD";

  /** The characters of a keypad in application mode, from the final byte {@code j} on. */
  private static final String KEYPAD = "*+,-./0123456789";

  /** The final bytes of the sequences that begin with SS3. */
  private static final String SHORT_ENDS = "ABCDFHPQRS";

  private KeySequences() {}

  /**
   * The key of {@code ESC [ body end}.
   *
   * @param body the bytes between, verbatim
   */
  static Optional<Key> csi(String body, char end) {
    if (body.equals("[")) {
      int key = LINUX_KEYS.indexOf(end);
      return key < 0 ? Optional.empty() : Optional.of(Key.named(BY_NUMBER.get(11 + key)));
    }
    return CsiParameters.read(body).flatMap(numbers -> csi(numbers, end));
  }

  private static Optional<Key> csi(CsiParameters numbers, char end) {
    return switch (end) {
      case '~' -> numbers.first() == 27 ? other(numbers) : numbered(numbers, numbers.second());
      case '^' -> numbered(numbers, Modifiers.CTRL);
      case '$' -> numbered(numbers, Modifiers.SHIFT);
      case '@' -> numbered(numbers, Modifiers.CTRL_SHIFT);
      case 'u' -> coded(numbers);
      case 'Z' ->
          Modifiers.of(numbers.second()).map(held -> held.on(Key.named(Name.TAB)).withShift());
      case 'a', 'b', 'c', 'd' ->
          numbers.isEmpty() ? arrow(end).map(Key::withShift) : Optional.empty();
      default -> lettered(numbers, end);
    };
  }

  private static Optional<Key> lettered(CsiParameters numbers, char end) {
    // A cursor position report looks like F3 with modifiers; its first parameter is the row, so a
    // report from another row than the first can be excluded.
    if (numbers.count() > 2 || numbers.first() > 1 || isReleased(numbers)) {
      return Optional.empty();
    }
    return held(Optional.ofNullable(BY_LETTER.get(end)).map(Key::named), numbers.second());
  }

  private static Optional<Key> numbered(CsiParameters numbers, int modifiers) {
    return numbers.count() > 2 || isReleased(numbers)
        ? Optional.empty()
        : held(Optional.ofNullable(BY_NUMBER.get(numbers.first())).map(Key::named), modifiers);
  }

  /**
   * Whether {@code ESC [ number $} is a key of rxvt, whose final byte is an intermediate one
   * elsewhere.
   */
  static boolean endsWithDollar(String body) {
    return CsiParameters.read(body)
        .filter(numbers -> numbers.count() == 1 && BY_NUMBER.containsKey(numbers.first()))
        .isPresent();
  }

  private static boolean isReleased(CsiParameters numbers) {
    return numbers.detail(1) == RELEASED;
  }

  /** xterm's encoding of keys without a sequence: {@code 27 ; modifiers ; character}. */
  private static Optional<Key> other(CsiParameters numbers) {
    return numbers.count() == 3 ? typed(numbers.third(), 0, numbers.second()) : Optional.empty();
  }

  /**
   * kitty's encoding of any key: {@code character : shifted ; modifiers : press, repeat, release}.
   */
  private static Optional<Key> coded(CsiParameters numbers) {
    return isReleased(numbers)
        ? Optional.empty()
        : typed(numbers.first(), numbers.detail(0), numbers.second());
  }

  private static Optional<Key> typed(int code, int shifted, int modifiers) {
    return switch (code) {
      case '\t' -> held(Optional.of(Key.named(Name.TAB)), modifiers);
      case '\r' -> held(Optional.of(Key.named(Name.ENTER)), modifiers);
      case 27 -> held(Optional.of(Key.named(Name.ESCAPE)), modifiers);
      case '\b', 127 -> held(Optional.of(Key.named(Name.BACKSPACE)), modifiers);
      default ->
          isCharacter(code)
              ? Modifiers.of(modifiers).map(held -> held.onCharacter(code, shifted))
              : Optional.empty();
    };
  }

  private static boolean isCharacter(int code) {
    return Character.isValidCodePoint(code)
        && switch (Character.getType(code)) {
          // kitty encodes keys that type nothing as private-use code points.
          case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE -> false;
          default -> true;
        };
  }

  /**
   * The key of {@code ESC O body end}.
   *
   * @param body the modifiers, from terminals that put them here
   */
  static Optional<Key> ss3(String body, char end) {
    return CsiParameters.read(body).flatMap(numbers -> held(ss3(end), numbers.last()));
  }

  private static Optional<Key> ss3(char end) {
    int onKeypad = end - 'j';
    if (onKeypad >= 0 && onKeypad < KEYPAD.length()) {
      return Optional.of(Key.character(KEYPAD.charAt(onKeypad)));
    }
    return switch (end) {
      case 'a', 'b', 'c', 'd' -> arrow(end).map(Key::withCtrl);
      case 'M' -> Optional.of(Key.named(Name.ENTER));
      case 'I' -> Optional.of(Key.named(Name.TAB));
      case 'X' -> Optional.of(Key.character('='));
      case ' ' -> Optional.of(Key.character(' '));
      default -> Optional.ofNullable(BY_LETTER.get(end)).map(Key::named);
    };
  }

  private static Optional<Key> arrow(char small) {
    return Optional.of(Key.named(BY_LETTER.get(ARROWS.charAt(small - 'a'))));
  }

  private static Optional<Key> held(Optional<Key> key, int modifiers) {
    return key.flatMap(bare -> Modifiers.of(modifiers).map(held -> held.on(bare)));
  }

  /**
   * Whether the bytes, which are consumed, begin with a whole control sequence but for its Escape:
   * no human types that within one read.
   */
  static boolean isTail(ByteBuffer bytes) {
    if (bytes.remaining() < 2) {
      return false;
    }
    byte first = bytes.get();
    return first == 'O'
        ? bytes.remaining() == 1 && SHORT_ENDS.indexOf(bytes.get()) >= 0
        : first == '[' && hasEnd(bytes);
  }

  private static boolean hasEnd(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (b >= '@') {
        return b < ControlKeys.DELETE;
      }
      if (b < ' ') {
        return false;
      }
    }
    return false;
  }
}
