package org.lesbillets.cli.command.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;

/** An edit that could not be sent, for the reason that is its cause; the draft is on disk. */
public final class DraftSavedException extends RuntimeException {
  private final transient Path draft;
  private final long number;

  DraftSavedException(RuntimeException cause, Path draft, long number) {
    super(cause == null ? null : cause.getMessage(), cause);
    this.draft = draft;
    this.number = number;
  }

  /** Where the draft is and what to do next; lines for people. */
  public List<String> advice() {
    return List.of(
        "The draft is kept: " + draft, "To go on with it: billets edit " + number + " --recover");
  }

  /** The cause, with all there is to say in its message. */
  public RuntimeException inOneSentence() {
    String message =
        EditFailure.unended(getMessage())
            + "; the draft is kept in "
            + draft
            + "; go on with it by billets edit "
            + number
            + " --recover";
    if (getCause() instanceof RejectedException refused) {
      return refused.withMessage(message);
    }
    if (getCause() instanceof ConnectionException failed) {
      return new ConnectionException(failed.kind(), message, failed);
    }
    return new UncheckedIOException(message, new IOException(getCause()));
  }
}
