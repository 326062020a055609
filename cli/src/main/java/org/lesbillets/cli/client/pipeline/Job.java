package org.lesbillets.cli.client.pipeline;

import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;

/**
 * One request among many, or a chain of requests of which each depends on the answer before. Its
 * methods are called by one thread at a time: {@link #first} and {@link #bytes} by the reader's,
 * the others by the pipeline's.
 */
public interface Job {
  /**
   * The first request; null when there is nothing to ask after all.
   *
   * @return under a request id that is no other job's; a change without an operation id gets one
   */
  ClientMessage first();

  /**
   * Takes an answer, perhaps Rejected, that a retry would not change.
   *
   * @return the next request, about the same ticket and under the same request id; null when the
   *     job is done
   */
  ClientMessage next(Answer answer);

  /** The job is over without a certain answer. */
  void failed(ConnectionException failure);

  /** About its size in memory. */
  long bytes();
}
