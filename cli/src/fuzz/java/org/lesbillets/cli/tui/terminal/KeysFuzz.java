package org.lesbillets.cli.tui.terminal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.tui.event.UiEvent;

/**
 * Fuzz target of the decoder of a terminal's bytes: no input is an exception, and bytes that come
 * one by one without a pause mean what they mean in one read. The first byte chooses the charset.
 * For one thread.
 */
public final class KeysFuzz {
  private KeysFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    boolean latin = (input[0] & 1) == 1;
    ByteBuffer bytes = ByteBuffer.wrap(input, 1, input.length - 1);
    List<UiEvent.FromTerminal> whole = decoded(bytes.duplicate(), latin, input.length);
    List<UiEvent.FromTerminal> single = decoded(bytes, latin, 1);
    if (!whole.equals(single)) {
      throw new AssertionError("at once " + whole + ", one by one " + single);
    }
  }

  private static List<UiEvent.FromTerminal> decoded(ByteBuffer bytes, boolean latin, int step) {
    List<UiEvent.FromTerminal> events = new ArrayList<>();
    KeyDecoder decoder =
        new KeyDecoder(
            TerminalSettings.ESCAPE_TIMEOUT,
            latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8,
            events::add);
    while (bytes.hasRemaining()) {
      int length = Math.min(step, bytes.remaining());
      decoder.read(bytes.slice(bytes.position(), length), 0);
      bytes.position(bytes.position() + length);
    }
    decoder.stop(Long.MAX_VALUE / 2);
    return events;
  }
}
