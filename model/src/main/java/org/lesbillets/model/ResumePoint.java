package org.lesbillets.model;

import java.util.Objects;

/**
 * A place in one journal's history, to go on from.
 *
 * @param revision of the last event that is known; 0 before the first
 */
public record ResumePoint(String journalId, long revision) {
  public ResumePoint {
    Objects.requireNonNull(journalId, "journalId");
  }
}
