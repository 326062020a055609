package org.lesbillets.cli.tui.state;

import java.util.Objects;

/**
 * How a form stands with the lock of its ticket.
 *
 * @param token of the lock while it is held; 0 otherwise
 * @param sentence why it is not held, or null
 */
public record FormLease(Phase phase, long token, String sentence) {

  /** The states of it. */
  public enum Phase {
    /** A new ticket has no lock. */
    UNNEEDED,
    ASKED,
    HELD,
    REFUSED,
    LOST
  }

  public static final FormLease UNNEEDED = new FormLease(Phase.UNNEEDED, 0, null);
  public static final FormLease ASKED = new FormLease(Phase.ASKED, 0, null);

  public FormLease {
    Objects.requireNonNull(phase, "phase");
  }

  public static FormLease held(long token) {
    return new FormLease(Phase.HELD, token, null);
  }

  public static FormLease refused(String sentence) {
    return new FormLease(Phase.REFUSED, 0, sentence);
  }

  public static FormLease lost(String sentence) {
    return new FormLease(Phase.LOST, 0, sentence);
  }

  public boolean isHeld() {
    return phase == Phase.HELD;
  }

  /** Whether it has to be asked for again before anything can be saved. */
  public boolean isGone() {
    return phase == Phase.REFUSED || phase == Phase.LOST;
  }
}
