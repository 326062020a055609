package org.lesbillets.server.session;

import java.util.List;
import java.util.function.Consumer;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.server.desk.request.Snapshot;

/**
 * The watch of one session: at most one, a new one replaces it. Lists and watches are asked for on
 * the threads that answer them; the answers about events that a watch with a query has not matched
 * yet are held back by it, and go to the next one or out when it ends.
 */
final class SessionWatch {
  private final SessionReader reader;
  private final Outbox outbox;
  private final Consumer<ChunkSource> chunks;
  private volatile FilteredWatch filtered;

  /**
   * @param chunks takes what a worker will produce, on any thread
   */
  SessionWatch(SessionReader reader, Outbox outbox, Consumer<ChunkSource> chunks) {
    this.reader = reader;
    this.outbox = outbox;
    this.chunks = chunks;
  }

  /**
   * Begins or ends a watch, as the request says. The updater's thread.
   *
   * @return the answers that the earlier watch held back
   */
  List<byte[]> begin(GetTickets request, Snapshot snapshot) {
    FilteredWatch old = filtered;
    List<byte[]> held = old == null ? List.of() : old.endAndTakeHeld();
    boolean all = request.query() == null || request.query().isAll();
    filtered =
        all || !request.watch()
            ? null
            : new FilteredWatch(reader, request.query(), outbox, new Starter());
    chunks.accept(new CatchUp(request, snapshot, filtered, reader));
    return held;
  }

  /** Any thread. */
  private final class Starter implements FilteredWatch.CatchUpStarter {
    @Override
    public void start(FilteredWatch watch, long revision) {
      chunks.accept(CatchUp.further(watch, revision, reader));
    }

    @Override
    public void startWithScan(FilteredWatch watch, long revision) {
      reader
          .services()
          .desk()
          .snapshot(
              reader.session(),
              snapshot -> chunks.accept(CatchUp.scanning(watch, revision, snapshot, reader)));
    }
  }

  /** Whether this answer waits until the events before it were matched. Any thread. */
  boolean holdsBack(byte[] answer) {
    FilteredWatch watch = filtered;
    return watch != null && watch.holdsBack(answer);
  }

  /** Any thread. */
  void end() {
    FilteredWatch watch = filtered;
    if (watch != null) {
      watch.end();
    }
  }
}
