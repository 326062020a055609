package org.lesbillets.cli.tui.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * A text that is being pasted, until the terminal says that it ends. Keeps at most 1 MiB; what goes
 * beyond is read and dropped. One thread.
 */
final class PasteBuffer {
  static final int MOST_BYTES = 1 << 20;

  /** Its first byte is nowhere else in it, so that a false start is simply dropped. */
  private static final byte[] END = "\u001b[201~".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int matched;
  private boolean cut;

  /**
   * Takes a byte.
   *
   * @return whether the paste ends with it
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
   * What was kept, if anything; of a character that was cut in two nothing is. Of what is no text
   * as a whole nothing is taken.
   */
  Optional<UiEvent.FromTerminal> told(CharacterDecoder characters) {
    String text = characters.text(bytes.toByteArray(), cut);
    if (text == null) {
      return Optional.of(new UiEvent.Unreadable());
    }
    text = text.replace("\r\n", "\n").replace('\r', '\n');
    return text.isEmpty() ? Optional.empty() : Optional.of(new UiEvent.Pasted(text, cut));
  }
}
