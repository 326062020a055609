package org.lesbillets.server.soak;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * Watches, and measures on its own clock how long leases last that nobody ended. One thread of its
 * own; ask it after it was closed.
 */
final class LeaseWatch implements AutoCloseable {
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final SoakServer server;
  private final Map<Long, Lease> leases = new HashMap<>();
  private final Thread thread = new Thread(this::run, "lease-watch");
  private volatile boolean closed;
  private volatile SoakConnection connection;
  private long earliestNanos;
  private long latestNanos;
  private int measured;

  private record Lease(long token, long heardNanos, long ttlNanos) {}

  LeaseWatch(SoakServer server) {
    this.server = server;
    thread.start();
  }

  private void run() {
    while (!closed) {
      leases.clear();
      try (SoakConnection watching = server.connect("watcher")) {
        connection = watching;
        watching.send(new ClientMessage.GetTickets("w", null, null, null, true, null));
        while (!closed) {
          if (watching.next() instanceof ServerMessage.EventMessage event) {
            hear(event.event(), System.nanoTime());
          }
        }
      } catch (IOException e) {
        LockSupport.parkNanos(RECONNECT_NANOS);
      }
    }
  }

  private void hear(SequencedEvent event, long now) {
    long ticket = event.event().ticket().number();
    TicketLock lock = event.event().ticket().lock();
    if (event.event() instanceof WireEvent.TicketLocked) {
      leases.put(ticket, new Lease(lock.token(), now, lock.ttl().toNanos()));
    } else if (lock == null) {
      Lease lease = leases.remove(ticket);
      if (lease != null && EventWords.isExpiry(event)) {
        measure(now - lease.heardNanos - lease.ttlNanos);
      }
    }
  }

  private void measure(long late) {
    earliestNanos = Math.min(earliestNanos, late);
    latestNanos = Math.max(latestNanos, late);
    measured++;
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

  /** How many leases were seen from their beginning to their end. */
  int measured() {
    return measured;
  }

  long earliestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(-earliestNanos);
  }

  long latestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(latestNanos);
  }
}
