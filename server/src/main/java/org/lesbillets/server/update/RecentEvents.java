package org.lesbillets.server.update;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.wire.EventJson;
import org.lesbillets.server.desk.Announcement;

/**
 * A cache of the last events with their encoded form: for answers, which follow the push of their
 * event, and for watches that join just behind the head. The updater's thread; holds 1,024 events.
 */
final class RecentEvents {
  private static final int CAPACITY = 1_024;

  private final Deque<Recent> events = new ArrayDeque<>(CAPACITY);

  record Recent(Announcement.Happened happened, EventJson json) {
    long revision() {
      return happened.event().revision();
    }
  }

  void add(Recent event) {
    if (events.size() == CAPACITY) {
      events.pollFirst();
    }
    events.addLast(event);
  }

  /** The JSON of an event: cached from its push, or encoded again. */
  EventJson json(SequencedEvent event) {
    for (Iterator<Recent> each = events.descendingIterator(); each.hasNext(); ) {
      Recent recent = each.next();
      if (recent.happened().event() == event) {
        return recent.json();
      }
      if (recent.revision() < event.revision()) {
        break;
      }
    }
    return EventJson.of(event);
  }

  /** Whether every event after {@code revision}, up to {@code head}, is cached. */
  boolean reachesBackTo(long revision, long head) {
    return revision >= head
        || !events.isEmpty()
            && events.peekFirst().happened().event().previousRevision() <= revision;
  }

  List<Recent> after(long revision) {
    return events.stream().filter(recent -> recent.revision() > revision).toList();
  }
}
