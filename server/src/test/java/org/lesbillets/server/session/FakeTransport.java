package org.lesbillets.server.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection that does with a write what the test says. It reads the bytes only when the write
 * ends, as a socket may: bytes that were used again meanwhile would show.
 */
final class FakeTransport implements SessionTransport {
  /** What becomes of a write. */
  enum Way {
    /** It is done within the call. */
    INSIDE,
    /** It is in flight until the test ends it. */
    HELD,
    /** The same, but some of its bytes are buffered within the call. */
    HELD_IN_PART,
    /** The call throws. */
    THROWS,
    /** It fails within the call. */
    FAILS,
    /** It is done on another thread, which may be before the call returns. */
    ELSEWHERE
  }

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile Way way = Way.INSIDE;
  private volatile boolean cut;
  private volatile boolean failsWhenCut = true;
  private volatile int writesAfterCut;
  private volatile boolean overlapped;
  private ByteBuffer held;
  private WriteListener listener;

  FakeTransport becomes(Way newWay) {
    way = newWay;
    return this;
  }

  /** The end of a held write is kept from the session even when it is cut. */
  FakeTransport keepsWritesWhenCut() {
    failsWhenCut = false;
    return this;
  }

  @Override
  public void write(ByteBuffer frames, WriteListener newListener) {
    overlapped |= underWay.incrementAndGet() > 1;
    if (cut) {
      writesAfterCut++;
    }
    switch (way) {
      case INSIDE -> {
        take(frames);
        newListener.completed();
      }
      case HELD -> hold(frames, newListener);
      case HELD_IN_PART -> {
        hold(frames, newListener);
        newListener.progressed();
      }
      case THROWS -> throw new IllegalStateException("the test wants it");
      case FAILS -> {
        underWay.decrementAndGet();
        newListener.failed();
      }
      case ELSEWHERE ->
          new Thread(
                  () -> {
                    take(frames);
                    newListener.completed();
                  })
              .start();
    }
  }

  private synchronized void hold(ByteBuffer frames, WriteListener newListener) {
    held = frames;
    listener = newListener;
  }

  private synchronized void take(ByteBuffer frames) {
    byte[] bytes = new byte[frames.remaining()];
    frames.get(bytes);
    sent.writeBytes(bytes);
    underWay.decrementAndGet();
  }

  synchronized boolean isHeld() {
    return held != null;
  }

  void progress() {
    listener.progressed();
  }

  /** Ends the held write. */
  void complete() {
    WriteListener ended;
    synchronized (this) {
      take(held);
      held = null;
      ended = listener;
    }
    ended.completed();
  }

  @Override
  public void leave() {
    cut();
  }

  @Override
  public void cut() {
    cut = true;
    if (failsWhenCut) {
      fail();
    }
  }

  /** Fails the held write, if there is one. */
  void fail() {
    WriteListener ended = null;
    synchronized (this) {
      if (held != null) {
        held = null;
        ended = listener;
        underWay.decrementAndGet();
      }
    }
    if (ended != null) {
      ended.failed();
    }
  }

  boolean isCut() {
    return cut;
  }

  int writesAfterCut() {
    return writesAfterCut;
  }

  boolean overlapped() {
    return overlapped;
  }

  /** All frames that arrived. */
  synchronized List<Frame> frames() {
    ByteBuffer bytes = ByteBuffer.wrap(sent.toByteArray());
    List<Frame> frames = Frame.read(bytes);
    if (bytes.hasRemaining()) {
      throw new AssertionError("what was written ends inside a frame");
    }
    return frames;
  }

  @Override
  public String remote() {
    return "nowhere";
  }
}
