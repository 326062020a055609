package org.lesbillets.cli.client.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
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
 * Tickets that are being made, whose numbers nobody knows yet: a request that names a number and
 * finds nothing is asked again when all that were being made before it are there. Belongs to one
 * thread; bounded by what is under way.
 */
final class PendingCreates<T> {
  private final NavigableSet<Long> makers = new TreeSet<>();

  /** The last of the makers before a request when it was begun. */
  private final Map<T, Long> behind = new HashMap<>();

  private final List<T> waiting = new ArrayList<>();

  /** A request is to be done, in its place among all. */
  void add(long sequence, ClientMessage request) {
    if (request instanceof ClientMessage.CreateTicket
        || request instanceof ClientMessage.ImportTicket) {
      makers.add(sequence);
    }
  }

  /** A request is over, whatever became of it. */
  void done(T item, long sequence) {
    makers.remove(sequence);
    behind.remove(item);
  }

  /** A request is begun. */
  void begun(T item, long sequence) {
    Long last = makers.lower(sequence);
    if (last == null) {
      behind.remove(item);
    } else {
      behind.put(item, last);
    }
  }

  /** Whether an answer says that there is no ticket of the number that was asked for. */
  static boolean isMissing(Answer answer, ClientMessage request) {
    return answer instanceof Rejected rejected
        && rejected.code() == RejectionCode.NOT_FOUND
        && TicketKey.of(request).form() == Form.NUMBER;
  }

  /** Keeps a request that found nothing until all before it are there; false if they were. */
  boolean keeps(T item) {
    if (!behind.containsKey(item)) {
      return false;
    }
    waiting.add(item);
    return true;
  }

  /** Those that may be asked again. */
  List<T> over() {
    List<T> ready = new ArrayList<>();
    for (Iterator<T> all = waiting.iterator(); all.hasNext(); ) {
      T item = all.next();
      Long first = makers.isEmpty() ? null : makers.first();
      if (first == null || first > behind.get(item)) {
        all.remove();
        ready.add(item);
      }
    }
    return ready;
  }
}
