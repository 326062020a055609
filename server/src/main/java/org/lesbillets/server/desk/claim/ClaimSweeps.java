package org.lesbillets.server.desk.claim;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.query.BoundQuery;
import org.lesbillets.server.desk.index.ClaimableTickets;
import org.lesbillets.server.work.FairLane;

/**
 * Sweeps over the claimable tickets for those that a waiting claim matches without an event: by a
 * query that speaks of time, or since they were offered while its peer was silent. One sweep at a
 * time, for all such queries together; the next begins a second later, or after ten times as long
 * as the last one took. The desk's thread.
 */
public final class ClaimSweeps {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int SHARE = 10;

  private final QueryWork work;
  private final ClaimableTickets index;
  private final QueryOrder order;
  private final Consumer<TicketId> onFound;
  private final Set<BoundQuery> missed = new LinkedHashSet<>();
  private boolean underWay;
  private long dueNanos;

  /**
   * @param onFound callback for each ticket that matches any of the queries
   */
  public ClaimSweeps(
      QueryWork work, ClaimableTickets index, QueryOrder order, Consumer<TicketId> onFound) {
    this.work = work;
    this.index = index;
    this.order = order;
    this.onFound = onFound;
    this.dueNanos = work.time().nanos();
  }

  /** A waiter with this query was passed over, and is present again: sweeps soon. */
  public void missed(BoundQuery query) {
    missed.add(query);
    dueNanos = work.time().nanos();
  }

  /** The same, but sweeps after that time, or with the next sweep. */
  public void missedLater(BoundQuery query, Duration delay) {
    long due = work.time().nanos() + delay.toNanos();
    if (missed.isEmpty() && dueNanos - due < 0) {
      dueNanos = due;
    }
    missed.add(query);
  }

  private boolean isWanted() {
    return !underWay && (!missed.isEmpty() || order.mentionsTime());
  }

  /** Begins a sweep, if one is due. */
  public void runDue() {
    if (isWanted() && work.time().nanos() - dueNanos >= 0) {
      Set<BoundQuery> queries = new LinkedHashSet<>(missed);
      order.queries().stream()
          .map(QueryOrder.First::query)
          .filter(BoundQuery::mentionsTime)
          .forEach(queries::add);
      missed.clear();
      underWay = true;
      new Sweep(List.copyOf(queries)).next();
    }
  }

  /** Nanoseconds until {@link #runDue} has to run; at most {@code most}. */
  public long nanosToNext(long most) {
    return isWanted() ? Math.max(0, Math.min(most, dueNanos - work.time().nanos())) : most;
  }

  private void end(long pauseNanos) {
    underWay = false;
    dueNanos = work.time().nanos() + Math.max(PAUSE.toNanos(), pauseNanos);
  }

  /** One sweep, a page at a time. */
  private final class Sweep extends QueryWork.Task {
    private final List<BoundQuery> queries;
    private final ClaimSweep pages;
    private final long begin = work.time().nanos();

    Sweep(List<BoundQuery> queries) {
      super(ClaimSweeps.this, new FairLane.Job());
      this.queries = queries;
      this.pages = new ClaimSweep(queries);
    }

    void next() {
      if (!order.isEmpty() && pages.take(index, work.time().now())) {
        work.runLater(pages, this);
      } else {
        end(SHARE * (work.time().nanos() - begin));
      }
    }

    @Override
    protected void done() {
      pages.takeMatches().forEach(onFound);
      next();
    }

    @Override
    protected void failed() {
      missed.addAll(queries);
      end(0);
    }
  }
}
