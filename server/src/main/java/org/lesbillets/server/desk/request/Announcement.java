package org.lesbillets.server.desk.request;

import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;

/** A message from the desk to the updater; their order is the order of events. Immutable. */
public sealed interface Announcement {

  /**
   * An event is durable and applied.
   *
   * @param event its lock with the remaining time
   * @param before the ticket before the event, or null if there was none
   * @param after the ticket after the event, with its description
   */
  record Happened(SequencedEvent event, Ticket before, Ticket after) implements Announcement {
    @Override
    public void accept(Visitor visitor) {
      visitor.onHappened(this);
    }
  }

  /** A request is answered by an event announced before. */
  record Answered(Requester to, SequencedEvent event, String requestId, boolean repeated)
      implements Announcement {
    @Override
    public void accept(Visitor visitor) {
      visitor.onAnswered(this);
    }
  }

  /** A watch begins; every event up to the snapshot's revision was announced before. */
  record Joined(Requester who, GetTickets request, Snapshot snapshot) implements Announcement {
    @Override
    public void accept(Visitor visitor) {
      visitor.onJoined(this);
    }
  }

  /** A task for the updater's thread, behind the events before it: a probe, or a snapshot. */
  record Passed(Runnable task) implements Announcement {
    @Override
    public void accept(Visitor visitor) {
      visitor.onPassed(this);
    }
  }

  void accept(Visitor visitor);

  interface Visitor {
    void onHappened(Happened announcement);

    void onAnswered(Answered announcement);

    void onJoined(Joined announcement);

    void onPassed(Passed announcement);
  }
}
