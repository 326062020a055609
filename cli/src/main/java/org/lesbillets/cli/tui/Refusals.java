package org.lesbillets.cli.tui;

import java.util.concurrent.CompletionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;

/** Makes a sentence of a failure. Stateless; any thread. */
final class Refusals {
  private Refusals() {}

  /** What to tell of an effect that failed. */
  static UiEvent of(long id, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof RejectedException rejected
        ? new EffectResult.Refused(
            id, rejected.code(), sentence(cause), rejected.rejected().details().lock())
        : new EffectResult.Refused(id, null, sentence(cause));
  }

  /** Only what is a mistake in this program has no sentence. */
  static String sentence(Throwable cause) {
    return cause.getMessage() == null
        ? "this failed by a mistake in this program (" + cause + "): please report it"
        : cause.getMessage();
  }
}
