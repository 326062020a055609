package org.lesbillets.cli.tui.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * The buffer of a bracketed paste until its end sequence. Bounded by 1 MiB; the rest is consumed
 * and dropped. Confined to the reader's thread.
 */
final class PasteBuffer {
  static final int MOST_BYTES = 1 << 20;

  /** Its first byte occurs nowhere else in it, so that a partial match needs no backtracking. */
  private static final byte[] END = "\u001b[201~".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int matched;
  private boolean cut;

  /**
   * Adds a byte.
   *
   * @return whether it completes the end sequence
   */
  boolean add(byte b) {
    if (b == END[matched]) {
      matched++;
      return matched == END.length;
    }
    keepWhatWasNoEnd();
    if (b == END[0]) {
      matched = 1;
    } else {
      keep(b);
    }
    return false;
  }

  private void keepWhatWasNoEnd() {
    for (int i = 0; i < matched; i++) {
      keep(END[i]);
    }
    matched = 0;
  }

  private void keep(byte b) {
    if (bytes.size() < MOST_BYTES) {
      bytes.write(b);
    } else {
      cut = true;
    }
  }

  /**
   * The event of the paste; empty for an empty one. A character that the bound cut in two is
   * dropped; a text that is malformed anywhere is dropped whole.
   */
  Optional<UiEvent.FromTerminal> event(CharacterDecoder characters) {
    String text = characters.text(bytes.toByteArray(), cut);
    if (text == null) {
      return Optional.of(UiEvent.Signal.UNREADABLE);
    }
    text = text.replace("\r\n", "\n").replace('\r', '\n');
    return text.isEmpty() ? Optional.empty() : Optional.of(new UiEvent.Pasted(text, cut));
  }
}
