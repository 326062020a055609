package org.lesbillets.server.session;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Has the workers make a session's parts, one at a time, and brings them to the drainer's thread.
 */
final class ChunkProducer {
  private final Executor workers;
  private final Drainer drainer;
  private final Taker taker;

  /** Who the parts are for. The drainer's thread. */
  interface Taker {
    /**
     * @param part null when the source has no more
     */
    void made(ChunkSource source, ChunkSource.Chunk part);

    /** None will come any more. */
    void cut(String reason);
  }

  ChunkProducer(Executor workers, Drainer drainer, Taker taker) {
    this.workers = workers;
    this.drainer = drainer;
    this.taker = taker;
  }

  /** Has the source's next part made. */
  void make(ChunkSource source) {
    try {
      workers.execute(() -> run(source));
    } catch (RejectedExecutionException e) {
      fail("the server has too much to read for it");
    }
  }

  private void run(ChunkSource source) {
    ChunkSource.Chunk part;
    try {
      part = source.next();
    } catch (RuntimeException e) {
      // The mistake is loud elsewhere; who waits for the part must not wait for ever.
      fail("what it asked for could not be made");
      throw e;
    }
    drainer.post(() -> taker.made(source, part));
  }

  private void fail(String reason) {
    drainer.post(() -> taker.cut(reason));
  }
}
