package org.lesbillets.server.soak;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * Watches all tickets, and measures on its own clock how long leases last, also over a death of the
 * server. One thread of its own; ask it after it was closed.
 */
final class LeaseWatch implements AutoCloseable {
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final SoakServer server;
  private final LeaseTimes times = new LeaseTimes();
  private final Thread thread = new Thread(this::run, "lease-watch");
  private volatile boolean closed;
  private volatile SoakConnection connection;

  LeaseWatch(SoakServer server) {
    this.server = server;
    thread.start();
  }

  private void run() {
    while (!closed) {
      long started = server.startedNanos();
      try (SoakConnection watching = server.connect("watcher")) {
        connection = watching;
        watching.send(ClientMessage.GetTickets.watching("w", null, null));
        watch(watching, started);
      } catch (IOException e) {
        times.cut(System.nanoTime());
        LockSupport.parkNanos(RECONNECT_NANOS);
      }
    }
  }

  private void watch(SoakConnection watching, long started) throws IOException {
    while (!closed) {
      ServerMessage message = watching.next();
      long now = System.nanoTime();
      if (message instanceof ServerMessage.EventMessage event) {
        times.hear(event.event(), now);
      } else if (message instanceof ServerMessage.AllTickets snapshot) {
        times.begin(snapshot, started, now);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    SoakConnection last = connection;
    if (last != null) {
      last.close();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** When it heard that leases had run out, by the tokens of their locks. */
  Map<Long, Long> ends() {
    return times.ends();
  }

  /**
   * What it measured.
   *
   * @param history all that happened
   */
  LeaseTimes.Findings findings(List<SequencedEvent> history) {
    return times.findings(history);
  }
}
