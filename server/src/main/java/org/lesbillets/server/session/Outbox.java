package org.lesbillets.server.session;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Bounded FIFO queue of the frames that only one session is sent: answers, refusals, events of a
 * watch with a query. Any thread adds, and each addition schedules a pump on the drainer's thread,
 * which takes.
 *
 * <p>Bounded in bytes. An addition beyond the bound is dropped, and the session is cut: a reader
 * that slow resumes over a new connection instead of exerting back-pressure on the server.
 */
final class Outbox {
  /** Position of an item that depends on no event. */
  static final long NOW = -1;

  private static final BooleanSupplier ALWAYS_WANTED = () -> false;

  private final long capacityBytes;
  private final FrameLog log;
  private final Drainer drainer;
  private final Consumer consumer;
  private final Queue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closed;

  /** The session behind the queue; called on the drainer's thread. */
  interface Consumer {
    /** There may be more to write. */
    void pump();

    /** The queue is full. */
    void cut(String reason);
  }

  /**
   * Finished frames.
   *
   * @param position of the log that must be sent before, or {@link #NOW}
   * @param dropped whether the watch that the frames belong to has ended
   */
  private record Item(byte[] frames, long position, BooleanSupplier dropped) {}

  Outbox(long capacityBytes, FrameLog log, Drainer drainer, Consumer consumer) {
    this.capacityBytes = capacityBytes;
    this.log = log;
    this.drainer = drainer;
    this.consumer = consumer;
  }

  /** Adds a message that depends on no event. */
  void send(byte[] json) {
    add(json, NOW, ALWAYS_WANTED);
  }

  /** Adds an answer that must follow every event in the log so far. */
  void sendAfterLog(byte[] json) {
    add(json, log.head(), ALWAYS_WANTED);
  }

  /** Adds an event of a watch with a query, which is discarded when the watch ends first. */
  void push(byte[] json, BooleanSupplier watchEnded) {
    add(json, NOW, watchEnded);
  }

  private void add(byte[] json, long position, BooleanSupplier dropped) {
    byte[] frame = WebSocketFrames.text(json);
    if (reserve(frame.length)) {
      put(new Item(frame, position, dropped));
      drainer.post(consumer::pump);
    }
  }

  /**
   * Reserves room for frames that are added later; cuts the session when there is none.
   *
   * @return whether there was room
   */
  boolean reserve(int length) {
    if (bytes.addAndGet(length) <= capacityBytes) {
      return true;
    }
    bytes.addAndGet(-length);
    drainer.post(() -> consumer.cut("its outbox is full"));
    return false;
  }

  /** Adds frames whose room is reserved, behind every event in the log so far. */
  void sendReserved(List<byte[]> frames) {
    long position = log.head();
    frames.forEach(frame -> put(new Item(frame, position, ALWAYS_WANTED)));
    drainer.post(consumer::pump);
  }

  private void put(Item item) {
    if (!closed) {
      items.add(item);
    }
  }

  /**
   * Takes the frames that may be sent now, joined. The drainer's thread.
   *
   * @param sentTo position up to which the log was sent; {@link #NOW} before the session follows
   *     it, Long.MAX_VALUE when it does not
   * @param most bytes after which no more are joined
   * @return null when there are none
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

  /** The first item whose watch has not ended. */
  private Item peek() {
    Item first = items.peek();
    while (first != null && first.dropped.getAsBoolean()) {
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

  /** Discards what is queued, and what is added from now on. */
  void close() {
    closed = true;
    items.clear();
  }
}
