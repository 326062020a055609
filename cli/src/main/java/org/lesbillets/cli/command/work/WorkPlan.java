package org.lesbillets.cli.command.work;

import java.time.Duration;
import org.lesbillets.cli.command.lock.ChildCommand;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.query.TicketQuery;

/**
 * What a worker does with which tickets. Immutable.
 *
 * @param wanted tickets that are claimed
 * @param backoff sleep after the first failed attempt; zero for none
 * @param closes whether a ticket that is done is closed, rather than only unlocked
 */
record WorkPlan(TicketQuery wanted, ChildCommand command, Duration backoff, boolean closes) {
  private static final int MAX_DOUBLINGS = 40;

  /**
   * The sleep after another failed attempt: exponential backoff, at most 366 days.
   *
   * @param before the attempts that failed before, 0 or more
   * @return null for none
   */
  Duration sleepAfter(long before) {
    if (backoff.isZero()) {
      return null;
    }
    long most = WireLimits.MAX_WAKE.toMillis();
    long factor = 1L << Math.min(before, MAX_DOUBLINGS);
    long millis = backoff.toMillis() > most / factor ? most : backoff.toMillis() * factor;
    return Duration.ofMillis(millis);
  }
}
