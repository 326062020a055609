package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.pipeline.Job;

/** Pipeline job for one record of an import, real or dry run. */
interface ImportTask extends Job {
  /** The outcome of a record. */
  enum Outcome {
    /** Created, or completed with missing comments. */
    CREATED,
    /** All of it existed. */
    PRESENT,
    FAILED
  }

  /** The outcome; valid once the job has ended. */
  ImportResult result();

  @Override
  default void failed(ConnectionException failure) {
    result().failed(failure);
  }

  @Override
  default long bytes() {
    return result().bytes();
  }
}
