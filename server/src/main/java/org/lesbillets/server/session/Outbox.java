package org.lesbillets.server.session;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;

/**
 * Bounded FIFO queue of the frames that only one session is sent: answers, refusals, events of a
 * watch with a query. Any thread adds, and each addition schedules a pump on the drainer's thread,
 * which takes.
 *
 * <p>Events of a watch are bounded in bytes: one beyond the bound is dropped, and the session is
 * cut. A reader that slow resumes over a new connection instead of exerting back-pressure on the
 * server. Answers and refusals are always accepted; they are counted, and bounded by the {@link
 * RequestGate}, which stops the requests.
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
  private final AtomicLong pushed = new AtomicLong();
  private volatile boolean closed;

  /** The session behind the queue; called on the drainer's thread. */
  interface Consumer {
    /** There may be more to write. */
    void pump();

    /** Bytes of this kind were added, or taken when negative. Any thread. */
    void counted(Kind kind, int change);

    /** The queue is full. */
    void cut(SessionEnd why);
  }

  /** How an item is bounded. */
  enum Kind {
    /** By the requests that are admitted. */
    ANSWER,
    /** By reading no more requests. */
    REFUSAL,
    /** By cutting the session. */
    PUSH
  }

  /**
   * Finished frames.
   *
   * @param position of the log that must be sent before, or {@link #NOW}
   * @param dropped whether the watch that the frames belong to has ended
   */
  private record Item(byte[] frames, long position, BooleanSupplier dropped, Kind kind) {}

  Outbox(long capacityBytes, FrameLog log, Drainer drainer, Consumer consumer) {
    this.capacityBytes = capacityBytes;
    this.log = log;
    this.drainer = drainer;
    this.consumer = consumer;
  }

  /** Adds a message that depends on no event. */
  void send(byte[] json, Kind kind) {
    add(new Item(WebSocketFrames.text(json), NOW, ALWAYS_WANTED, kind));
  }

  /** Adds an answer that must follow every event in the log so far. */
  void sendAfterLog(byte[] json) {
    add(new Item(WebSocketFrames.text(json), log.head(), ALWAYS_WANTED, Kind.ANSWER));
  }

  /**
   * Adds the frame of an event of a watch with a query, which is discarded when the watch ends
   * first. Outboxes may share the array.
   */
  void push(byte[] frame, BooleanSupplier watchEnded) {
    if (pushed.get() + frame.length <= capacityBytes) {
      add(new Item(frame, NOW, watchEnded, Kind.PUSH));
    } else {
      drainer.post(() -> consumer.cut(SessionEnd.OUTBOX_FULL));
    }
  }

  /** Whether events of a watch with a query are queued, or discarded ones have not been found. */
  boolean hasPushes() {
    return pushed.get() > 0;
  }

  private void add(Item item) {
    count(item, item.frames.length);
    put(item);
    drainer.post(consumer::pump);
  }

  private void count(Item item, int change) {
    if (item.kind == Kind.PUSH) {
      pushed.addAndGet(change);
    }
    consumer.counted(item.kind, change);
  }

  /** Counts an answer that is added later, by {@link #sendHeld}. */
  void hold(byte[] frame) {
    consumer.counted(Kind.ANSWER, frame.length);
  }

  /** Adds answers that were held, behind every event in the log so far. */
  void sendHeld(List<byte[]> frames) {
    long position = log.head();
    frames.forEach(frame -> put(new Item(frame, position, ALWAYS_WANTED, Kind.ANSWER)));
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
    count(first, -first.frames.length);
    if (second == null || second.position > sentTo || first.frames.length >= most) {
      return first.frames;
    }
    return join(first, sentTo, most);
  }

  /** The first item whose watch has not ended. */
  private Item peek() {
    Item first = items.peek();
    while (first != null && first.dropped.getAsBoolean()) {
      items.poll();
      count(first, -first.frames.length);
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
      items.poll();
      joined.writeBytes(next.frames);
      count(next, -next.frames.length);
    }
    return joined.toByteArray();
  }

  /** Discards what is queued, and what is added from now on. */
  void close() {
    closed = true;
    items.clear();
  }
}
