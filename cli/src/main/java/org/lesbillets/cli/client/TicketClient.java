package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.lesbillets.cli.client.transport.CloseCode;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.cli.client.transport.Heartbeat;
import org.lesbillets.cli.client.transport.IdleTracker;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.cli.client.transport.WebSocketConnection;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.wire.MessageCodec;

/**
 * One connection to a server, on which requests are multiplexed by request id. Thread-safe. Answers
 * are decoded on the connection's I/O thread; every wait is bounded by the settings' timeout, and
 * at most 1,024 requests are unanswered. All threads are daemons.
 */
public final class TicketClient implements RequestChannel {
  private final ServerAddress server;
  private final Duration timeout;
  private final PushListener pushes;
  private final ReconnectSignal signal;
  private final PendingRequests pending = new PendingRequests();
  private final CompletableFuture<Welcome> welcome = new CompletableFuture<>();
  private final AtomicLong requestIds = new AtomicLong();
  private final AtomicReference<ConnectionException> ended = new AtomicReference<>();
  private final IdleTracker idle = new IdleTracker();
  private volatile WebSocketConnection connection;
  private volatile Heartbeat heartbeat;

  private TicketClient(ServerAddress server, ClientSettings settings, PushListener pushes) {
    this.server = server;
    this.timeout = settings.timeout();
    this.signal = settings.signal();
    this.pushes = pushes;
  }

  /**
   * Connects to the first server that can be reached; each is tried once, in order, and together
   * they get the settings' timeout.
   *
   * @throws ConnectionException if none can be reached, or one does not admit this client
   */
  public static TicketClient connect(ClientSettings settings, PushListener pushes) {
    return new Connector(settings, settings.timeout(), pushes).connect();
  }

  /** Connects to one server. */
  static TicketClient open(
      ServerAddress server, ClientSettings settings, Duration patience, PushListener pushes) {
    TicketClient client = new TicketClient(server, settings, pushes);
    client.connection =
        ConnectionFactory.open(server, settings, patience, new MessageRouter(client));
    client.begin(settings.keepAlive());
    return client;
  }

  private void begin(KeepAlive rhythm) {
    if (rhythm != null) {
      heartbeat = Heartbeat.start(connection, rhythm, idle);
    }
    // A message, or the end, may have arrived before the fields were set.
    if (ended.get() != null) {
      close();
      if (heartbeat != null) {
        heartbeat.close();
      }
    }
  }

  /**
   * How the server knows this client: {@code token}, {@code unix}, {@code delegate}; null if it did
   * not say, or on a connection that lasts.
   */
  public String knownBy() {
    return connection.knownBy();
  }

  /** Whether no end of the connection is known. */
  public boolean isOpen() {
    return ended.get() == null;
  }

  /** Why the connection ended; null while it is open. */
  public ConnectionException failure() {
    return ended.get();
  }

  @Override
  public ServerAddress server() {
    return server;
  }

  /**
   * The server's first message; waits for it.
   *
   * @throws ConnectionException TIMEOUT or LOST without one, PROTOCOL if it is of another version
   */
  public Welcome welcome() {
    return welcome(timeout);
  }

  /** As {@link #welcome()}, with another time limit. */
  public Welcome welcome(Duration patience) {
    return await(welcome, patience);
  }

  /** Whether a ping has been unanswered for two seconds; false without a heartbeat. */
  public boolean isSilent() {
    Heartbeat present = heartbeat;
    return present != null && present.isSilent();
  }

  /**
   * Checks soon whether the server still answers: a connection that is silent is closed at once,
   * any other if a ping is not answered within two seconds. Does nothing without a heartbeat.
   */
  public void probe() {
    Heartbeat present = heartbeat;
    if (present != null) {
      present.probe();
    }
  }

  /** A request id that this connection has not used yet. */
  @Override
  public String nextRequestId() {
    return Long.toString(requestIds.incrementAndGet());
  }

  /**
   * Sends a request. The parts of a list are joined: the answer is one AllTickets that has them
   * all. A request too large for the protocol is not sent, and answered TOO_LARGE.
   *
   * @param message with a request id that no unanswered request of this connection has
   * @return completes with the answer (perhaps Rejected), or with a ConnectionException of kind
   *     LOST or PROTOCOL when the connection ends before it. Its dependents run on the I/O thread
   *     and must not block
   * @throws IllegalArgumentException if the request id is taken
   * @throws IllegalStateException if 1,024 requests are unanswered
   */
  public CompletableFuture<Answer> send(ClientMessage message) {
    CompletableFuture<Answer> promise = new CompletableFuture<>();
    send(message, new WholeAnswer(promise));
    return promise;
  }

  /** Drops the answer to a request that is unanswered. */
  public void forget(ClientMessage message) {
    pending.forget(message.requestId());
  }

  /** As {@link #send(ClientMessage)}; the listener gets the answer before later pushes. */
  public void send(ClientMessage message, AnswerListener listener) {
    String text = MessageCodec.encode(message);
    if (RequestSize.isTooLarge(text)) {
      listener.onAnswer(RequestSize.refusal(message));
      return;
    }
    pending.add(message.requestId(), listener);
    ConnectionException end = ended.get();
    if (end != null) {
      pending.failAll(end);
      return;
    }
    connection.send(text);
  }

  /**
   * Sends a request and waits for its answer, perhaps Rejected, at most the settings' timeout.
   *
   * @throws ConnectionException TIMEOUT if there is none in time, LOST if the connection ended
   */
  public Answer ask(ClientMessage message) {
    return ask(message, timeout);
  }

  /** As {@link #ask(ClientMessage)}, with another time limit. */
  @Override
  public Answer ask(ClientMessage message, Duration patience) {
    CompletableFuture<Answer> promise = send(message);
    try {
      return await(promise, patience);
    } finally {
      if (!promise.isDone()) {
        forget(message);
      }
    }
  }

  private <T> T await(CompletableFuture<T> promise, Duration patience) {
    try {
      return OwnPause.await(promise, patience);
    } catch (TimeoutException e) {
      throw AnswerFailures.noAnswer(server, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnswerFailures.interrupted(server);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionException lost) {
        // A new one: the stack of the waiting thread says more than that of the I/O thread.
        throw new ConnectionException(lost.kind(), lost.getMessage(), lost);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Asks for tickets and waits for all parts of the answer, each at most the settings' timeout; a
   * refusal is thrown as RejectedException.
   */
  public AllTickets tickets(ClientMessage.GetTickets request) {
    return parts(request, send(request));
  }

  /**
   * As {@link #tickets(ClientMessage.GetTickets)}, as a stream of parts.
   *
   * @param parts takes each part as it arrives, on the I/O thread
   * @return the last part
   */
  public AllTickets tickets(ClientMessage.GetTickets request, Consumer<AllTickets> parts) {
    CompletableFuture<Answer> promise = new CompletableFuture<>();
    send(request, new StreamedAnswer(promise, parts));
    return parts(request, promise);
  }

  private AllTickets parts(ClientMessage.GetTickets request, CompletableFuture<Answer> promise) {
    while (true) {
      try {
        return ExpectedAnswer.of(server, await(promise, timeout), AllTickets.class);
      } catch (ConnectionException e) {
        if (promise.isDone() || idle.ofMessages().compareTo(timeout) >= 0) {
          forget(request);
          throw e;
        }
      }
    }
  }

  void welcomed(Welcome message) {
    welcome.complete(message);
  }

  /** An answer arrived that is no refusal. */
  void succeeded() {
    signal.succeeded();
  }

  PendingRequests pending() {
    return pending;
  }

  PushListener pushes() {
    return pushes;
  }

  /** How long nothing has arrived. */
  public IdleTracker idle() {
    return idle;
  }

  /** Ends the connection; unanswered requests complete with LOST. Idempotent. */
  @Override
  public void close() {
    end(AnswerFailures.closedHere(server), CloseCode.NORMAL, "closed by this program");
  }

  /** Ends the connection for {@code failure}, which all unanswered requests complete with. */
  void end(ConnectionException failure, int code, String reason) {
    ended.compareAndSet(null, failure);
    WebSocketConnection open = connection;
    if (open != null) {
      open.close(code, reason);
    }
  }

  /** The WebSocket has ended; only the first failure counts (compare-and-set). */
  void ended(CloseNotice notice) {
    ended.compareAndSet(null, AnswerFailures.lost(server, notice));
    if (heartbeat != null) {
      heartbeat.close();
    }
    try {
      welcome.completeExceptionally(ended.get());
      pending.failAll(ended.get());
    } finally {
      pushes.onClosed(notice);
    }
  }
}
