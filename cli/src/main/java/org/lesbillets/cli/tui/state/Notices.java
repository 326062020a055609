package org.lesbillets.cli.tui.state;

import java.util.concurrent.TimeUnit;

/**
 * What the view says: the status line and the bell. Immutable.
 *
 * @param reach what was last said about reaching the server, over when that changes; compared by
 *     identity
 * @param bell whether it may ring
 * @param rangNanos when it last rang; null for never
 */
public record Notices(StatusLine status, StatusLine reach, boolean bell, Long rangNanos) {
  private static final long RING_NANOS = TimeUnit.SECONDS.toNanos(1);

  static Notices silent(boolean bell) {
    return new Notices(StatusLine.NOTHING, null, bell, null);
  }

  public Notices with(StatusLine other) {
    return new Notices(other, reach, bell, rangNanos);
  }

  /** The status line speaks of reaching the server. */
  public Notices ofReach() {
    return new Notices(status, status, bell, rangNanos);
  }

  /** Whether the status line still says that the server can, or cannot, be reached. */
  public boolean saysReach(boolean reached) {
    return status == reach && (status.kind() == StatusLine.Kind.DONE) == reached;
  }

  public Notices withBell(boolean on) {
    return new Notices(status, reach, on, rangNanos);
  }

  /** Whether a ring is due: one is enough for everything within a second. */
  public boolean rings(Now now) {
    return bell && (rangNanos == null || now.nanos() - rangNanos >= RING_NANOS);
  }

  public Notices rang(Now now) {
    return new Notices(status, reach, bell, now.nanos());
  }
}
