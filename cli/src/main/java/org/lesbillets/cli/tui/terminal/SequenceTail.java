package org.lesbillets.cli.tui.terminal;

import java.nio.ByteBuffer;

/**
 * What is left of a control sequence without its Escape. Nobody types this in one go. Stateless;
 * any thread.
 */
final class SequenceTail {
  private static final String SHORT_ENDS = "ABCDFHPQRS";

  private SequenceTail() {}

  /** Whether the bytes, which are consumed, begin with a whole one. */
  static boolean is(ByteBuffer bytes) {
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
