package org.lesbillets.cli.client.pipeline;

/** A blocking source of jobs. */
public interface JobSource<J extends Job> {
  /**
   * The next job; blocks until there is one. Called on the reader's thread, and not after the end.
   *
   * @return null at the end
   * @throws RuntimeException if nothing more can be read; jobs read before are run all the same
   */
  J next();
}
