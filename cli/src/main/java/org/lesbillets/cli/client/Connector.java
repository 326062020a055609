package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Failover over the list of servers: each is tried once, in order, with its share of the time that
 * is left. A socket that is missing is passed over, unless all are missing. Belongs to one thread,
 * which blocks; used once.
 */
public final class Connector {
  private final ClientSettings settings;
  private final Duration patience;
  private final PushListener pushes;

  /**
   * @param patience the time limit for all of them together
   */
  public Connector(ClientSettings settings, Duration patience, PushListener pushes) {
    this.settings = settings;
    this.patience = patience;
    this.pushes = pushes;
  }

  public TicketClient connect() {
    List<ServerAddress> servers = settings.presentServers();
    long deadline = System.nanoTime() + patience.toNanos();
    ConnectionException last = null;
    for (int i = 0; i < servers.size(); i++) {
      long left = Math.max(1, deadline - System.nanoTime());
      Duration share = Duration.ofNanos(left / (servers.size() - i));
      try {
        return TicketClient.open(servers.get(i), settings, share, pushes);
      } catch (ConnectionException e) {
        if (e.kind().isOfAllServers() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        last = e;
      }
    }
    throw servers.size() == 1 ? last : noneOf(servers, last);
  }

  private static ConnectionException noneOf(List<ServerAddress> servers, ConnectionException last) {
    String names = servers.stream().map(Object::toString).collect(Collectors.joining(", "));
    return new ConnectionException(
        last.kind(),
        "none of " + names + " takes the connection; the last one: " + last.getMessage(),
        last);
  }
}
