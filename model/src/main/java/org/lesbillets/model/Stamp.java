package org.lesbillets.model;

import java.time.Instant;
import java.util.Objects;

/** Who did it, and when on the server's wall clock (only shown, never compared with a lease). */
public record Stamp(Instant at, AgentName by) {
  public Stamp {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(by, "by");
  }
}
