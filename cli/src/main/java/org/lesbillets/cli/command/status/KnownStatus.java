package org.lesbillets.cli.command.status;

import java.time.Duration;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.output.StatusReport;

/**
 * The status of a server, or the failure to ask for it. Immutable.
 *
 * @param report null where it could not be asked
 * @param failure null where it could
 */
public record KnownStatus(StatusReport report, ConnectionException failure) {
  public static KnownStatus of(StatusReport report) {
    return new KnownStatus(report, null);
  }

  public static KnownStatus of(ConnectionException failure) {
    return new KnownStatus(null, failure);
  }

  KnownStatus later(Duration passed) {
    return report == null ? this : of(report.later(passed));
  }

  /** Whether a lock has expired since. */
  boolean isOver() {
    return report != null && report.next() != null && report.next().left().toMillis() <= 0;
  }

  /**
   * The status.
   *
   * @throws ConnectionException if it could not be asked
   */
  public StatusReport orFail() {
    if (failure != null) {
      throw failure;
    }
    return report;
  }
}
