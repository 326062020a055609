package org.lesbillets.server.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketQuery;

/**
 * A watch with a query. Its session and the workers catch up; then the updater's thread owns it and
 * pushes what matches. Answers that come before it has caught up are kept by it, in room of the
 * session's outbox. Any thread may end it.
 */
public final class FilteredWatch {
  private final ClientSession session;
  private final TicketQuery query;
  private final List<byte[]> held = new ArrayList<>();
  private boolean live;
  private volatile boolean ended;

  FilteredWatch(ClientSession session, TicketQuery query) {
    this.session = session;
    this.query = query;
  }

  /**
   * How an event's ticket stands to the query.
   *
   * @param before null if the ticket was not there
   * @param now what ages are counted to
   * @return null if it matches neither before nor after
   */
  public Match match(Ticket before, Ticket after, Instant now) {
    QueryContext context = new QueryContext(session.agent(), now);
    return Match.of(
        before != null && query.matches(before, context), query.matches(after, context));
  }

  /** Sends it a finished message. The updater's thread. */
  public void push(byte[] json) {
    session.outboxSender().push(this, json);
  }

  /** Has it catch up from {@code revision} before it is registered again. The updater's thread. */
  public void catchUp(long revision) {
    session.catchUp(this, revision);
  }

  /**
   * It was told everything up to now, and is told at once what happens from now on. The updater's
   * thread.
   */
  public void goLive() {
    live = true;
    session.outboxSender().sendHeld(takeHeld());
  }

  /** Whether events are still to be told before answers about them. The updater's thread. */
  boolean isCatchingUp() {
    return !live && !ended;
  }

  /** Keeps an answer until the watch was told the event it speaks of. The updater's thread. */
  void hold(byte[] answer) {
    held.add(answer);
  }

  /** The answers that were kept. The updater's thread. */
  List<byte[]> takeHeld() {
    List<byte[]> taken = List.copyOf(held);
    held.clear();
    return taken;
  }

  void end() {
    ended = true;
  }

  /** Whether its session is over, or watches something else. */
  public boolean isEnded() {
    return ended;
  }
}
