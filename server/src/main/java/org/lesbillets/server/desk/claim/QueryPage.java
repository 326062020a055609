package org.lesbillets.server.desk.claim;

import org.lesbillets.server.work.Slice;

/** Comparisons of tickets with queries that are made in slices; one thread at a time. */
public interface QueryPage {
  /**
   * Makes further comparisons, at least one, until the slice is over.
   *
   * @return whether the page is done
   */
  boolean advance(Slice slice);
}
