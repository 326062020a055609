package org.lesbillets.cli.command.bulk;

import java.util.List;
import org.lesbillets.cli.client.pipeline.Job;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;

/** Pipeline job for one record of an import, real or dry run. */
interface ImportTask extends Job {
  /** The outcome of a record. */
  enum Outcome {
    /** Created, or completed with missing comments. */
    CREATED,
    /** All of it existed. */
    PRESENT,
    FAILED
  }

  /** The outcome; valid once the job has ended. */
  ImportResult result();

  /** Whether two tickets have equal content, regardless of numbers and revisions. */
  static boolean saySame(Ticket one, Ticket other) {
    return one.content().equals(other.content())
        && one.created().equals(other.created())
        && one.updated().equals(other.updated());
  }

  /** Whether some comments are a prefix of others, regardless of their ids. */
  static boolean begins(List<Comment> some, List<Comment> others) {
    if (some.size() > others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).withId(Comment.SELF).equals(others.get(i).withId(Comment.SELF))) {
        return false;
      }
    }
    return true;
  }
}
