package org.lesbillets.cli.client.pipeline;

import java.time.Duration;
import java.util.UUID;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.retry.RetryState;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientMessage;

/**
 * A job on its way: its present request, and the attempts at it. Belongs to the thread that runs
 * the pipeline.
 */
final class InFlightRequest<J extends Job> {
  private final J job;
  private final long sequence;
  private final ClientMessage first;
  private final Backoff backoff = Backoff.unpredictable();
  private ClientMessage request;
  private RetryState troubles;
  private long beginNanos;
  private long sentNanos;
  private long dueNanos;
  private int attempts;
  private boolean over;

  /**
   * @param sequence its place among all jobs, rising
   */
  InFlightRequest(J job, long sequence) {
    this.job = job;
    this.sequence = sequence;
    this.first = job.first();
  }

  J job() {
    return job;
  }

  long sequence() {
    return sequence;
  }

  /** The job's first request; null when there is nothing to ask. */
  ClientMessage first() {
    return first;
  }

  /** The present request; null as long as none was begun. */
  ClientMessage request() {
    return request;
  }

  /** The present request's operation id; null if it has none. */
  UUID operation() {
    return request instanceof ClientMessage.Change change ? change.operationId() : null;
  }

  RetryState troubles() {
    return troubles;
  }

  void over() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Takes up a request: its time begins now. */
  void begin(ClientMessage message, long nowNanos) {
    request =
        message instanceof ClientMessage.Change change && change.operationId() == null
            ? change.identified(change.requestId(), StrongRandom.uuid())
            : message;
    troubles = new RetryState(request);
    beginNanos = nowNanos;
    dueNanos = nowNanos;
    backoff.reset();
  }

  /** The request is being sent; gives the number of this attempt. */
  int sent(long nowNanos) {
    sentNanos = nowNanos;
    return ++attempts;
  }

  boolean isLast(int attempt) {
    return attempt == attempts;
  }

  /** The next attempt comes then. */
  void again(long atNanos) {
    dueNanos = atNanos;
  }

  /** How long to wait before the next attempt. */
  Duration pause() {
    return backoff.next();
  }

  boolean isDue(long nowNanos) {
    return nowNanos - dueNanos >= 0;
  }

  /** How much of its time is left. */
  Duration left(Duration timeout, long nowNanos) {
    return timeout.minusNanos(nowNanos - beginNanos);
  }

  /** Whether the answer is owed for so long that another attempt is better than waiting. */
  boolean isLate(Duration timeout, long nowNanos) {
    Duration patience = RetryPolicy.attemptTimeout(left(timeout, sentNanos));
    return nowNanos - sentNanos >= patience.toNanos();
  }
}
