package org.lesbillets.server.desk.claim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lesbillets.server.work.FairLane;

/**
 * Offers that are compared by a worker, many on one journey; after 100 ms again when the workers
 * refuse. The desk's thread; bounded as the offers are.
 *
 * @param <T> an offer
 */
public final class Comparisons<T> {
  private static final Duration RETRY = Duration.ofMillis(100);

  /** Offers a worker compares before it reports. */
  private static final int BATCH = 256;

  private final QueryWork work;
  private final Function<T, OfferPage> pages;
  private final Consumer<T> onCompared;
  private final Deque<T> backlog = new ArrayDeque<>();
  private boolean underWay;
  private long retryNanos;

  /**
   * @param pages what of an offer is compared
   * @param onCompared callback on the desk's thread, up to the next match
   */
  public Comparisons(QueryWork work, Function<T, OfferPage> pages, Consumer<T> onCompared) {
    this.work = work;
    this.pages = pages;
    this.onCompared = onCompared;
    this.retryNanos = work.time().nanos();
  }

  /** Has a worker compare an offer, behind the others. */
  public void add(T offer) {
    backlog.add(offer);
    runDue();
  }

  /** Gives a worker what waits for it. */
  public void runDue() {
    if (!underWay && !backlog.isEmpty() && work.time().nanos() - retryNanos >= 0) {
      underWay = true;
      List<T> batch = backlog.stream().limit(BATCH).toList();
      batch.forEach(offer -> backlog.poll());
      work.runLater(new OfferBatch(batch.stream().map(pages).toList()), new Journey(batch));
    }
  }

  /** Nanoseconds until {@link #runDue} has to run; at most {@code most}. */
  public long nanosToNext(long most) {
    return backlog.isEmpty() || underWay
        ? most
        : Math.max(0, Math.min(most, retryNanos - work.time().nanos()));
  }

  private final class Journey extends QueryWork.Task {
    private final List<T> batch;

    Journey(List<T> batch) {
      super(Comparisons.this, new FairLane.Job());
      this.batch = batch;
    }

    @Override
    protected void done() {
      underWay = false;
      batch.forEach(onCompared);
      runDue();
    }

    @Override
    protected void failed() {
      underWay = false;
      backlog.addAll(batch);
      retryNanos = work.time().nanos() + RETRY.toNanos();
    }
  }
}
