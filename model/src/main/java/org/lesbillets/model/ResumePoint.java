package org.lesbillets.model;

import java.util.Objects;

/**
 * A position in one journal from which a watch resumes. Immutable; any thread.
 *
 * @param revision of the last event that is known; 0 before the first
 * @param mark how much is known of what time alone has changed; null where that is not known, or
 *     where it does not matter
 */
public record ResumePoint(String journalId, long revision, TimeMark mark) {
  public ResumePoint {
    Objects.requireNonNull(journalId, "journalId");
  }

  public ResumePoint(String journalId, long revision) {
    this(journalId, revision, null);
  }

  /** Whether it is behind the same event. */
  public boolean isBehindEventOf(ResumePoint other) {
    return other != null && revision == other.revision && journalId.equals(other.journalId);
  }
}
