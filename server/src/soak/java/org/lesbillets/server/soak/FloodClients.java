package org.lesbillets.server.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.soak.flood.Latencies;

/**
 * Valid clients beside a flood: four comment on a ticket of their own 50 times a second, and one
 * connects anew 10 times a second. Latencies count from the time at which a request was due, so
 * that a stalled server is not spared. A thread each.
 */
final class FloodClients implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final long CHANGE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long CONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final SoakServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
  private final List<SoakConnection> connections = new ArrayList<>();
  private final List<Long> tickets = new ArrayList<>();
  private volatile Phase phase;

  /** The latencies of one phase. */
  record Phase(Latencies changes, Latencies connects) {
    Phase() {
      this(new Latencies(), new Latencies());
    }
  }

  /** Something that takes as long as a phase. */
  interface Activity {
    void run() throws Exception;
  }

  FloodClients(SoakServer server) throws IOException {
    this.server = server;
    for (int i = 0; i < CLIENTS; i++) {
      SoakConnection connection = server.connect(agent(i));
      connection.send(
          new ClientMessage.CreateTicket("create", null, TicketContent.titled("Flooded " + i)));
      ServerMessage.EventMessage created = (ServerMessage.EventMessage) connection.answer("create");
      connections.add(connection);
      tickets.add(created.event().event().ticket().number());
    }
  }

  private static String agent(int client) {
    return "valid" + client;
  }

  /** The agents to admit before the server starts. */
  static List<String> agents() {
    List<String> agents = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      agents.add(agent(i));
    }
    return agents;
  }

  /**
   * The latencies while something else happens.
   *
   * @throws IllegalStateException if a valid client was refused or cut
   */
  Phase during(Activity activity) throws Exception {
    Phase measured = new Phase();
    phase = measured;
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      running.add(threads.submit(() -> change(client, measured)));
    }
    running.add(threads.submit(() -> connect(measured)));
    try {
      activity.run();
    } finally {
      phase = null;
      for (Future<?> each : running) {
        join(each);
      }
    }
    return measured;
  }

  /** The latencies of so many seconds in which nothing else happens. */
  Phase alone(long seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    return during(
        () -> {
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
        });
  }

  /** One change, outside a phase; its answer is not awaited. */
  void comment(String text) throws IOException {
    TicketRef ticket = TicketRef.of(tickets.get(0));
    connections.get(0).send(new ClientMessage.CommentTicket("once", null, ticket, text));
  }

  private static void join(Future<?> client) throws InterruptedException {
    try {
      client.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a valid client was disturbed", e.getCause());
    }
  }

  private Void change(int client, Phase measured) throws IOException {
    SoakConnection connection = connections.get(client);
    TicketRef ticket = TicketRef.of(tickets.get(client));
    long due = System.nanoTime();
    for (int i = 0; phase == measured; i++) {
      LockSupport.parkNanos(due - System.nanoTime());
      connection.send(new ClientMessage.CommentTicket("c" + i, null, ticket, "Comment " + i));
      if (!(connection.answer("c" + i) instanceof ServerMessage.EventMessage)) {
        throw new IOException("a valid change was refused");
      }
      measured.changes().add(System.nanoTime() - due);
      due += CHANGE_NANOS;
    }
    return null;
  }

  private Void connect(Phase measured) throws IOException {
    long due = System.nanoTime();
    while (phase == measured) {
      LockSupport.parkNanos(due - System.nanoTime());
      try (SoakConnection connection = server.connect(agent(0))) {
        connection.next();
        measured.connects().add(System.nanoTime() - due);
      }
      due += CONNECT_NANOS;
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (SoakConnection connection : connections) {
      connection.close();
    }
  }
}
