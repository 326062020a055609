package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.pipeline.PipelineResult;

/** Says what was left out. */
final class Unsent {
  private Unsent() {}

  /** A sentence, and what was left out behind it; it alone when everything was done. */
  static String behind(String sentence, PipelineResult end, String thing) {
    String left = left(end, thing);
    return left.isEmpty() || !sentence.endsWith(".")
        ? sentence + left
        : sentence.substring(0, sentence.length() - 1) + left;
  }

  private static String left(PipelineResult end, String thing) {
    String follow = end.toTheEnd() ? "" : ", nor what follows";
    if (end.notBegun() == 0) {
      return end.toTheEnd() ? "" : "; what follows was not sent";
    }
    return end.notBegun() == 1
        ? "; 1 " + thing + " after it was not sent" + follow
        : "; " + end.notBegun() + " " + thing + "s after it were not sent" + follow;
  }
}
