package org.lesbillets.server.websocket;

import org.glassfish.grizzly.Buffer;

/**
 * Incremental parser of frame headers (RFC 6455, section 5.2), for the payload's length only: the
 * layer above would buffer for ever a frame that is announced and never completed. The I/O threads
 * of one connection, one at a time; holds one header.
 */
final class FrameMeter {
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private final long maxPayload;
  private int headBytes;
  private int lengthBytes;
  private int maskBytes;
  private long length;
  private long toSkip;
  private boolean exceeded;

  /**
   * @param maxPayload the longest payload there may be, in bytes
   */
  FrameMeter(long maxPayload) {
    this.maxPayload = maxPayload;
  }

  /** Whether these bytes, or earlier ones, announced a payload that is too long. */
  boolean isExceededBy(Buffer bytes) {
    int at = bytes.position();
    while (at < bytes.limit() && !exceeded) {
      if (toSkip > 0) {
        long skipped = Math.min(toSkip, bytes.limit() - at);
        toSkip -= skipped;
        at += (int) skipped;
      } else {
        head(bytes.get(at++) & 0xff);
      }
    }
    return exceeded;
  }

  private void head(int next) {
    headBytes++;
    if (headBytes == 2) {
      int shortLength = next & ~MASKED;
      maskBytes = (next & MASKED) == 0 ? 0 : MASK_BYTES;
      lengthBytes = shortLength == LENGTH_16 ? 2 : shortLength == LENGTH_64 ? Long.BYTES : 0;
      length = lengthBytes == 0 ? shortLength : 0;
    } else if (headBytes > 2) {
      length = length << Byte.SIZE | next;
    }
    if (headBytes >= 2 && headBytes == 2 + lengthBytes) {
      exceeded = length < 0 || length > maxPayload;
      toSkip = length + maskBytes;
      headBytes = 0;
    }
  }
}
