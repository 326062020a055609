package org.lesbillets.server.unix;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.lesbillets.server.world.BlockingCalls;

/**
 * Group look-ups off the I/O threads, single-flight per user: connections that arrive while a
 * look-up of their user runs share the one after it, which begins after they arrived and so sees
 * every change before that. Any thread asks; at most {@value #THREADS} threads "groups-1"… look,
 * one of them for one user, and {@value #MAX_WAITING} users wait: a look-up beyond that fails.
 */
final class GroupLookups implements AutoCloseable {
  static final int THREADS = 4;
  static final int MAX_WAITING = 256;

  private final NameLookup names;
  private final BlockingCalls threads;
  private final Map<String, Flight> flights = new HashMap<>();

  /** Blocking source of the groups of a user. */
  @FunctionalInterface
  interface NameLookup {
    Set<Long> groupsOf(String user) throws Exception;
  }

  /** The look-ups of one user: the one that runs, and the one that follows, or null. */
  private static final class Flight {
    private CompletableFuture<Set<Long>> running = new CompletableFuture<>();
    private CompletableFuture<Set<Long>> next;
  }

  GroupLookups(NameLookup names) {
    this.names = names;
    this.threads = new BlockingCalls("groups", THREADS, MAX_WAITING);
  }

  /** The numbers of the groups of a user, as they are after this call. */
  synchronized CompletableFuture<Set<Long>> groupsOf(String user) {
    Flight flight = flights.get(user);
    if (flight == null) {
      Flight started = new Flight();
      flights.put(user, started);
      run(user, started);
      return started.running;
    }
    if (flight.next == null) {
      flight.next = new CompletableFuture<>();
    }
    return flight.next;
  }

  private void run(String user, Flight flight) {
    try {
      threads.execute(() -> look(user, flight));
    } catch (RejectedExecutionException e) {
      flights.remove(user);
      flight.running.completeExceptionally(e);
    }
  }

  private void look(String user, Flight flight) {
    CompletableFuture<Set<Long>> looked = flight.running;
    try {
      Set<Long> groups = names.groupsOf(user);
      landed(user, flight);
      looked.complete(groups);
    } catch (Exception | Error e) {
      landed(user, flight);
      looked.completeExceptionally(e);
    }
  }

  private synchronized void landed(String user, Flight flight) {
    if (flight.next == null) {
      flights.remove(user);
      return;
    }
    flight.running = flight.next;
    flight.next = null;
    run(user, flight);
  }

  @Override
  public void close() {
    threads.close();
  }
}
