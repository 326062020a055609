package org.lesbillets.server.session;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Multiplexer of one session's output; the drainer's thread only. Holds one finished chunk, and the
 * requests for others.
 *
 * <p>The next write is the first of these that is ready: the chunk, a ping, the outbox, the close
 * frame, the log from the session's cursor. A chunk of a watch that fell behind is ready when
 * everything is written that the watch was pushed before. A watch joins the log once its catch-up
 * has been written:
 *
 * <pre>
 *   NO WATCH --- add(source that starts one) ---> JOINING --- chunk with liveAt ---> FOLLOWING
 *      ^                                             ^                                |  (cursor)
 *      |                                             +--- position left the ring -----+
 *      +--- a source that ends the watch; close
 * </pre>
 */
final class SessionFeed {
  private static final int JOIN_BYTES = 64 * 1024;

  private final FrameLog log;
  private final Outbox outbox;
  private final Consumer<ChunkSource> producer;
  private final Deque<ChunkSource> sources = new ArrayDeque<>();
  private boolean producing;
  private ByteBuffer chunk;

  /** Whether the chunk follows what the outbox has of the watch. */
  private boolean continues;

  private FrameCursor cursor;
  private FrameCursor underWrite;
  private ChunkSource watch;
  private boolean pingDue;
  private byte[] closeFrame;
  private long closeAt;
  private boolean closed;
  private boolean ended;
  private volatile long lagBytes;

  /** The frames of one write, and their origin. */
  record PendingWrite(ByteBuffer frames, Kind kind, int length) {
    enum Kind {
      CHUNK,
      OUTBOX,
      LOG
    }

    boolean isChunk() {
      return kind == Kind.CHUNK;
    }
  }

  /**
   * @param producer has a worker make the source's next chunk, which is passed to {@link #made}
   */
  SessionFeed(FrameLog log, Outbox outbox, Consumer<ChunkSource> producer) {
    this.log = log;
    this.outbox = outbox;
    this.producer = producer;
  }

  /** Queues a source; one that starts a watch replaces the watch before it. */
  void add(ChunkSource source) {
    if (ended) {
      return;
    }
    switch (source.effect()) {
      case NONE, CONTINUES -> {}
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
    if (!producing && chunk == null && !sources.isEmpty()) {
      producing = true;
      producer.accept(sources.peek());
    }
  }

  /**
   * Takes a chunk from the producer.
   *
   * @param made null when its source has ended
   */
  void made(ChunkSource source, ChunkSource.Chunk made) {
    producing = false;
    if (made == null || isLive(source, made)) {
      sources.poll();
    } else if (made.frames().length > 0) {
      chunk = ByteBuffer.wrap(made.frames());
      continues = source.effect() == ChunkSource.WatchEffect.CONTINUES;
    }
    produce();
  }

  /** A position that has left the ring since cannot be followed: catch-up continues. */
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

  /** The next write, or null when nothing is ready. */
  PendingWrite next() {
    if (closed) {
      return null;
    }
    if (chunk != null) {
      byte[] before = continues && outbox.hasPushes() ? outbox.take(sentTo(), JOIN_BYTES) : null;
      return before == null
          ? new PendingWrite(chunk, PendingWrite.Kind.CHUNK, chunk.remaining())
          : ofOutbox(before);
    }
    byte[] personal = personal();
    return personal == null ? pushed() : ofOutbox(personal);
  }

  private static PendingWrite ofOutbox(byte[] frames) {
    return new PendingWrite(ByteBuffer.wrap(frames), PendingWrite.Kind.OUTBOX, frames.length);
  }

  /**
   * A ping overtakes the outbox, where an answer may be waiting for as long as a snapshot takes.
   */
  private byte[] personal() {
    if (pingDue) {
      pingDue = false;
      return WebSocketFrames.ping();
    }
    byte[] waiting = outbox.take(sentTo(), JOIN_BYTES);
    return waiting == null ? closeFrameIfDue() : waiting;
  }

  private byte[] closeFrameIfDue() {
    if (closeFrame == null || cursor != null && cursor.position() < closeAt) {
      return null;
    }
    closed = true;
    closeCursor();
    return closeFrame;
  }

  private PendingWrite pushed() {
    ByteBuffer frames = cursor == null ? null : cursor.pending();
    if (frames == null) {
      return null;
    }
    underWrite = cursor;
    return new PendingWrite(frames, PendingWrite.Kind.LOG, frames.remaining());
  }

  /** Schedules a ping right after the write in flight. */
  void ping() {
    pingDue = true;
  }

  /** Schedules a close frame behind everything in the log and the outbox that is ready by then. */
  void closeWith(byte[] frame) {
    closeFrame = frame;
    closeAt = log.head();
  }

  /** While a watch is joining, answers that follow a push are not ready. */
  private long sentTo() {
    if (cursor != null) {
      return cursor.position();
    }
    boolean joining = watch != null && sources.contains(watch);
    return joining ? Outbox.NOW : Long.MAX_VALUE;
  }

  /** The write that {@link #next} gave has completed. */
  void written(PendingWrite write) {
    switch (write.kind()) {
      case CHUNK -> {
        chunk = null;
        produce();
      }
      case OUTBOX -> {}
      case LOG -> logWritten(write.length());
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

  /** Whether the next write may be one of the log's: only a finished chunk makes it so. */
  boolean follows() {
    return cursor != null;
  }

  /** What the log had for the peer at the last call of {@link #isLost}. Any thread. */
  long lagBytes() {
    return lagBytes;
  }

  /** Whether the cursor's segment has left the ring. */
  boolean isLost() {
    lagBytes = cursor == null ? 0 : log.head() - cursor.position();
    return cursor != null && cursor.isLost();
  }

  /** Accepts nothing more. */
  void end() {
    ended = true;
    outbox.close();
  }

  /** Releases everything; no write may be in flight. */
  void close() {
    FrameCursor left = underWrite;
    underWrite = null;
    if (left != null && left != cursor) {
      left.close();
    }
    closeCursor();
    sources.clear();
    chunk = null;
    watch = null;
  }

  /** A cursor under write keeps its pin until that write completes. */
  private void closeCursor() {
    if (cursor != null && cursor != underWrite) {
      cursor.close();
    }
    cursor = null;
  }
}
