package org.lesbillets.cli.client.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.lesbillets.cli.client.pipeline.TicketKey.Form;
import org.lesbillets.model.TicketRef;

/**
 * Per-key serialization: items about one ticket run one after the other, in their order, items
 * about different tickets concurrently. A number and a UUID may name one ticket, and some items may
 * be about any. Where such keys follow each other a new epoch begins: a barrier, behind which
 * nothing runs until all items before it are done.
 *
 * <pre>
 *   add --> epoch 2: #5 #7 ...   (waits for epoch 1)
 *           epoch 1: #17 [a b c]   one slot of each ticket is ready
 *                    #18 [d]       ready: a, d --next--> running --done--> ready: b
 * </pre>
 *
 * <p>Belongs to one thread; bounded by what is added and not done.
 */
final class PerTicketScheduler<T> {
  private final Deque<Epoch<T>> epochs = new ArrayDeque<>();

  /** An item in its place. */
  record Slot<T>(T item, TicketKey key, Epoch<T> epoch) {}

  /** Consecutive items that may run concurrently, but for those of one ticket. */
  static final class Epoch<T> {
    private final Map<TicketRef, Deque<Slot<T>>> perTicket = new HashMap<>();
    private final Deque<Slot<T>> ready = new ArrayDeque<>();
    private Form form = Form.NONE;
    private boolean makesNew;
    private int unfinished;

    /** Whether an item can join: forms mix with NONE, and NEW with any that names its ticket. */
    private boolean takes(Form other) {
      return switch (other) {
        case NONE -> true;
        case NEW -> form != Form.ANY;
        case NUMBER, ID -> form == Form.NONE || form == other;
        case ANY -> form == Form.NONE && !makesNew && unfinished == 0;
      };
    }

    private void add(Slot<T> slot) {
      TicketKey key = slot.key();
      unfinished++;
      makesNew |= key.form() == Form.NEW;
      if (key.form() != Form.NONE && key.form() != Form.NEW) {
        form = key.form();
      }
      if (key.ref() == null) {
        ready.add(slot);
        return;
      }
      Deque<Slot<T>> sameTicket = perTicket.computeIfAbsent(key.ref(), ref -> new ArrayDeque<>());
      sameTicket.add(slot);
      if (sameTicket.size() == 1) {
        ready.add(slot);
      }
    }

    private void done(Slot<T> slot) {
      unfinished--;
      TicketRef ref = slot.key().ref();
      if (ref == null) {
        return;
      }
      Deque<Slot<T>> sameTicket = perTicket.get(ref);
      sameTicket.remove();
      if (sameTicket.isEmpty()) {
        perTicket.remove(ref);
      } else {
        ready.add(sameTicket.element());
      }
    }
  }

  /** Adds an item behind all others. */
  void add(T item, TicketKey key) {
    Epoch<T> last = epochs.peekLast();
    if (last == null || !last.takes(key.form())) {
      last = new Epoch<>();
      epochs.add(last);
      leaveFinished();
    }
    last.add(new Slot<>(item, key, last));
  }

  private void leaveFinished() {
    while (epochs.size() > 1 && epochs.element().unfinished == 0) {
      epochs.remove();
    }
  }

  /** The item that {@link #next} would return. */
  Slot<T> peek() {
    Epoch<T> first = epochs.peek();
    return first == null ? null : first.ready.peek();
  }

  /** An item that may run now, returned once; null if there is none. */
  Slot<T> next() {
    Epoch<T> first = epochs.peek();
    return first == null ? null : first.ready.poll();
  }

  /** Frees the slot of an item that {@link #next} returned. */
  void done(Slot<T> slot) {
    slot.epoch().done(slot);
    leaveFinished();
  }
}
