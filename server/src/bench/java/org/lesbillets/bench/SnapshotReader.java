package org.lesbillets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Takes a list of tickets as a new watcher does, or the same number of values of redis, and checks
 * that each is there once. One thread.
 */
final class SnapshotReader {
  private static final byte[] LAST =
      "\"more\":false".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private static final byte[] PART =
      "{\"type\":\"AllTickets\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int MARK = 15;

  /** What stands behind the tickets of a message. */
  private static final int TAIL = 300;

  private final int tickets;
  private final boolean isRedis;
  private final BitSet seen = new BitSet();
  private final long beginNanos = System.nanoTime();
  private long endNanos;
  private long doubles;
  private long bytes;

  /**
   * @param tickets so many are to arrive
   */
  SnapshotReader(int tickets, boolean isRedis) {
    this.tickets = tickets;
    this.isRedis = isRedis;
  }

  /** What asks for it. */
  String request() {
    return isRedis
        ? "LRANGE\ntickets\n0\n-1"
        : "{\"type\":\"GetTickets\",\"requestId\":\"s\",\"watch\":true}";
  }

  void take(BenchConnection from, ByteBuffer payload) throws IOException {
    if (done() || !isRedis && !startsWith(payload, payload.position(), PART)) {
      return;
    }
    bytes += payload.remaining();
    ByteBuffer rest = payload.duplicate();
    for (int at = EventText.find(rest, -1); at >= 0; at = EventText.find(rest, -1)) {
      int number = EventText.number(rest, at);
      doubles += seen.get(number) ? 1 : 0;
      seen.set(number);
      rest.position(rest.position() + at + MARK);
    }
    if (isRedis ? seen.cardinality() == tickets : isLast(payload)) {
      endNanos = System.nanoTime();
    }
  }

  private static boolean isLast(ByteBuffer payload) {
    for (int at = Math.max(payload.position(), payload.limit() - TAIL);
        at < payload.limit() - LAST.length;
        at++) {
      if (startsWith(payload, at, LAST)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(ByteBuffer payload, int at, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (at + i >= payload.limit() || payload.get(at + i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  boolean done() {
    return endNanos != 0;
  }

  double seconds() {
    return (endNanos - beginNanos) / 1e9;
  }

  long bytes() {
    return bytes;
  }

  /** Whether each ticket was there once. */
  boolean sound() {
    return doubles == 0 && seen.cardinality() == tickets;
  }

  @Override
  public String toString() {
    return seen.cardinality() + " of " + tickets + " tickets, " + doubles + " doubles";
  }
}
