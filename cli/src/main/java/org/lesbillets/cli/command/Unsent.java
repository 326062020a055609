package org.lesbillets.cli.command;

import org.lesbillets.cli.client.JobsEnd;

/** Says what was left out. */
final class Unsent {
  private Unsent() {}

  /** To be put behind a sentence; nothing when everything was done. */
  static String sentence(JobsEnd end, String thing) {
    String follow = end.toTheEnd() ? "" : ", nor what follows";
    if (end.notBegun() == 0) {
      return end.toTheEnd() ? "" : "; what follows was not sent";
    }
    return end.notBegun() == 1
        ? "; 1 " + thing + " after it was not sent" + follow
        : "; " + end.notBegun() + " " + thing + "s after it were not sent" + follow;
  }
}
