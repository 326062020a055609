package org.lesbillets.cli.tui.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Makes characters of bytes that come one by one. What is UTF-8 is taken as such, whatever the
 * charset of the terminal is said to be; only what is none is tried in that charset. Keeps at most
 * one unfinished character; one thread.
 */
final class CharacterDecoder {
  /** Stands for bytes that are no character. */
  static final int REFUSED = -1;

  private static final int LONGEST = 16;

  private final CharsetDecoder utf8 = decoder(StandardCharsets.UTF_8);
  private final CharsetDecoder other;
  private final ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
  private final CharBuffer characters = CharBuffer.allocate(2 * LONGEST);

  /** Whether the unfinished character is one of the other charset. */
  private boolean foreign;

  /**
   * @param charset that of the terminal, as far as is known
   */
  CharacterDecoder(Charset charset) {
    boolean more =
        !charset.equals(StandardCharsets.UTF_8) && !charset.equals(StandardCharsets.US_ASCII);
    other = more ? decoder(charset) : null;
  }

  private static CharsetDecoder decoder(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Whether the next byte may be the rest of a character. */
  boolean unfinished() {
    return bytes.position() > 0;
  }

  /** Whether bytes that are no UTF-8 may be characters all the same. */
  boolean knowsAnother() {
    return other != null;
  }

  /** Takes a byte, and gives the code points that are complete now; mostly one, or none yet. */
  int[] add(byte b) {
    bytes.put(b);
    return complete(false);
  }

  /** The code points of what is unfinished, if nothing follows. */
  int[] end() {
    return complete(true);
  }

  private int[] complete(boolean end) {
    IntStream.Builder complete = IntStream.builder();
    bytes.flip();
    while (true) {
      CharsetDecoder decoder = foreign ? other : utf8;
      CoderResult result = decoder.reset().decode(bytes, characters, end);
      characters.flip().codePoints().forEach(complete::add);
      characters.clear();
      if (!result.isError()) {
        break;
      }
      if (foreign || other == null) {
        bytes.position(bytes.position() + result.length());
        complete.add(REFUSED);
        foreign = false;
      } else {
        foreign = true;
      }
    }
    bytes.compact();
    foreign &= unfinished();
    return complete.build().toArray();
  }

  /**
   * The text that bytes are, which may end within a character; null if they are none.
   *
   * @param cut whether there were more, so that the last character may be but a part
   */
  String text(byte[] all, boolean cut) {
    String text = text(utf8, all, cut);
    return text != null || other == null ? text : text(other, all, cut);
  }

  private static String text(CharsetDecoder decoder, byte[] all, boolean cut) {
    try {
      CharBuffer text = CharBuffer.allocate(all.length * 2);
      CoderResult result = decoder.reset().decode(ByteBuffer.wrap(all), text, !cut);
      if (result.isError()) {
        result.throwException();
      }
      return text.flip().toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
