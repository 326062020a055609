package org.lesbillets.server.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;

/**
 * Writers on a server, each a thread with a connection of its own, and the comparison of the
 * journal with what they asked and heard. For one thread.
 */
final class ChangeLoad implements AutoCloseable {
  private static final int PIPELINED = 200;

  private final SoakServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final List<ChangeWriter> writers = new ArrayList<>();
  private final List<SoakAgent> agents = new ArrayList<>();
  private final List<Future<?>> running = new ArrayList<>();

  ChangeLoad(SoakServer server) {
    this.server = server;
  }

  /** The agents of so many writers. */
  static List<String> agents(int writers) {
    List<String> agents = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      agents.add("writer" + i);
    }
    return agents;
  }

  /** Creates so many tickets, 200 requests in flight. */
  static void createTickets(SoakServer server, int tickets) throws IOException {
    try (SoakConnection connection = server.connect("writer0")) {
      for (int first = 1; first <= tickets; first += PIPELINED) {
        int end = Math.min(first + PIPELINED, tickets + 1);
        for (int i = first; i < end; i++) {
          TicketContent content = TicketContent.titled("New " + i);
          connection.send(new ClientMessage.CreateTicket("create" + i, null, content));
        }
        connection.answer("create" + (end - 1));
      }
    }
  }

  /** Starts a writer; its agent must have been admitted. */
  ChangeWriter start(ChangeWriter.Who who, IntPredicate goesOn) {
    ChangeWriter writer = new ChangeWriter(server, who, goesOn, acknowledged);
    writers.add(writer);
    start(writer);
    return writer;
  }

  /** Starts an agent of locks; it changes the tickets up to {@link SoakAgent#TICKETS}. */
  void start(SoakAgent.Who who, IntPredicate goesOn) {
    SoakAgent agent = new SoakAgent(server, who, goesOn, acknowledged);
    agents.add(agent);
    start(agent);
  }

  /** Starts something else beside them, which ends by itself. */
  void start(Runnable other) {
    running.add(threads.submit(other));
  }

  /** Operations that were answered so far. */
  int acknowledged() {
    return acknowledged.get();
  }

  /** Fails when a writer has ended by an exception. */
  void checkWriters() throws InterruptedException {
    for (Future<?> writer : running) {
      if (writer.isDone()) {
        join(writer);
      }
    }
  }

  /** Waits for the writers' end. */
  void join() throws InterruptedException {
    for (Future<?> writer : running) {
      join(writer);
    }
  }

  private static void join(Future<?> writer) throws InterruptedException {
    try {
      writer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a writer ended", e.getCause());
    }
  }

  List<ChangeWriter> writers() {
    return writers;
  }

  /**
   * Compares the journal with the writers' operations: nothing lost, doubled, out of order, or of
   * unknown origin.
   */
  Violations check() throws IOException {
    List<LockOperation> operations = new ArrayList<>();
    writers.forEach(writer -> operations.addAll(writer.performed()));
    agents.forEach(agent -> operations.addAll(agent.performed()));
    List<SequencedEvent> events;
    try (SoakConnection connection = server.connect("writer0")) {
      events = connection.history();
    }
    Violations violations = new HistoryCheck(events, operations).check();
    writers.forEach(writer -> violations.addAll(writer.violations()));
    return violations;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
