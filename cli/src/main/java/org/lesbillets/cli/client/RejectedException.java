package org.lesbillets.cli.client;

import java.util.Objects;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;

/** A refusal of the server; the message is the server's sentence. */
public final class RejectedException extends RuntimeException {
  private final transient ServerMessage.Rejected rejected;

  public RejectedException(ServerMessage.Rejected rejected) {
    super(rejected.message());
    this.rejected = Objects.requireNonNull(rejected, "rejected");
  }

  /** A refusal that the client itself decides. */
  public static RejectedException of(RejectionCode code, String sentence) {
    return new RejectedException(
        new ServerMessage.Rejected(null, code, sentence, RejectionDetails.NONE));
  }

  /** The same refusal with another sentence. */
  public RejectedException withMessage(String sentence) {
    return new RejectedException(
        new ServerMessage.Rejected(
            rejected.requestId(), rejected.code(), sentence, rejected.details()));
  }

  public ServerMessage.Rejected rejected() {
    return rejected;
  }

  public RejectionCode code() {
    return rejected.code();
  }
}
