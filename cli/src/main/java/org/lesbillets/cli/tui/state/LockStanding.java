package org.lesbillets.cli.tui.state;

/** The holder of a lock, seen from this view. */
public enum LockStanding {
  FREE,
  /** This view: taken by hand or for a form, or requested a moment ago. */
  HERE,
  /** The same agent in another program, or in one that has ended. */
  ELSEWHERE,
  OTHERS
}
