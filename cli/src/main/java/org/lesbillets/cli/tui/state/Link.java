package org.lesbillets.cli.tui.state;

import java.time.Duration;
import java.util.Objects;

/**
 * How the live view stands with its server.
 *
 * @param attempt the attempt that runs or comes next; 0 while live
 * @param sinceNanos when it was last live, or when the view began
 * @param heardNanos when the server was last heard of
 * @param nextTryNanos when the next attempt is made; while reconnecting only
 * @param cause a sentence: why there is no connection; null when there is, or none was tried
 */
public record Link(
    Kind kind, int attempt, long sinceNanos, long heardNanos, long nextTryNanos, String cause) {
  /** A connection over which nothing arrived for longer than this is not live, but stale. */
  public static final Duration PULSE = Duration.ofSeconds(5);

  /** The states of it. */
  public enum Kind {
    CONNECTING,
    LIVE,
    WAITING,
    GIVEN_UP
  }

  /** After so long without a connection one is offline, and no longer just coming back. */
  private static final Duration LONG = Duration.ofSeconds(60);

  public Link {
    Objects.requireNonNull(kind, "kind");
  }

  /** Before anything was tried. */
  public static Link unborn(long nanos) {
    return new Link(Kind.CONNECTING, 1, nanos, nanos, 0, null);
  }

  public Link live(long nanos) {
    return new Link(Kind.LIVE, 0, nanos, nanos, 0, null);
  }

  public Link connecting(int attempt) {
    return new Link(Kind.CONNECTING, attempt, sinceNanos, heardNanos, 0, cause);
  }

  public Link waiting(int attempt, long nextTryNanos, String cause) {
    return new Link(Kind.WAITING, attempt, sinceNanos, heardNanos, nextTryNanos, cause);
  }

  public Link givenUp(String cause) {
    return new Link(Kind.GIVEN_UP, attempt, sinceNanos, heardNanos, 0, cause);
  }

  /** Something was heard, over a connection that is live. */
  public Link heard(long nanos) {
    return kind == Kind.LIVE ? new Link(kind, 0, nanos, nanos, 0, null) : this;
  }

  /** Whether what is shown may be behind what is. */
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

  /** Rounded up: what is to come in less than a second comes in 1. */
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
