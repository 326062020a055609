package org.lesbillets.model.wire;

/** The parts of a lock that are encoded. Immutable. */
enum LockForm {
  /** For storage: only what events change. */
  SETTLED,
  /** For events: with the time that is left. */
  REMAINING,
  /** For snapshots, details and refusals: also with how many wait. */
  COUNTED
}
