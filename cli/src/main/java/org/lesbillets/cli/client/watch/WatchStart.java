package org.lesbillets.cli.client.watch;

import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.Welcome;

/** Where a watch begins. Immutable; any thread. */
@FunctionalInterface
public interface WatchStart {

  /**
   * @param welcome the first message of the server
   * @return the position to resume from, or null to begin with a snapshot
   */
  ResumePoint since(Welcome welcome);

  /** With a snapshot of all tickets that match, then every later event. */
  static WatchStart snapshot() {
    return welcome -> null;
  }

  /**
   * With the next event. No ticket is transferred: the watch resumes from the position the server
   * names in its Welcome, which it always still knows.
   */
  static WatchStart now() {
    return welcome -> new ResumePoint(welcome.journalId(), welcome.revision());
  }

  /** After a revision of whatever journal the server has. */
  static WatchStart after(long revision) {
    return welcome -> new ResumePoint(welcome.journalId(), revision);
  }

  /** After a place in a journal; in another journal the watch begins with a snapshot (reset). */
  static WatchStart after(ResumePoint point) {
    return welcome -> point;
  }
}
