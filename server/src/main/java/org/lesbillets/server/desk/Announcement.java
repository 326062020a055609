package org.lesbillets.server.desk;

import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.GetTickets;

/** What goes through the channel from the desk to the updater, in one order. */
public sealed interface Announcement {

  /**
   * An event is durable and applied.
   *
   * @param event its locks as they are to be told now
   * @param before the ticket as it was, or null if it was not there
   * @param after the ticket as it is, whole
   */
  record Happened(SequencedEvent event, Ticket before, Ticket after) implements Announcement {
    @Override
    public void accept(Visitor visitor) {
      visitor.onHappened(this);
    }
  }

  /** A request is answered by an event that has been announced. */
  record Answered(Requester to, SequencedEvent event, String requestId, boolean repeated)
      implements Announcement {
    @Override
    public void accept(Visitor visitor) {
      visitor.onAnswered(this);
    }
  }

  /** Somebody joins: everything up to the snapshot's revision has been announced. */
  record Joined(Requester who, GetTickets request, Snapshot snapshot) implements Announcement {
    @Override
    public void accept(Visitor visitor) {
      visitor.onJoined(this);
    }
  }

  void accept(Visitor visitor);

  /** One method for each kind of announcement. */
  interface Visitor {
    void onHappened(Happened announcement);

    void onAnswered(Answered announcement);

    void onJoined(Joined announcement);
  }
}
