package org.lesbillets.model.wire;

/** How much of a lock is written. */
enum LockForm {
  /** For storage: only what does not change by itself. */
  SETTLED,
  /** For events: with the time that is left. */
  TOLD,
  /** For snapshots, details and refusals: also with how many wait. */
  COUNTED
}
