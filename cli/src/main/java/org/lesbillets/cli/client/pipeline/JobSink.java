package org.lesbillets.cli.client.pipeline;

/** Callbacks for the outcome of jobs, on the thread that runs the pipeline. */
public interface JobSink<J extends Job> {
  /**
   * A job is over; others that came before it may not be.
   *
   * @return whether jobs after it may still be begun
   */
  boolean goesOnAfter(J job);

  /** A job is over, and so are all before it: called once for each, in their order. */
  void take(J job);

  /** Nothing more is reported for now: what is buffered may be flushed. */
  void pause();
}
