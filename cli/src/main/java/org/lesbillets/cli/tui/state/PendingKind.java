package org.lesbillets.cli.tui.state;

/** What an effect was asked for, and so what its outcome is to do. */
public enum PendingKind {
  /** A change from the list or the ticket: what came of it is said. */
  CHANGE,
  /** A ticket is taken from the pool: the cursor goes there. */
  CLAIM,
  COMMENT,
  CREATE,
  /** The lock for a form. */
  HOLD,
  /** One's own lock, held elsewhere, for a form. */
  TAKE_OVER,
  SAVE,
  FETCH,
  /** Somebody is in their editor, for a form or a comment. */
  EDITOR,
  VERB,
  /** A place in line. */
  TURN
}
