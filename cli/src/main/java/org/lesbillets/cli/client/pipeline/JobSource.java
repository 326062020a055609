package org.lesbillets.cli.client.pipeline;

/** Where jobs come from, one after the other. */
public interface JobSource<J extends Job> {
  /**
   * The next job; waits for it. Called on a thread of its own, and no more after the end.
   *
   * @return null at the end
   * @throws RuntimeException if nothing more can be read; what was read before is done all the same
   */
  J next();
}
