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
 * @param drained whether the server is about to end the connection
 */
public record ServerConnection(
    LinkState link,
    ServerAddress address,
    Welcome welcome,
    boolean reconnected,
    boolean snapshotReplaced,
    boolean drained) {

  /** Before the first connection. */
  public static ServerConnection unborn(long nanos) {
    return new ServerConnection(LinkState.unborn(nanos), null, null, false, false, false);
  }

  public ServerConnection with(LinkState other) {
    return new ServerConnection(other, address, welcome, reconnected, snapshotReplaced, drained);
  }

  /** The handshake is done: the link is live, though the first event may take a while. */
  public ServerConnection welcomed(ServerAddress server, Welcome by, long nanos) {
    boolean again = reconnected || link.cause() != null;
    return new ServerConnection(link.live(nanos), server, by, again, snapshotReplaced, false);
  }

  public ServerConnection withSnapshotReplaced() {
    return new ServerConnection(link, address, welcome, reconnected, true, drained);
  }

  public ServerConnection withDrained(boolean other) {
    return new ServerConnection(link, address, welcome, reconnected, snapshotReplaced, other);
  }

  /** Live, with nothing left to report. */
  public ServerConnection settled(long nanos) {
    return new ServerConnection(link.live(nanos), address, welcome, false, false, drained);
  }

  /** The authenticated agent; null before the first handshake. */
  public AgentName me() {
    return welcome == null ? null : welcome.agent();
  }
}
