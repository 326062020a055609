package org.lesbillets.cli.client.lock;

import java.time.Instant;
import java.util.Objects;
import org.lesbillets.model.AgentName;

/**
 * How a lock was lost. Immutable.
 *
 * @param by who took or ended it; null if it ended otherwise, or that is not known
 * @param reason what they gave as their reason, or null
 * @param at when, on the server's wall clock; null when it is not known
 * @param sentence all of it in words, without a full stop
 */
public record LockLostReason(Kind kind, AgentName by, String reason, Instant at, String sentence) {

  /** The kinds of loss. */
  public enum Kind {
    /** Another has it now. */
    TAKEN,
    /** Another broke it. */
    FORCED,
    /** Its lease was over. */
    EXPIRED,
    /** It was released elsewhere, as by closing the ticket. */
    RELEASED,
    /** The server refused to renew it, and the sentence is the server's. */
    REFUSED,
    /** The server could not be asked for so long that the lease may be over. */
    AWAY
  }

  public LockLostReason {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(sentence, "sentence");
  }

  static LockLostReason because(Kind kind, String sentence) {
    return new LockLostReason(kind, null, null, null, sentence);
  }
}
