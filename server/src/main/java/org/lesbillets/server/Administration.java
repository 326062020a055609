package org.lesbillets.server;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.AdminMessage;
import org.lesbillets.model.message.AdminMessage.Drain;
import org.lesbillets.model.message.AdminMessage.KickSession;
import org.lesbillets.model.message.AdminMessage.ListSessions;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.session.DrainState;
import org.lesbillets.server.session.SessionRegistry;
import org.lesbillets.server.work.FairLane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests about the server itself. They are taken on the desk's thread and served by workers,
 * since a list of sessions is as long as there are clients; bounded by the lane.
 */
final class Administration implements TicketDesk.AdminRequests {
  private static final Logger LOG = LoggerFactory.getLogger(Administration.class);

  /** The time that sessions have when the request names none. */
  private static final Duration DRAIN_AFTER = Duration.ofSeconds(30);

  private final SessionRegistry sessions;
  private final Journal journal;
  private final FairLane lane;
  private final DrainState drain;

  /** Set before the desk runs. */
  private TicketDesk desk;

  private Administration(
      SessionRegistry sessions, Journal journal, FairLane lane, DrainState drain) {
    this.sessions = sessions;
    this.journal = journal;
    this.lane = lane;
    this.drain = drain;
  }

  /**
   * A desk whose server is administered.
   *
   * @param drain seen by the edge and the sessions
   */
  static TicketDesk desk(
      DeskDependencies with, TicketDesk.Limits limits, SessionRegistry sessions, DrainState drain) {
    Administration administration =
        new Administration(sessions, with.journal(), with.workers().queries(), drain);
    administration.desk = new TicketDesk(with, limits, administration);
    return administration.desk;
  }

  @Override
  public void take(Requester requester, AdminMessage message) {
    Service service = new Service(requester);
    try {
      lane.execute(requester, () -> requester.answer(message.accept(service)));
    } catch (RejectedExecutionException e) {
      requester.answer(
          rejected(message, RejectionCode.BUSY, "The server has too much to do: try again."));
    }
  }

  private static ServerMessage.Rejected rejected(
      AdminMessage message, RejectionCode code, String sentence) {
    return new ServerMessage.Rejected(message.requestId(), code, sentence, RejectionDetails.NONE);
  }

  /** The services of one requester. A worker's thread. */
  private final class Service implements AdminMessage.AdminVisitor<Answer> {
    private final Requester requester;

    Service(Requester requester) {
      this.requester = requester;
    }

    private Answer done(AdminMessage message) {
      return new ServerMessage.Pong(message.requestId(), desk.revision());
    }

    @Override
    public Answer onListSessions(ListSessions message) {
      return new AdminAnswer.Sessions(message.requestId(), sessions.reports());
    }

    @Override
    public Answer onKickSession(KickSession message) {
      String reason = message.reason() == null ? "" : ": " + message.reason();
      if (!sessions.kick(message.session(), requester.agent() + " ended this session" + reason)) {
        return rejected(
            message,
            RejectionCode.NOT_FOUND,
            "There is no session %s: list the sessions to see which there are."
                .formatted(message.session()));
      }
      LOG.info("{} ended session {}", requester.agent(), message.session());
      return done(message);
    }

    @Override
    public Answer onDrain(Drain message) {
      Duration after = message.after() == null ? DRAIN_AFTER : message.after();
      // First of all, so that no session comes back, and no lease ends between.
      if (message.cancel()) {
        drain.cancel();
      } else {
        drain.begin(after);
      }
      desk.drain(!message.cancel());
      Duration left = message.cancel() ? Duration.ZERO : after;
      sessions.broadcast(new ServerMessage.Draining(left, message.cancel()));
      LOG.info(
          message.cancel() ? "{} ended the drain" : "{} drains the server: sessions end in {} s",
          requester.agent(),
          left.toSeconds());
      return done(message);
    }
  }
}
