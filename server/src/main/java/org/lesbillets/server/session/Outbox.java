package org.lesbillets.server.session;

import java.io.ByteArrayOutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one session alone is to be sent: answers, refusals, events filtered by a query. Finished
 * frames, in order. Any thread adds; the drainer takes. Bounded in bytes: beyond that an addition
 * is refused, and the session is to be cut.
 */
final class Outbox {
  /** An item that goes as soon as it is its turn. */
  static final long NOW = -1;

  private final long capacityBytes;
  private final Queue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closed;

  /**
   * Finished frames.
   *
   * @param position of the log that must have been sent before, or {@link #NOW}
   * @param of the watch with a query they belong to, which when it ends they are dropped with; else
   *     null
   */
  private record Item(byte[] frames, long position, FilteredWatch of) {
    boolean isDead() {
      return of != null && of.isEnded();
    }
  }

  Outbox(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /**
   * Adds frames.
   *
   * @param position of the log that must have been sent before, or {@link #NOW}
   * @return false if there is no room
   */
  boolean add(byte[] frames, long position) {
    boolean room = reserve(frames.length);
    if (room) {
      addReserved(frames, position);
    }
    return room;
  }

  /**
   * Adds a frame of a watch with a query, which goes as soon as it is its turn.
   *
   * @return false if there is no room
   */
  boolean addOf(FilteredWatch watch, byte[] frames) {
    boolean room = reserve(frames.length);
    if (room) {
      put(new Item(frames, NOW, watch));
    }
    return room;
  }

  /**
   * Takes room for frames that are added later.
   *
   * @return false if there is none
   */
  boolean reserve(int length) {
    if (bytes.addAndGet(length) > capacityBytes) {
      bytes.addAndGet(-length);
      return false;
    }
    return true;
  }

  /** Adds frames there is room for already. */
  void addReserved(byte[] frames, long position) {
    put(new Item(frames, position, null));
  }

  private void put(Item item) {
    if (!closed) {
      items.add(item);
    }
  }

  /**
   * Takes frames that may go now, joined.
   *
   * @param sentTo how far the log was sent: Long.MAX_VALUE when the session does not follow it
   * @param most stop when so many bytes are joined
   * @return null when there is nothing that may go
   */
  byte[] take(long sentTo, int most) {
    Item first = peek();
    if (first == null || first.position > sentTo) {
      return null;
    }
    items.poll();
    Item second = peek();
    if (second == null || second.position > sentTo || first.frames.length >= most) {
      bytes.addAndGet(-first.frames.length);
      return first.frames;
    }
    return join(first, sentTo, most);
  }

  /** The first that still means something to the peer. */
  private Item peek() {
    Item first = items.peek();
    while (first != null && first.isDead()) {
      items.poll();
      bytes.addAndGet(-first.frames.length);
      first = items.peek();
    }
    return first;
  }

  private byte[] join(Item first, long sentTo, int most) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(first.frames.length + 1024);
    joined.writeBytes(first.frames);
    for (Item next = peek();
        next != null && next.position <= sentTo && joined.size() < most;
        next = peek()) {
      joined.writeBytes(items.poll().frames);
    }
    bytes.addAndGet(-joined.size());
    return joined.toByteArray();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** How many bytes wait in it. */
  long bytes() {
    return bytes.get();
  }

  /** Forgets what waits, and what is added from now on. */
  void close() {
    closed = true;
    items.clear();
  }
}
