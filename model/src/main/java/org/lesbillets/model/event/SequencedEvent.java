package org.lesbillets.model.event;

import java.util.Objects;

/**
 * An event at its revision in a journal. Immutable.
 *
 * @param revision position in the journal; 1 or more, below 2^53, strictly rising but not dense
 * @param previousRevision of the preceding event, 0 for the first. It links the events to a chain:
 *     a reader whose last event has another revision has a gap
 */
public record SequencedEvent(long revision, long previousRevision, WireEvent event) {
  public SequencedEvent {
    Objects.requireNonNull(event, "event");
    if (previousRevision > revision) {
      throw new IllegalArgumentException(
          "event " + revision + " cannot come after " + previousRevision);
    }
  }

  /** The same revision with another form of the event. */
  public SequencedEvent withEvent(WireEvent event) {
    return new SequencedEvent(revision, previousRevision, event);
  }
}
