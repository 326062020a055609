package org.lesbillets.server.desk.request;

import java.nio.file.attribute.UserPrincipal;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.desk.index.Standing;

/**
 * The sender of a request, as the desk and the updater see it. Each request is answered by exactly
 * one of these calls. None of them blocks; long work is handed to a worker.
 */
public interface Requester {

  /** The other end of a requester's connection, for liveness probes. Any thread. */
  interface Peer {
    /** Nanoseconds since something arrived from it. */
    long quietNanos();

    /**
     * Pings it, without blocking.
     *
     * @param onArrival callback, run once when something arrives from it, on any thread; must not
     *     block, and replaces an earlier one
     */
    void probe(Runnable onArrival);
  }

  /** The agent of its token. */
  AgentName agent();

  /** The role of its token. */
  Role role();

  /** The user at the other end of the server's socket; null for a connection by TCP. */
  default UserPrincipal login() {
    return null;
  }

  /** Whether its agent may still change tickets, for what lasts longer than its connection. */
  default Standing standing() {
    return Standing.LASTING;
  }

  /** Whether its connection is closed, or is about to be, and answers are lost. Any thread. */
  boolean isGone();

  /** Whether its client has another connection, and asks there what matters. Any thread. */
  boolean isReplaced();

  /** The other end of its connection. Any thread. */
  Peer peer();

  /** Answers a request that made no event. Any thread. */
  void answer(ServerMessage.Answer answer);

  /** Answers a list that is not watched. The desk's thread. */
  void list(GetTickets request, Snapshot snapshot);

  /** Answers with a ticket, its comments and its history. The desk's thread. */
  void details(GetTicket request, Ticket ticket);

  /**
   * Answers a list and starts a watch. The updater's thread, after every event up to the snapshot's
   * revision and before any later one.
   */
  void watch(GetTickets request, Snapshot snapshot);

  /**
   * Answers with the event the request made. The updater's thread, after the event was pushed.
   *
   * @param message the event, encoded for this requester
   */
  void answer(String requestId, byte[] message);
}
