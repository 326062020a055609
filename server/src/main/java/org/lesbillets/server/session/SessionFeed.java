package org.lesbillets.server.session;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a session is sent next: parts that were made for it, then its outbox, then the log from its
 * cursor. The drainer's thread only; holds one part, and the requests for others.
 */
final class SessionFeed {
  private static final int JOIN_BYTES = 64 * 1024;

  private final FrameLog log;
  private final Outbox outbox;
  private final Consumer<ChunkSource> producer;
  private final Deque<ChunkSource> sources = new ArrayDeque<>();
  private boolean producing;
  private ByteBuffer part;
  private FrameCursor cursor;
  private FrameCursor underWrite;
  private ChunkSource watch;
  private boolean pingDue;
  private byte[] farewell;
  private long farewellAt;
  private boolean silent;
  private boolean ended;

  /** What one write sends, and whether it is a part, or comes from the log. */
  record PendingWrite(ByteBuffer frames, Kind kind, int length) {
    enum Kind {
      PART,
      OUTBOX,
      LOG
    }
  }

  /**
   * @param producer has a worker make the source's next part, and gives it to {@link #made}
   */
  SessionFeed(FrameLog log, Outbox outbox, Consumer<ChunkSource> producer) {
    this.log = log;
    this.outbox = outbox;
    this.producer = producer;
  }

  /** Sends all that {@code source} makes; a watch takes the place of the one before it. */
  void add(ChunkSource source) {
    if (ended) {
      return;
    }
    switch (source.effect()) {
      case NONE -> {}
      case STARTS -> follow(source);
      case ENDS -> follow(null);
    }
    sources.add(source);
    produce();
  }

  private void follow(ChunkSource source) {
    closeCursor();
    watch = source;
  }

  private void produce() {
    if (!producing && part == null && !sources.isEmpty()) {
      producing = true;
      producer.accept(sources.peek());
    }
  }

  /**
   * Takes the part that was asked for.
   *
   * @param made null when its source has no more
   */
  void made(ChunkSource source, ChunkSource.Chunk made) {
    producing = false;
    if (made == null || isLive(source, made)) {
      sources.poll();
    } else if (made.frames().length > 0) {
      part = ByteBuffer.wrap(made.frames());
    }
    produce();
  }

  /** A place that left the ring meanwhile is no place to go on from: more has to be made. */
  private boolean isLive(ChunkSource source, ChunkSource.Chunk made) {
    if (made.liveAt() == ChunkSource.Chunk.NOT_LIVE) {
      return false;
    }
    if (source != watch) {
      return true;
    }
    cursor = log.open(made.liveAt());
    return cursor != null;
  }

  /** The next thing to write, or null when there is nothing yet. */
  PendingWrite next() {
    if (silent) {
      return null;
    }
    if (part != null) {
      return new PendingWrite(part, PendingWrite.Kind.PART, part.remaining());
    }
    byte[] personal = personal();
    return personal == null
        ? pushed()
        : new PendingWrite(ByteBuffer.wrap(personal), PendingWrite.Kind.OUTBOX, personal.length);
  }

  /** A ping goes before what waits: an answer may wait for as long as a snapshot takes. */
  private byte[] personal() {
    if (pingDue) {
      pingDue = false;
      return WebSocketFrames.ping();
    }
    byte[] waiting = outbox.take(sentTo(), JOIN_BYTES);
    return waiting == null ? farewell() : waiting;
  }

  private byte[] farewell() {
    if (farewell == null || cursor != null && cursor.position() < farewellAt) {
      return null;
    }
    silent = true;
    closeCursor();
    return farewell;
  }

  private PendingWrite pushed() {
    ByteBuffer frames = cursor == null ? null : cursor.pending();
    if (frames == null) {
      return null;
    }
    underWrite = cursor;
    return new PendingWrite(frames, PendingWrite.Kind.LOG, frames.remaining());
  }

  /** Asks the peer whether it is there, as soon as what is being written has left. */
  void ping() {
    pingDue = true;
  }

  /** Sends {@code close} after all that is in the log and may go now, and nothing after it. */
  void farewell(byte[] close) {
    farewell = close;
    farewellAt = log.head();
  }

  /** An answer that belongs after a push waits while the session is still catching up. */
  private long sentTo() {
    if (cursor != null) {
      return cursor.position();
    }
    boolean joining = watch != null && sources.contains(watch);
    return joining ? Outbox.NOW : Long.MAX_VALUE;
  }

  /** What {@link #next} gave has left. */
  void written(PendingWrite chunk) {
    switch (chunk.kind()) {
      case PART -> {
        part = null;
        produce();
      }
      case OUTBOX -> {}
      case LOG -> logWritten(chunk.length());
    }
  }

  /** The watch may have been replaced while its frames were being written. */
  private void logWritten(int length) {
    FrameCursor written = underWrite;
    underWrite = null;
    written.advance(length);
    if (written != cursor) {
      written.close();
    }
  }

  /** Whether the session fell out of the ring. */
  boolean isLost() {
    return cursor != null && cursor.isLost();
  }

  /** Takes nothing more. */
  void end() {
    ended = true;
    outbox.close();
  }

  /** Lets go of everything; no write may be in flight. */
  void close() {
    FrameCursor left = underWrite;
    underWrite = null;
    if (left != null && left != cursor) {
      left.close();
    }
    closeCursor();
    sources.clear();
    part = null;
    watch = null;
  }

  /** What is being written keeps its segment: the end of that write lets go of it. */
  private void closeCursor() {
    if (cursor != null && cursor != underWrite) {
      cursor.close();
    }
    cursor = null;
  }
}
