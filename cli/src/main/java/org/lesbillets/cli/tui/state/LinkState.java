package org.lesbillets.cli.tui.state;

import java.time.Duration;
import java.util.Objects;

/**
 * The state of the link to the server, with the times that words and staleness are computed from.
 * Immutable.
 *
 * <pre>
 * CONNECTING -> LIVE -> WAITING -> CONNECTING
 * CONNECTING -> WAITING
 * WAITING, CONNECTING -> GIVEN_UP -> CONNECTING      by a key
 * </pre>
 *
 * @param attempt the present or next attempt; 0 while live
 * @param sinceNanos when it was last live, or when the view was opened
 * @param heardNanos when the last frame arrived
 * @param nextTryNanos when the backoff before the next attempt ends; while WAITING only
 * @param cause why there is no connection, a sentence; null when there is one, or none was tried
 */
public record LinkState(
    Kind kind, int attempt, long sinceNanos, long heardNanos, long nextTryNanos, String cause) {
  /**
   * The silence after which a live connection is stale; the server sends a heartbeat more often.
   */
  public static final Duration PULSE = Duration.ofSeconds(5);

  /** The states. */
  public enum Kind {
    CONNECTING,
    LIVE,
    WAITING,
    GIVEN_UP
  }

  /** The time without a connection after which it is called offline. */
  private static final Duration LONG = Duration.ofSeconds(60);

  public LinkState {
    Objects.requireNonNull(kind, "kind");
  }

  /** Before the first attempt. */
  public static LinkState unborn(long nanos) {
    return new LinkState(Kind.CONNECTING, 1, nanos, nanos, 0, null);
  }

  public LinkState live(long nanos) {
    return new LinkState(Kind.LIVE, 0, nanos, nanos, 0, null);
  }

  public LinkState connecting(int attempt) {
    return new LinkState(Kind.CONNECTING, attempt, sinceNanos, heardNanos, 0, cause);
  }

  public LinkState waiting(int attempt, long nextTryNanos, String cause) {
    return new LinkState(Kind.WAITING, attempt, sinceNanos, heardNanos, nextTryNanos, cause);
  }

  public LinkState givenUp(String cause) {
    return new LinkState(Kind.GIVEN_UP, attempt, sinceNanos, heardNanos, 0, cause);
  }

  /** A frame arrived; counts only while live. */
  public LinkState heard(long nanos) {
    return kind == Kind.LIVE ? new LinkState(kind, 0, nanos, nanos, 0, null) : this;
  }

  /** Whether the tickets on the screen may be out of date. */
  public boolean isStale(Now now) {
    return kind != Kind.LIVE || isQuiet(now);
  }

  private boolean isQuiet(Now now) {
    return now.since(heardNanos).compareTo(PULSE) > 0;
  }

  /** The state in words. */
  public String words(Now now) {
    return switch (kind) {
      case LIVE -> isQuiet(now) ? "stale " + now.since(heardNanos).toSeconds() + " s" : "live";
      case GIVEN_UP -> "offline";
      case CONNECTING -> attempt <= 1 && cause == null ? "connecting" : away(now) + tries("");
      case WAITING -> away(now) + tries(", next in " + secondsLeft(now) + " s");
    };
  }

  /** Rounded up, so that it never shows 0. */
  private long secondsLeft(Now now) {
    long left = nextTryNanos - now.nanos();
    return Math.max(1, Duration.ofNanos(left).plusMillis(999).toSeconds());
  }

  private String tries(String next) {
    return " (try " + attempt + next + ")";
  }

  private String away(Now now) {
    Duration away = now.since(sinceNanos);
    return away.compareTo(LONG) > 0 ? "offline " + away.toMinutes() + " min" : "reconnecting";
  }
}
