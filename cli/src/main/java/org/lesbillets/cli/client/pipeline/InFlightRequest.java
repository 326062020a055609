package org.lesbillets.cli.client.pipeline;

import java.time.Duration;
import java.util.UUID;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.retry.RetryPolicy;
import org.lesbillets.cli.client.retry.RetryState;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.model.message.ClientMessage;

/**
 * A job in flight: its present request, and the attempts at it. Belongs to the thread that runs the
 * pipeline.
 */
final class InFlightRequest<J extends Job> {
  private final J job;
  private final long sequence;
  private final ClientMessage first;
  private final Backoff backoff = Backoff.unpredictable();
  private ClientMessage request;
  private RetryState retryState;
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

  RetryState retryState() {
    return retryState;
  }

  void over() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Replaces the present request; its time and its backoff begin now. */
  void begin(ClientMessage message, long nowNanos) {
    request =
        message instanceof ClientMessage.Change change && change.operationId() == null
            ? change.identified(change.requestId(), StrongRandom.key())
            : message;
    retryState = new RetryState(request);
    beginNanos = nowNanos;
    dueNanos = nowNanos;
    backoff.reset();
  }

  /**
   * Counts an attempt.
   *
   * @return its number
   */
  int sent(long nowNanos) {
    sentNanos = nowNanos;
    return ++attempts;
  }

  boolean isLast(int attempt) {
    return attempt == attempts;
  }

  /** Schedules the next attempt. */
  void again(long atNanos) {
    dueNanos = atNanos;
  }

  /** The next backoff. */
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

  /** Whether the latest attempt has used up its share of the time. */
  boolean isLate(Duration timeout, long nowNanos) {
    Duration patience = RetryPolicy.attemptTimeout(left(timeout, sentNanos));
    return nowNanos - sentNanos >= patience.toNanos();
  }
}
