package org.lesbillets.server.journal;

import java.util.Objects;

/**
 * Why a journal takes no change at the moment, which ends by itself: until then no lease and no
 * sleep ends, and the server is not ready. Immutable.
 *
 * @param behind whether the store is {@linkplain Journal#shared shared}, and others may write to it
 *     without this server, whose tickets are old then: changes are answered READ_ONLY. Otherwise no
 *     one writes, as when the disk under the only writer does not answer: they are answered BUSY
 * @param reason a sentence
 */
public record Obstacle(boolean behind, String reason) {
  public Obstacle {
    Objects.requireNonNull(reason, "reason");
  }

  /** The store of the only writer does not answer. */
  public static Obstacle stalled(String reason) {
    return new Obstacle(false, reason);
  }

  /**
   * The store that is shared with others is not reached, or what they wrote has not arrived.
   *
   * @param reason a sentence that says since when
   */
  public static Obstacle behind(String reason) {
    return new Obstacle(true, reason);
  }

  /** The outcome of an append that was not begun. */
  public Outcome outcome() {
    return behind ? new Outcome.Behind(reason) : new Outcome.Busy(reason);
  }
}
