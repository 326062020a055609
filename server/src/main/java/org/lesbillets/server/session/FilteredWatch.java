package org.lesbillets.server.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketQuery;

/**
 * Watch with a query. A worker catches up from the journal; then the updater's thread owns the
 * watch and pushes matching events. Any thread may end it.
 *
 * <pre>
 *   CATCHING UP --- register, goLive ---> LIVE
 *       ^  |                               |
 *       |  +-- behind: catchUp --+         | end
 *       +------------------------+         v
 *          end -------------------------> ENDED
 * </pre>
 *
 * <p>Answers about events that the watch has not been sent yet are held back, and counted by the
 * session's outbox.
 */
public final class FilteredWatch {
  private final AgentName agent;
  private final TicketQuery query;
  private final Outbox outbox;
  private final CatchUpStarter catchUp;
  private final List<byte[]> held = new ArrayList<>();
  private boolean live;
  private volatile boolean ended;

  /** Schedules another round of catching up. Any thread; does not block. */
  interface CatchUpStarter {
    void start(FilteredWatch watch, long revision);
  }

  FilteredWatch(AgentName agent, TicketQuery query, Outbox outbox, CatchUpStarter catchUp) {
    this.agent = agent;
    this.query = query;
    this.outbox = outbox;
    this.catchUp = catchUp;
  }

  /**
   * The event's relation to the query.
   *
   * @param before null if the ticket did not exist
   * @param now the time that ages are measured to
   * @return null if neither state matches
   */
  public Match match(Ticket before, Ticket after, Instant now) {
    QueryContext context = new QueryContext(agent, now);
    return Match.of(
        before != null && query.matches(before, context), query.matches(after, context));
  }

  /** Sends a finished message. The updater's thread. */
  public void push(byte[] json) {
    outbox.push(json, this::isEnded);
  }

  /** Has the watch catch up from {@code revision} and register again. The updater's thread. */
  public void catchUp(long revision) {
    catchUp.start(this, revision);
  }

  /** Every event up to now was pushed; releases the answers held back. The updater's thread. */
  public void goLive() {
    live = true;
    outbox.sendHeld(takeHeld());
  }

  /**
   * Holds an answer back while the watch is catching up. The updater's thread.
   *
   * @return false if the answer may be sent at once
   */
  boolean holdsBack(byte[] json) {
    if (live || ended) {
      return false;
    }
    byte[] frame = WebSocketFrames.text(json);
    outbox.hold(frame);
    held.add(frame);
    return true;
  }

  /** Takes the answers held back. The updater's thread. */
  List<byte[]> takeHeld() {
    List<byte[]> taken = List.copyOf(held);
    held.clear();
    return taken;
  }

  void end() {
    ended = true;
  }

  /** Whether its session has ended or watches something else. Any thread. */
  public boolean isEnded() {
    return ended;
  }
}
