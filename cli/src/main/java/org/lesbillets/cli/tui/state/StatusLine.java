package org.lesbillets.cli.tui.state;

import java.util.Objects;

/**
 * What the view has to say, in one line at the bottom.
 *
 * @param sinceNanos when it was said
 * @param about the lock it speaks of, with which it becomes untrue; null when it speaks of none
 */
public record StatusLine(Kind kind, String text, long sinceNanos, LockSeen about) {

  /** What kind of thing is said. */
  public enum Kind {
    NOTHING,
    /** What others did. */
    HAPPENED,
    DONE,
    WAITING,
    /** A refusal, a mistake. */
    REFUSED,
    /** What one must not miss. */
    ALARM
  }

  public static final StatusLine NOTHING = new StatusLine(Kind.NOTHING, "", 0, null);

  public StatusLine {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }
}
