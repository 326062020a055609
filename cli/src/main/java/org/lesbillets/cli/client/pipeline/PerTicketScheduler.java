package org.lesbillets.cli.client.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.lesbillets.cli.client.pipeline.TicketKey.Form;
import org.lesbillets.model.TicketRef;

/**
 * Says what may be under way at the same time: requests about one ticket go one after the other, in
 * their order, those about different tickets together. A number and a UUID may mean one ticket, and
 * some requests may be about any: where such ones follow each other, those before come to their end
 * first. Belongs to one thread; bounded by what is put in.
 */
final class PerTicketScheduler<T> {
  private final Deque<Stretch<T>> stretches = new ArrayDeque<>();

  /** Something that has its place. */
  record Place<T>(T item, TicketKey footprint, Stretch<T> stretch) {}

  /** Items that follow each other and may be under way together, but for those of one ticket. */
  static final class Stretch<T> {
    private final Map<TicketRef, Deque<Place<T>>> lanes = new HashMap<>();
    private final Deque<Place<T>> ready = new ArrayDeque<>();
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

    private void add(Place<T> place) {
      TicketKey footprint = place.footprint();
      unfinished++;
      makesNew |= footprint.form() == Form.NEW;
      if (footprint.form() != Form.NONE && footprint.form() != Form.NEW) {
        form = footprint.form();
      }
      if (footprint.ref() == null) {
        ready.add(place);
        return;
      }
      Deque<Place<T>> lane = lanes.computeIfAbsent(footprint.ref(), ref -> new ArrayDeque<>());
      lane.add(place);
      if (lane.size() == 1) {
        ready.add(place);
      }
    }

    private void done(Place<T> place) {
      unfinished--;
      TicketRef ref = place.footprint().ref();
      if (ref == null) {
        return;
      }
      Deque<Place<T>> lane = lanes.get(ref);
      lane.remove();
      if (lane.isEmpty()) {
        lanes.remove(ref);
      } else {
        ready.add(lane.element());
      }
    }
  }

  /** Puts an item behind all that were put in before. */
  void add(T item, TicketKey footprint) {
    Stretch<T> last = stretches.peekLast();
    if (last == null || !last.takes(footprint.form())) {
      last = new Stretch<>();
      stretches.add(last);
      leaveFinished();
    }
    last.add(new Place<>(item, footprint, last));
  }

  private void leaveFinished() {
    while (stretches.size() > 1 && stretches.element().unfinished == 0) {
      stretches.remove();
    }
  }

  /** The item that {@link #next} would give. */
  Place<T> peek() {
    Stretch<T> first = stretches.peek();
    return first == null ? null : first.ready.peek();
  }

  /** An item that may begin now, given out once; null if there is none. */
  Place<T> next() {
    Stretch<T> first = stretches.peek();
    return first == null ? null : first.ready.poll();
  }

  /** An item that {@link #next} gave is over. */
  void done(Place<T> place) {
    place.stretch().done(place);
    leaveFinished();
  }
}
