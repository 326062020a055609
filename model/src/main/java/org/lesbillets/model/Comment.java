package org.lesbillets.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A comment on a ticket. Immutable; any thread.
 *
 * @param id the revision of the event that brought it, and so a place to page from; of a comment
 *     that was imported with its ticket one of the revisions just below the ticket's first, which
 *     no event has; {@link #SELF} while it is not known yet
 * @param text at most 64 KiB of UTF-8
 */
public record Comment(long id, Instant at, AgentName by, String text) {

  /** Stands for "the revision of the event that brings this comment" until that is known. */
  public static final long SELF = 0;

  public Comment {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(text, "text");
  }

  /** The same comment under the id it was given. */
  public Comment withId(long id) {
    return new Comment(id, at, by, text);
  }
}
