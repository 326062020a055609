package org.lesbillets.cli.client.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.lesbillets.cli.client.pipeline.TicketKey.Form;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Rejected;

/**
 * Creates in flight, whose tickets have no number yet: a request that names a number and gets
 * NOT_FOUND is retried when all creates before it are done. Belongs to one thread; bounded by what
 * is in flight.
 */
final class PendingCreates<T> {
  /** The sequence numbers of creates that are not done. */
  private final NavigableSet<Long> creates = new TreeSet<>();

  /** The last create before an item when that was begun. */
  private final Map<T, Long> behind = new HashMap<>();

  private final List<T> waiting = new ArrayList<>();

  /** Notes a request in its place among all. */
  void add(long sequence, ClientMessage request) {
    if (request instanceof ClientMessage.CreateTicket
        || request instanceof ClientMessage.ImportTicket) {
      creates.add(sequence);
    }
  }

  /** Notes the end of a request, whatever its outcome. */
  void done(T item, long sequence) {
    creates.remove(sequence);
    behind.remove(item);
  }

  /** Notes the start of a request. */
  void begun(T item, long sequence) {
    Long last = creates.lower(sequence);
    if (last == null) {
      behind.remove(item);
    } else {
      behind.put(item, last);
    }
  }

  /** Whether an answer denies that there is a ticket of the number that was asked for. */
  static boolean isMissing(Answer answer, ClientMessage request) {
    return answer instanceof Rejected rejected
        && rejected.code() == RejectionCode.NOT_FOUND
        && TicketKey.of(request).form() == Form.NUMBER;
  }

  /** Keeps a request for a retry; false if no create was in flight before it. */
  boolean keeps(T item) {
    if (!behind.containsKey(item)) {
      return false;
    }
    waiting.add(item);
    return true;
  }

  /** Removes the requests that can be retried now. */
  List<T> over() {
    long first = creates.isEmpty() ? Long.MAX_VALUE : creates.first();
    List<T> ready = waiting.stream().filter(item -> first > behind.get(item)).toList();
    waiting.removeAll(ready);
    return ready;
  }
}
