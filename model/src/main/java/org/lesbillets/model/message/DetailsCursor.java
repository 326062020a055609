package org.lesbillets.model.message;

/**
 * Where a page of a ticket's comments and events begins, each of which is paged from the newest
 * back. Immutable; any thread.
 *
 * @param before only events of a lower revision; null for the newest
 * @param commentsBefore only comments of a lower id; null for the newest below {@code before}
 */
public record DetailsCursor(Long before, Long commentsBefore) {
  private static final Long UNBOUNDED = null;

  /** The newest of both. */
  public static final DetailsCursor NEWEST = new DetailsCursor(UNBOUNDED, UNBOUNDED);
}
