package org.lesbillets.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A comment on a ticket. Immutable; any thread.
 *
 * @param id its ordinal among the comments of its ticket, from 1, and so a place to page from; it
 *     stays when the comment is redacted. Of a comment that is to be imported: any
 * @param text at most 64 KiB of UTF-8
 */
public record Comment(long id, Instant at, AgentName by, String text) {

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
    return equals(other.withId(id));
  }

  /** The first comments of a ticket, under their ordinals. */
  public static List<Comment> numbered(List<Comment> first) {
    return IntStream.range(0, first.size()).mapToObj(i -> first.get(i).withId(i + 1L)).toList();
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
