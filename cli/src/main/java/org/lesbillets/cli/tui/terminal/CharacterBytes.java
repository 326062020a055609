package org.lesbillets.cli.tui.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * Makes characters of bytes that come one by one. What is no character becomes U+FFFD. Keeps at
 * most one unfinished character; one thread.
 */
final class CharacterBytes {
  private static final int LONGEST = 16;

  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
  private final CharBuffer characters = CharBuffer.allocate(2 * LONGEST);

  CharacterBytes(Charset charset) {
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** Whether the next byte may be the rest of a character. */
  boolean unfinished() {
    return bytes.position() > 0;
  }

  /** Takes a byte, and gives the code points that are complete now; mostly one, or none yet. */
  int[] add(byte b) {
    bytes.put(b).flip();
    decoder.decode(bytes, characters, false);
    bytes.compact();
    if (!bytes.hasRemaining()) {
      bytes.clear();
    }
    characters.flip();
    int[] complete = characters.codePoints().toArray();
    characters.clear();
    return complete;
  }
}
