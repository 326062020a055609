package org.lesbillets.cli.client.watch;

import java.time.Duration;
import org.lesbillets.cli.client.ServerAddress;

/** The state of a watch's connection. Immutable; any thread. */
public sealed interface ConnectionState {

  /**
   * A connection is being made.
   *
   * @param attempt 1 for the first since the watch was last live
   */
  record Connecting(int attempt) implements ConnectionState {
    @Override
    public void accept(Visitor visitor) {
      visitor.onConnecting(this);
    }
  }

  /** Events arrive as they happen. */
  record Live(ServerAddress server) implements ConnectionState {
    @Override
    public void accept(Visitor visitor) {
      visitor.onLive(this);
    }
  }

  /**
   * There is no connection; another attempt follows.
   *
   * @param attempt the next one, 1 for the first since the watch was last live
   * @param nextTry how long until then
   * @param cause a sentence for people: why the last connection ended or could not be made
   */
  record Reconnecting(int attempt, Duration nextTry, String cause) implements ConnectionState {
    @Override
    public void accept(Visitor visitor) {
      visitor.onReconnecting(this);
    }
  }

  /**
   * The server admits no new connection, and ends this one; events arrive until then.
   *
   * @param after the time until then
   * @param cancelled whether that is over, and the connection stays
   */
  record Draining(ServerAddress server, Duration after, boolean cancelled)
      implements ConnectionState {
    @Override
    public void accept(Visitor visitor) {
      visitor.onDraining(this);
    }
  }

  /** The watch has ended. */
  record Closed() implements ConnectionState {
    @Override
    public void accept(Visitor visitor) {
      visitor.onClosed(this);
    }
  }

  void accept(Visitor visitor);

  /** One method for each state. */
  interface Visitor {
    void onConnecting(Connecting state);

    void onLive(Live state);

    void onReconnecting(Reconnecting state);

    void onDraining(Draining state);

    void onClosed(Closed state);
  }
}
