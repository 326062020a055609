package org.lesbillets.cli.command.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.RejectionCode;

/** The exceptions particular to an edit, with their sentences. Stateless. */
final class EditFailure {
  private EditFailure() {}

  static UncheckedIOException editorFailed(Editor editor, int status) {
    String hint =
        status == 127 || status == 126 ? "; set VISUAL or EDITOR to a command that runs" : "";
    String message =
        "the editor ("
            + editor.command()
            + ") ended with status "
            + status
            + ", so nothing was"
            + " sent"
            + hint;
    return new UncheckedIOException(message, new IOException(message));
  }

  static UncheckedIOException returnedAtOnce(Editor editor) {
    String message =
        "the editor ("
            + editor.command()
            + ") returned at once and wrote nothing, so nothing was sent; one that goes on in a"
            + " window of its own has to wait for its end: code --wait, gvim -f, subl -w";
    return new UncheckedIOException(message, new IOException(message));
  }

  static RejectedException noDraft(long number) {
    return RejectedException.of(
        RejectionCode.NOT_FOUND,
        "there is no draft of #"
            + number
            + " to go on with: billets edit "
            + number
            + " begins"
            + " one");
  }

  static RejectedException heldByOneself(RejectedException refused, TicketRef ref, long token) {
    return refused.withMessage(
        unended(refused.getMessage())
            + "; to edit under that lock: BILLETS_TICKET="
            + ref
            + " BILLETS_LOCK_TOKEN="
            + token
            + " billets edit "
            + ref);
  }

  static RejectedException invalid(String problem) {
    return RejectedException.of(RejectionCode.INVALID, problem);
  }

  /** A sentence to which more is added. */
  static String unended(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
