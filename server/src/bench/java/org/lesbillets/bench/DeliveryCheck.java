package org.lesbillets.bench;

/**
 * Whether receivers get each event of each lane once and in order. One thread.
 *
 * <p>An event that is late counts as a hole when one behind it arrives, and as a double when it
 * arrives itself.
 */
final class DeliveryCheck {
  private long delivered;
  private long holes;
  private long doubles;

  /**
   * @param next what the receiver expects in each lane
   */
  void take(int[] next, int lane, int number) {
    delivered++;
    int expected = next[lane];
    if (number == expected) {
      next[lane] = number + 1;
    } else if (number > expected) {
      holes += number - expected;
      next[lane] = number + 1;
    } else {
      doubles++;
    }
  }

  /** Events received by all receivers together, doubles included. */
  long delivered() {
    return delivered;
  }

  /** So many of them were still to be received at the end. */
  void missing(long events) {
    holes += events;
  }

  /** So many have been received, or are known not to be. */
  long settled() {
    return delivered - doubles + holes;
  }

  boolean sound() {
    return holes == 0 && doubles == 0;
  }

  @Override
  public String toString() {
    return holes + " holes, " + doubles + " doubles or out of order";
  }
}
