package org.lesbillets.cli.tui.state;

import java.util.concurrent.TimeUnit;

/**
 * The status line and the bell. Immutable.
 *
 * @param reach the last message about reaching the server, cleared when that changes; compared by
 *     identity
 * @param bell whether the bell is on
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

  /** Marks the present message as one about reaching the server. */
  public Notices ofReach() {
    return new Notices(status, status, bell, rangNanos);
  }

  /** Whether the present message says that the server can, or cannot, be reached. */
  public boolean saysReach(boolean reached) {
    return status == reach && (status.kind() == StatusLine.Kind.DONE) == reached;
  }

  public Notices withBell(boolean on) {
    return new Notices(status, reach, on, rangNanos);
  }

  /** Whether a ring is due: at most one a second (throttle). */
  public boolean rings(Now now) {
    return bell && (rangNanos == null || now.nanos() - rangNanos >= RING_NANOS);
  }

  public Notices rang(Now now) {
    return new Notices(status, reach, bell, now.nanos());
  }
}
