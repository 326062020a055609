package org.lesbillets.server.desk;

import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.EventJson;

/**
 * Whoever asked, as the desk and the updater know them. Each request is answered by exactly one of
 * these calls. None of them blocks; what takes time is handed to a worker.
 */
public interface Requester {

  /** Who it is, by the token they connected with. */
  AgentName agent();

  /** What that token allows. */
  Role role();

  /** Whether their connection is over: nobody hears an answer any more. Any thread. */
  boolean isGone();

  /** The other end of their connection. Any thread. */
  Peer peer();

  /** Answers a request that made no event. Any thread. */
  void answer(ServerMessage.Answer answer);

  /** Answers a list that is not watched. The desk's thread. */
  void list(GetTickets request, Snapshot snapshot);

  /** Answers with a ticket and what the journal knows of it. The desk's thread. */
  void details(GetTicket request, Ticket ticket);

  /**
   * Answers a list and starts a watch. The updater's thread, after every event up to the snapshot's
   * revision and before any later one.
   */
  void watch(GetTickets request, Snapshot snapshot);

  /**
   * Answers with the event the request made. The updater's thread, after the event was pushed.
   *
   * @param repeated whether the request had been answered before
   */
  void answer(EventJson event, String requestId, boolean repeated);
}
