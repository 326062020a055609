package org.lesbillets.cli.tui.state;

/** Whose a ticket's lock is, seen from this view. */
public enum LockStanding {
  FREE,
  /** One's own, and this view took it: by hand, for a form, or it is just doing so. */
  HERE,
  /** One's own, and another program has it, or one that has ended. */
  ELSEWHERE,
  OTHERS
}
