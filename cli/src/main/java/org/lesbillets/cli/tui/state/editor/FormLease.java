package org.lesbillets.cli.tui.state.editor;

import java.util.Objects;

/**
 * The lock of a form.
 *
 * <pre>
 * UNNEEDED                          a new ticket
 * ASKED -> HELD -> LOST             stolen, expired, or the connection was lost
 * ASKED -> REFUSED                  rejected for another reason
 * ASKED -> BLOCKED                  locked by another agent
 * ASKED -> ELSEWHERE                locked by another program of the same agent
 * LOST, REFUSED, BLOCKED, ELSEWHERE -> ASKED      by a save
 * </pre>
 *
 * Immutable.
 *
 * @param token the fencing token while the lock is held; 0 otherwise
 * @param kept whether it was taken for the form, is renewed while that is open, and ends with it;
 *     false for one that was taken by hand before, and stays
 * @param sentence why it is not held, or null
 */
public record FormLease(Phase phase, long token, boolean kept, String sentence) {

  /** The states. */
  public enum Phase {
    /** A new ticket has no lock. */
    UNNEEDED,
    ASKED,
    HELD,
    REFUSED,
    /** Another agent holds it; available when their lock ends. */
    BLOCKED,
    /** Another program of the same agent holds it. */
    ELSEWHERE,
    LOST
  }

  public static final FormLease UNNEEDED = new FormLease(Phase.UNNEEDED, 0, false, null);
  public static final FormLease ASKED = new FormLease(Phase.ASKED, 0, false, null);

  public FormLease {
    Objects.requireNonNull(phase, "phase");
  }

  /** A lock taken for the form. */
  public static FormLease held(long token) {
    return new FormLease(Phase.HELD, token, true, null);
  }

  /** A lock taken by hand before. */
  public static FormLease byHand(long token) {
    return new FormLease(Phase.HELD, token, false, null);
  }

  /** A lock that is not held, for a reason. */
  public static FormLease without(Phase phase, String sentence) {
    return new FormLease(phase, 0, false, sentence);
  }

  public boolean isHeld() {
    return phase == Phase.HELD;
  }

  /** Whether a save must request it first. */
  public boolean isGone() {
    return switch (phase) {
      case UNNEEDED, ASKED, HELD -> false;
      case REFUSED, BLOCKED, ELSEWHERE, LOST -> true;
    };
  }
}
