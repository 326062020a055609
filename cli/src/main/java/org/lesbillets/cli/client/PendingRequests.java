package org.lesbillets.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;

/**
 * The requests of one connection that are owed an answer: at most 1,024, four times what a server
 * takes. Thread-safe; answers come from one thread.
 */
final class PendingRequests {
  static final int LIMIT = 1_024;

  private final Map<String, Pending> pending = new ConcurrentHashMap<>();

  /** A request, and the parts of its answer that came. Only the I/O thread touches the parts. */
  private static final class Pending {
    private final CompletableFuture<Answer> promise;
    private final Consumer<List<Ticket>> parts;
    private final List<Ticket> tickets = new ArrayList<>();
    private boolean reset;

    Pending(CompletableFuture<Answer> promise, Consumer<List<Ticket>> parts) {
      this.promise = promise;
      this.parts = parts;
    }

    private void take(List<Ticket> part) {
      if (parts == null) {
        tickets.addAll(part);
      } else {
        parts.accept(part);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the id belongs to an unanswered request
   * @throws IllegalStateException if too many are unanswered
   */
  void add(String requestId, CompletableFuture<Answer> promise) {
    add(requestId, promise, null);
  }

  /**
   * As {@link #add(String, CompletableFuture)}.
   *
   * @param parts takes the tickets of each part as it comes, so that the answer has none; null to
   *     have them put together
   */
  void add(String requestId, CompletableFuture<Answer> promise, Consumer<List<Ticket>> parts) {
    if (pending.size() >= LIMIT) {
      throw new IllegalStateException(
          LIMIT + " requests are unanswered: wait for some before sending more");
    }
    if (pending.putIfAbsent(requestId, new Pending(promise, parts)) != null) {
      throw new IllegalArgumentException("request id " + requestId + " is in use");
    }
  }

  /** Nobody waits for this answer any more. */
  void forget(String requestId) {
    pending.remove(requestId);
  }

  /** Completes the request this is the answer of; an answer nobody waits for is dropped. */
  void answer(Answer answer) {
    Pending request = pending.remove(answer.requestId());
    if (request != null) {
      request.promise.complete(answer);
    }
  }

  /** Takes a part of a list, and completes the request with the whole at the last one. */
  void part(AllTickets part) {
    Pending request = pending.get(part.requestId());
    if (request == null) {
      return;
    }
    request.reset |= part.reset();
    request.take(part.tickets());
    if (!part.more()) {
      answer(
          new AllTickets(
              part.requestId(),
              request.tickets,
              part.revision(),
              part.journalId(),
              false,
              request.reset,
              part.total()));
    }
  }

  /** Completes everything that is unanswered with {@code failure}. */
  void failAll(ConnectionException failure) {
    for (String requestId : List.copyOf(pending.keySet())) {
      Pending request = pending.remove(requestId);
      if (request != null) {
        request.promise.completeExceptionally(failure);
      }
    }
  }
}
