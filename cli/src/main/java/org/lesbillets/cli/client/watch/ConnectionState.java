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
    public <R> R accept(Handler<R> handler) {
      return handler.onConnecting(this);
    }
  }

  /** Events arrive as they happen. */
  record Live(ServerAddress server) implements ConnectionState {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onLive(this);
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
    public <R> R accept(Handler<R> handler) {
      return handler.onReconnecting(this);
    }
  }

  /** The watch has ended. */
  record Closed() implements ConnectionState {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.onClosed(this);
    }
  }

  <R> R accept(Handler<R> handler);

  /** One method for each state. */
  interface Handler<R> {
    R onConnecting(Connecting state);

    R onLive(Live state);

    R onReconnecting(Reconnecting state);

    R onClosed(Closed state);
  }
}
