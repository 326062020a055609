package org.lesbillets.cli.client;

import java.util.Objects;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

/** A refusal of the server; the message is the server's sentence. */
public final class RejectedException extends RuntimeException {
  private final transient ServerMessage.Rejected rejected;

  public RejectedException(ServerMessage.Rejected rejected) {
    super(rejected.message());
    this.rejected = Objects.requireNonNull(rejected, "rejected");
  }

  public ServerMessage.Rejected rejected() {
    return rejected;
  }

  public RejectionCode code() {
    return rejected.code();
  }
}
