package org.lesbillets.server;

import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;
import org.lesbillets.server.session.SessionRegistry;
import org.lesbillets.server.session.SessionServices;
import org.lesbillets.server.work.Workers;

/** Removes what is kept for a session that closes or has ended. The drainer's thread. */
record SessionCleanup(SessionRegistry registry, Workers workers, TicketDesk desk)
    implements SessionServices.OnOver {

  @Override
  public void over(Requester session, SessionEnd why) {
    registry.over(session, why);
    workers.forget(session);
    desk.disconnected(session);
  }

  @Override
  public void closing(Requester session) {
    desk.disconnected(session);
  }
}
