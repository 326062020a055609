package org.lesbillets.cli.tui.state;

import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.message.ServerMessage.Welcome;

/**
 * The connection to the server, and what is to be said when it is live again. Immutable.
 *
 * @param address of the present or the last connection; null before the first
 * @param welcome of the present or the last connection; null before the first
 * @param reconnected whether the connection follows one that was lost, and that was not said yet
 * @param snapshotReplaced whether a new snapshot replaced the tickets since the last live
 *     connection, so that events in between were not shown
 */
public record ServerConnection(
    Link link,
    ServerAddress address,
    Welcome welcome,
    boolean reconnected,
    boolean snapshotReplaced) {

  public ServerConnection with(Link other) {
    return new ServerConnection(other, address, welcome, reconnected, snapshotReplaced);
  }

  /** The handshake is done: the link is live, though the first event may take a while. */
  public ServerConnection welcomed(ServerAddress server, Welcome by, long nanos) {
    boolean again = reconnected || link.cause() != null;
    return new ServerConnection(link.live(nanos), server, by, again, snapshotReplaced);
  }

  public ServerConnection withSnapshotReplaced() {
    return new ServerConnection(link, address, welcome, reconnected, true);
  }

  /** Live, and said to be. */
  public ServerConnection settled(long nanos) {
    return new ServerConnection(link.live(nanos), address, welcome, false, false);
  }

  /** The agent the server takes this client for; null before the first connection. */
  public AgentName me() {
    return welcome == null ? null : welcome.agent();
  }
}
