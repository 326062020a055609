package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.model.message.ClientConnection;

/**
 * Settings of a connection. Immutable; any thread.
 *
 * @param servers one or more, tried in order
 * @param timeout for connecting, and for an answer; more than zero
 * @param keepAlive for a connection that is to last, or null for a short one
 * @param trust what identifies the right server
 * @param signal shared by all connections whose settings were derived from the same ones
 * @param client whose new connection takes the place of the one before; null for one that is alone
 */
public record ClientSettings(
    List<ServerAddress> servers,
    TokenSource token,
    Duration timeout,
    KeepAlive keepAlive,
    ServerTrust trust,
    ReconnectSignal signal,
    ClientConnection client) {

  public ClientSettings {
    servers = List.copyOf(servers);
    Objects.requireNonNull(token, "token");
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("name at least one server");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout is more than zero, not " + timeout);
    }
  }

  /** For a connection that serves one or a few requests, without a heartbeat. */
  public ClientSettings(List<ServerAddress> servers, TokenSource token, Duration timeout) {
    this(servers, token, timeout, null, ServerTrust.USUAL, new ReconnectSignal(), null);
  }

  /** The servers to try now: all but sockets that are missing, unless all are missing. */
  public List<ServerAddress> presentServers() {
    // No stream: its first lambda takes milliseconds of each start.
    List<ServerAddress> present = new ArrayList<>();
    for (ServerAddress server : servers) {
      if (!server.isMissingSocket()) {
        present.add(server);
      }
    }
    return present.isEmpty() ? servers : present;
  }

  /** These settings for a connection that lasts, with a heartbeat. */
  public ClientSettings keepingAlive() {
    return keepingAlive(KeepAlive.STANDARD);
  }

  /** These settings for a connection that lasts, with a heartbeat of this rhythm. */
  public ClientSettings keepingAlive(KeepAlive rhythm) {
    return new ClientSettings(servers, token, timeout, rhythm, trust, signal, client);
  }

  /** These settings with a shorter timeout, which bounds the look-up of the token, too. */
  public ClientSettings within(Duration patience) {
    return new ClientSettings(
        servers, token.within(patience), patience, keepAlive, trust, signal, client);
  }

  /** These settings for an administrator, whom a drained server admits, too. */
  public ClientSettings administering() {
    List<ServerAddress> doors = servers.stream().map(ServerAddress::administering).toList();
    return new ClientSettings(doors, token, timeout, keepAlive, trust, signal, client);
  }

  /** These settings for one connection of a client that has one at a time. */
  public ClientSettings of(ClientConnection client) {
    return new ClientSettings(servers, token, timeout, keepAlive, trust, signal, client);
  }

  /** These settings with another trust. */
  public ClientSettings trusting(ServerTrust other) {
    return new ClientSettings(servers, token, timeout, keepAlive, other, signal, client);
  }
}
