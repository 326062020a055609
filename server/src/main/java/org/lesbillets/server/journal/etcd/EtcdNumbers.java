package org.lesbillets.server.journal.etcd;

import java.util.HashSet;
import java.util.Set;
import org.lesbillets.model.WireLimits;

/**
 * The numbers that new tickets try to get. The transaction decides who has one; here it is only
 * avoided that the appends of one server collide with each other. The journal's loop.
 */
final class EtcdNumbers {
  private final Set<Long> claimed = new HashSet<>();

  /** The highest number known to be a ticket's. */
  private long highest;

  EtcdNumbers(long highest) {
    this.highest = highest;
  }

  /** A ticket has this number. */
  void used(long number) {
    highest = Math.max(highest, number);
  }

  /**
   * Claims a number until it is released.
   *
   * @param wanted 0 for the next
   * @return above {@link WireLimits#MAX_NUMBER}, and not claimed, if there is none
   */
  long claim(long wanted) {
    if (wanted > 0 && wanted <= WireLimits.MAX_NUMBER && claimed.add(wanted)) {
      return wanted;
    }
    long next = highest + 1;
    while (claimed.contains(next)) {
      next++;
    }
    if (next <= WireLimits.MAX_NUMBER) {
      claimed.add(next);
    }
    return next;
  }

  void release(long number) {
    claimed.remove(number);
  }
}
