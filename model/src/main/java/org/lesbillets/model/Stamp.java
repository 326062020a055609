package org.lesbillets.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Author and time of a change, on the server's wall clock: shown, never compared with a lease.
 * Immutable; any thread.
 */
public record Stamp(Instant at, AgentName by) {
  public Stamp {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(by, "by");
  }
}
