package org.lesbillets.model;

import java.time.Instant;
import java.util.List;
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

  /** Whether another is the same, regardless of their ids. */
  public boolean saysSameAs(Comment other) {
    return withId(SELF).equals(other.withId(SELF));
  }

  /** Whether some comments are the first of others, regardless of their ids. */
  public static boolean begin(List<Comment> some, List<Comment> others) {
    if (some.size() > others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).saysSameAs(others.get(i))) {
        return false;
      }
    }
    return true;
  }
}
