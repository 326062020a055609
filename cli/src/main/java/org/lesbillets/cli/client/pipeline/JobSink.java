package org.lesbillets.cli.client.pipeline;

/** Hears what became of jobs, on the thread that has them done. */
public interface JobSink<J extends Job> {
  /**
   * A job is over; others that came before it may not be.
   *
   * @return whether jobs after it are to be begun still
   */
  boolean goesOnAfter(J job);

  /** A job is over, and so are all before it: each is told once, in their order. */
  void take(J job);

  /** There is nothing more to tell for now. */
  void pause();
}
