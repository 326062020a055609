package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.pipeline.PipelineResult;

/**
 * Some jobs of a pipeline failed, and each was reported already. The message counts them; the
 * first, the cause, decides the exit code.
 */
public final class PartialFailureException extends RuntimeException {
  /**
   * @param first a RejectedException or a ConnectionException
   */
  private PartialFailureException(String message, RuntimeException first) {
    super(message, first);
  }

  /**
   * The failure of a pipeline.
   *
   * @param sentence what failed; what was not sent is added to it
   * @param thing what a job is about, in a word
   */
  static PartialFailureException of(
      String sentence, PipelineResult end, String thing, RuntimeException first) {
    String left = left(end, thing);
    boolean bare = left.isEmpty() || !sentence.endsWith(".");
    String begun = bare ? sentence : sentence.substring(0, sentence.length() - 1);
    return new PartialFailureException(begun + left, first);
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

  public RuntimeException first() {
    return (RuntimeException) getCause();
  }
}
