package org.lesbillets.model.event;

import java.util.Objects;

/**
 * An event at its place in a journal.
 *
 * @param revision its place; 1 or more, below 2^53, rising but not dense
 * @param previousRevision the place of the event before it in the journal, 0 for the first: a
 *     reader that saw another one last has missed something
 */
public record SequencedEvent(long revision, long previousRevision, WireEvent event) {
  public SequencedEvent {
    Objects.requireNonNull(event, "event");
    if (previousRevision > revision) {
      throw new IllegalArgumentException(
          "event " + revision + " cannot come after " + previousRevision);
    }
  }

  /** This place with another telling of the event. */
  public SequencedEvent withEvent(WireEvent event) {
    return new SequencedEvent(revision, previousRevision, event);
  }
}
