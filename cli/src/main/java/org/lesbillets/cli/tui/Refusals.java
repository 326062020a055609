package org.lesbillets.cli.tui;

import java.util.concurrent.CompletionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.tui.update.UiEvent;
import org.lesbillets.model.message.RejectionCode;

/** Makes a sentence of a failure. Stateless; any thread. */
final class Refusals {
  private Refusals() {}

  /** What to tell of an effect that failed. */
  static UiEvent of(long id, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    RejectionCode code = cause instanceof RejectedException rejected ? rejected.code() : null;
    return new UiEvent.Refused(id, code, sentence(cause));
  }

  /** Only what is a mistake in this program has no sentence. */
  static String sentence(Throwable cause) {
    return cause.getMessage() == null
        ? "this failed by a mistake in this program (" + cause + "): please report it"
        : cause.getMessage();
  }
}
