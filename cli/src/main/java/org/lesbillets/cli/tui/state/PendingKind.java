package org.lesbillets.cli.tui.state;

/** The request behind an effect, which decides what its answer does. */
public enum PendingKind {
  /** A change from the list or the detail screen: the result is reported. */
  CHANGE,
  /** A claim: the cursor moves to the claimed ticket. */
  CLAIM,
  COMMENT,
  CREATE,
  /** The lock of a form. */
  HOLD,
  /** A lock of the same agent in another program, taken over for a form. */
  TAKE_OVER,
  SAVE,
  FETCH,
  /** The external editor runs, for a form or a comment. */
  EDITOR,
  VERB,
  /** A wait for a lock. */
  LOCK_WAIT
}
