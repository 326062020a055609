package org.lesbillets.cli.tui.event;

import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Welcome;

/** What the watch of the server delivers, in order: the family with a bound in the queue. */
public sealed interface WatchEvent extends UiEvent {

  /**
   * A connection was established; once for each, before any other event of that connection.
   *
   * @param welcome the authenticated agent, the server's version, and the journal's identity
   */
  record Welcomed(ServerAddress server, Welcome welcome) implements WatchEvent {
    @Override
    public void accept(Visitor visitor) {
      visitor.onWelcomed(this);
    }
  }

  /** Tickets of the snapshot at one revision: all, or one part of several. */
  record SnapshotLoaded(SnapshotPart part) implements WatchEvent {
    @Override
    public void accept(Visitor visitor) {
      visitor.onSnapshotLoaded(this);
    }
  }

  /** The next event of the journal: each once, in order, none between the parts of a snapshot. */
  record Happened(EventMessage event) implements WatchEvent {
    @Override
    public void accept(Visitor visitor) {
      visitor.onHappened(this);
    }
  }

  /** The connection of the watch is in another state. */
  record ConnectionChanged(ConnectionState state) implements WatchEvent {
    @Override
    public void accept(Visitor visitor) {
      visitor.onConnectionChanged(this);
    }
  }

  /**
   * The watch failed with an error that no retry heals: unknown token, no admission, another
   * protocol. It stays so until the user reconnects.
   *
   * @param sentence for people: what happened, and what to do next
   */
  record GivenUp(String sentence) implements WatchEvent {
    @Override
    public void accept(Visitor visitor) {
      visitor.onGivenUp(this);
    }
  }

  @Override
  default void accept(UiEvent.Visitor visitor) {
    visitor.onWatchEvent(this);
  }

  void accept(Visitor visitor);

  /** One method for each kind of event. */
  interface Visitor {
    void onWelcomed(Welcomed event);

    void onSnapshotLoaded(SnapshotLoaded event);

    void onHappened(Happened event);

    void onConnectionChanged(ConnectionChanged event);

    void onGivenUp(GivenUp event);
  }
}
