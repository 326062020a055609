package org.lesbillets.cli.tui.live;

import java.util.Objects;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Welcome;

/** What a watch tells the live view, in order. */
public sealed interface LiveNews {

  /**
   * A connection has come about; said once for each, before anything else comes over it.
   *
   * @param welcome who the server takes us for, what it is, and which journal it speaks of
   */
  record Welcomed(ServerAddress server, Welcome welcome) implements LiveNews {
    public Welcomed {
      Objects.requireNonNull(server, "server");
      Objects.requireNonNull(welcome, "welcome");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onWelcomed(this);
    }
  }

  /** Tickets as they were at one revision, or some of them. */
  record Told(SnapshotPart part) implements LiveNews {
    public Told {
      Objects.requireNonNull(part, "part");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onTold(this);
    }
  }

  /** The next event; each once, in order, and none between the parts of a snapshot. */
  record Happened(EventMessage event) implements LiveNews {
    public Happened {
      Objects.requireNonNull(event, "event");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onHappened(this);
    }
  }

  /** How the watch stands with its server now. */
  record Connection(ConnectionState state) implements LiveNews {
    public Connection {
      Objects.requireNonNull(state, "state");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onConnection(this);
    }
  }

  /**
   * The watch is given up: the server does not know us, does not let us in, or does not speak our
   * language, and trying again does not heal that. Only {@link AsyncTicketService#reconnect} goes
   * on.
   *
   * @param sentence for people: what happened, and what to do next
   */
  record GivenUp(String sentence) implements LiveNews {
    public GivenUp {
      Objects.requireNonNull(sentence, "sentence");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onGivenUp(this);
    }
  }

  <R> R accept(Handler<R> handler);

  /** One method for each kind of news. */
  interface Handler<R> {
    R onWelcomed(Welcomed news);

    R onTold(Told news);

    R onHappened(Happened news);

    R onConnection(Connection news);

    R onGivenUp(GivenUp news);
  }
}
