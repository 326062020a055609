package org.lesbillets.cli.tui.state;

import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.message.ServerMessage.Welcome;

/**
 * The connection to the server, and what is reported when it is live again. Immutable.
 *
 * @param address of the present or the last connection; null before the first
 * @param welcome the handshake of the present or the last connection; null before the first
 * @param reconnected whether it follows a lost connection, and that was not reported yet
 * @param snapshotReplaced whether a snapshot, and not a resumed stream of events, brought the
 *     tickets up to date
 */
public record ServerConnection(
    LinkState link,
    ServerAddress address,
    Welcome welcome,
    boolean reconnected,
    boolean snapshotReplaced) {

  /** Before the first connection. */
  public static ServerConnection unborn(long nanos) {
    return new ServerConnection(LinkState.unborn(nanos), null, null, false, false);
  }

  public ServerConnection with(LinkState other) {
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

  /** Live, with nothing left to report. */
  public ServerConnection settled(long nanos) {
    return new ServerConnection(link.live(nanos), address, welcome, false, false);
  }

  /** The authenticated agent; null before the first handshake. */
  public AgentName me() {
    return welcome == null ? null : welcome.agent();
  }
}
