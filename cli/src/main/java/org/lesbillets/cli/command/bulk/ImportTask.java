package org.lesbillets.cli.command.bulk;

import java.util.List;
import org.lesbillets.cli.client.pipeline.Job;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;

/** Pipeline job for one record of an import, real or dry run. */
interface ImportTask extends Job {
  /** What a record came to. */
  enum Outcome {
    /** It is there now, and was not, or not all of it. */
    CREATED,
    /** All of it was there. */
    PRESENT,
    FAILED
  }

  /** What became of it; not to be read before the job is over. */
  ImportResult result();

  /** Whether two tickets say the same, whatever their numbers and revisions. */
  static boolean saySame(Ticket one, Ticket other) {
    return one.content().equals(other.content())
        && one.created().equals(other.created())
        && one.updated().equals(other.updated());
  }

  /** Whether some comments are the first of others, whatever their ids. */
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
