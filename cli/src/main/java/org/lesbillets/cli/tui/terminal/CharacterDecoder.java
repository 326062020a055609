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
 * An incremental decoder of bytes to code points. UTF-8 is tried first, whatever the charset of the
 * terminal; bytes that are malformed in it are decoded in that charset. Buffers at most one
 * incomplete character; confined to the reader's thread.
 */
final class CharacterDecoder {
  /** The code point that stands for malformed bytes. */
  static final int REFUSED = -1;

  private static final int LONGEST = 16;

  private final CharsetDecoder utf8 = decoder(StandardCharsets.UTF_8);
  private final CharsetDecoder other;
  private final ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
  private final CharBuffer characters = CharBuffer.allocate(2 * LONGEST);

  /** Whether the incomplete character is decoded in the other charset. */
  private boolean foreign;

  /**
   * @param charset the charset of the terminal, from its locale
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

  /** Whether the buffer holds an incomplete character. */
  boolean unfinished() {
    return bytes.position() > 0;
  }

  /** Whether bytes that are malformed in UTF-8 may be characters of the other charset. */
  boolean knowsAnother() {
    return other != null;
  }

  /** Adds a byte, and returns the code points that are complete; usually one, or none yet. */
  int[] add(byte b) {
    bytes.put(b);
    return complete(false);
  }

  /** The code points of the buffer at the end of input. */
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
   * Decodes a whole text, whose last character may be incomplete; null if it is malformed in every
   * charset.
   *
   * @param cut whether it was truncated, so that its last character may be incomplete
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
