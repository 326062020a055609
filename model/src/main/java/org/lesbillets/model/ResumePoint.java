package org.lesbillets.model;

import java.util.Objects;

/**
 * A position in one journal from which a watch resumes. Immutable; any thread.
 *
 * @param revision of the last event that is known; 0 before the first
 */
public record ResumePoint(String journalId, long revision) {
  public ResumePoint {
    Objects.requireNonNull(journalId, "journalId");
  }
}
