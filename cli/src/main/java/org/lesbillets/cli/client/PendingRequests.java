package org.lesbillets.cli.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;

/**
 * The unanswered requests of one connection, by request id. Bounded by 1,024, four times what a
 * server accepts. Thread-safe; answers arrive on one thread.
 */
public final class PendingRequests {
  static final int LIMIT = 1_024;

  private final Map<String, AnswerListener> pending = new ConcurrentHashMap<>();

  /**
   * @throws IllegalArgumentException if the id belongs to an unanswered request
   * @throws IllegalStateException if too many are unanswered
   */
  void add(String requestId, AnswerListener listener) {
    if (pending.size() >= LIMIT) {
      throw new IllegalStateException(
          LIMIT + " requests are unanswered: wait for some before sending more");
    }
    if (pending.putIfAbsent(requestId, listener) != null) {
      throw new IllegalArgumentException("request id " + requestId + " is in use");
    }
  }

  /** Drops the answer to this request, should it arrive. */
  void forget(String requestId) {
    pending.remove(requestId);
  }

  /** Completes the request of this answer; an answer to none is dropped. */
  void answer(Answer answer) {
    AnswerListener request = pending.remove(answer.requestId());
    if (request != null) {
      request.onAnswer(answer);
    }
  }

  /** Takes a part of a list; the last one is the answer. */
  void part(AllTickets part) {
    if (!part.more()) {
      answer(part);
      return;
    }
    AnswerListener request = pending.get(part.requestId());
    if (request != null) {
      request.onPart(part);
    }
  }

  /** Fails all unanswered requests. */
  void failAll(ConnectionException failure) {
    for (String requestId : List.copyOf(pending.keySet())) {
      AnswerListener request = pending.remove(requestId);
      if (request != null) {
        request.onFailure(failure);
      }
    }
  }
}
