package org.lesbillets.cli.client.pipeline;

import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;

/**
 * Something to be asked for among many: one request, or several of which each depends on the answer
 * before. Its methods are called by one thread at a time: {@link #first} and {@link #bytes} by the
 * one that reads what is to be done, the others by the one that has it done.
 */
public interface Job {
  /**
   * The first request; null when there is nothing to ask after all.
   *
   * @return under a request id that is no other job's; a change without an operation id gets one
   */
  ClientMessage first();

  /**
   * Takes an answer, perhaps Rejected, that trying again would not change.
   *
   * @return the next request, about the same ticket and under the same request id; null when the
   *     job is done
   */
  ClientMessage next(Answer answer);

  /** No answer came, or no certain one: the job is over. */
  void failed(ConnectionException failure);

  /** About what it holds in memory. */
  long bytes();
}
