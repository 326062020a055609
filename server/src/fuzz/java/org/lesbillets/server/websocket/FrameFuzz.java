package org.lesbillets.server.websocket;

import java.util.Objects;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/**
 * Fuzz target of the parser of frame headers: where a stream is cut into reads changes nothing, and
 * it never counts more unfinished bytes than came. For one thread.
 */
public final class FrameFuzz {
  private static final int MAX_PAYLOAD = 70_000;

  private FrameFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    FrameMeter whole = new FrameMeter(MAX_PAYLOAD);
    FrameMeter.Violation atOnce = check(whole, input, 0, input.length);
    FrameMeter single = new FrameMeter(MAX_PAYLOAD);
    FrameMeter.Violation oneByOne = null;
    for (int at = 0; at < input.length && oneByOne == null; at++) {
      oneByOne = check(single, input, at, 1);
      long unfinished = single.unfinishedBytes();
      if (oneByOne == null && (unfinished < 0 || unfinished > at + 1)) {
        throw new AssertionError(unfinished + " unfinished of " + (at + 1));
      }
      // A message whose first fragment is empty is unfinished, and has no bytes.
      if (oneByOne == null && !single.isUnfinished() && unfinished > 0) {
        throw new AssertionError("complete, with " + unfinished + " bytes");
      }
    }
    if (!Objects.equals(atOnce, oneByOne)) {
      throw new AssertionError("at once " + atOnce + ", byte by byte " + oneByOne);
    }
    if (atOnce == null && whole.unfinishedBytes() != single.unfinishedBytes()) {
      throw new AssertionError(whole.unfinishedBytes() + " and " + single.unfinishedBytes());
    }
  }

  private static FrameMeter.Violation check(FrameMeter meter, byte[] input, int from, int length) {
    return meter.check(Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, input, from, length));
  }
}
