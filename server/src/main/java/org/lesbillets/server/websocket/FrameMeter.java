package org.lesbillets.server.websocket;

import org.glassfish.grizzly.Buffer;

/**
 * Incremental parser of frame headers (RFC 6455, section 5.2), ahead of the layer above: that one
 * accepts unmasked frames, and would buffer for ever a frame that is announced and never completed.
 * The I/O threads of one connection, one at a time; holds one header.
 *
 * <pre>
 *   HEADER --- complete ---> PAYLOAD --- complete ---> HEADER      violation: final
 * </pre>
 */
final class FrameMeter {
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CONTROL = 8;
  private static final int PONG = 10;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  /** Each may be answered, and an answer takes a write. */
  private static final int FEW_FRAMES = 32;

  /** RFC 6455: the peer breaks the protocol. */
  private static final int PROTOCOL_ERROR = 1002;

  /** RFC 6455: the message is too big. */
  private static final int TOO_BIG = 1009;

  private final long maxPayload;
  private int headBytes;
  private int first;
  private int shortLength;
  private int lengthBytes;
  private long length;
  private long toSkip;
  private boolean inMessage;
  private long finishedFragments;
  private Violation violation;
  private int frames;

  /**
   * Why the connection must be closed.
   *
   * @param code of the close frame
   */
  record Violation(int code, String sentence) {}

  /**
   * @param maxPayload the longest payload there may be, in bytes
   */
  FrameMeter(long maxPayload) {
    this.maxPayload = maxPayload;
  }

  /** Parses further bytes; the first violation in these or earlier ones, or null. */
  Violation check(Buffer bytes) {
    int at = bytes.position();
    frames = 0;
    while (at < bytes.limit() && violation == null) {
      if (toSkip > 0) {
        long skipped = Math.min(toSkip, bytes.limit() - at);
        toSkip -= skipped;
        at += (int) skipped;
      } else {
        header(bytes.get(at++) & 0xff);
      }
      if (isPayloadComplete()) {
        frameComplete();
      }
    }
    return violation;
  }

  /** Whether the last bytes had few frames, and what comes next begins a message. */
  boolean isBrief() {
    return frames <= FEW_FRAMES && !isUnfinished();
  }

  /** Bytes of the message that is not complete, which the layer above holds. */
  long unfinishedBytes() {
    return finishedFragments + (isHeaderComplete() ? length + MASK_BYTES - toSkip : headBytes);
  }

  /** Whether a frame or a message has begun and is not complete. */
  boolean isUnfinished() {
    return inMessage || headBytes > 0;
  }

  private boolean isHeaderComplete() {
    return headBytes >= 2 && headBytes == 2 + lengthBytes;
  }

  private boolean isPayloadComplete() {
    return violation == null && toSkip == 0 && isHeaderComplete();
  }

  private void header(int next) {
    headBytes++;
    if (headBytes == 1) {
      first = next;
      lengthBytes = LENGTH_64;
      checkOpcode();
    } else if (headBytes == 2) {
      shortLength = next & ~MASKED;
      lengthBytes = shortLength == LENGTH_16 ? 2 : shortLength == LENGTH_64 ? Long.BYTES : 0;
      length = lengthBytes == 0 ? shortLength : 0;
      checkSecond((next & MASKED) != 0);
    } else {
      length = length << Byte.SIZE | next;
    }
    if (violation == null && isHeaderComplete()) {
      checkLength();
      toSkip = length + MASK_BYTES;
    }
  }

  private int opcode() {
    return first & OPCODE;
  }

  private boolean isControl() {
    return opcode() >= CONTROL;
  }

  private void checkOpcode() {
    if ((first & RESERVED) != 0) {
      violated("A reserved bit is set.");
    } else if (opcode() > BINARY && opcode() < CONTROL || opcode() > PONG) {
      violated("There is no such opcode.");
    } else if (isControl() && (first & FIN) == 0) {
      violated("A control frame is not fragmented.");
    } else if (opcode() == CONTINUATION && !inMessage) {
      violated("There is no message to continue.");
    } else if (!isControl() && opcode() != CONTINUATION && inMessage) {
      violated("The message before is not complete.");
    }
  }

  private void checkSecond(boolean masked) {
    if (!masked) {
      violated("A client masks its frames.");
    } else if (isControl() && shortLength >= LENGTH_16) {
      violated("A control frame has at most 125 bytes.");
    } else if (opcode() == CONTROL && shortLength == 1) {
      violated("A close code has two bytes.");
    }
  }

  private void checkLength() {
    if (length < 0 || length > maxPayload) {
      violation = new Violation(TOO_BIG, "A frame has at most %d bytes.".formatted(maxPayload));
    } else if (lengthBytes == 2 && length < LENGTH_16
        || lengthBytes == Long.BYTES && length <= 0xffff) {
      violated("A length has its shortest form.");
    }
  }

  private void violated(String sentence) {
    violation = new Violation(PROTOCOL_ERROR, sentence);
  }

  private void frameComplete() {
    if (!isControl()) {
      inMessage = (first & FIN) == 0;
      finishedFragments = inMessage ? finishedFragments + length : 0;
    }
    headBytes = 0;
    lengthBytes = 0;
    length = 0;
    frames++;
  }
}
