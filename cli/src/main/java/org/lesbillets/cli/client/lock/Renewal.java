package org.lesbillets.cli.client.lock;

import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Rejected;

/**
 * The answer to a renewal: null when the lease was renewed, or the sentence of a refusal that will
 * stay one. A refusal that may pass is thrown.
 */
final class Renewal extends ExpectedAnswer<String> {
  Renewal(ServerAddress server) {
    super(server);
  }

  @Override
  public String onEvent(EventMessage event) {
    return null;
  }

  @Override
  public String onRejected(Rejected refused) {
    return switch (refused.code()) {
      case BUSY, UNCERTAIN, READ_ONLY, TIMEOUT -> throw new RejectedException(refused);
      case INVALID,
          UNKNOWN_TYPE,
          TOO_LARGE,
          NOT_FOUND,
          AMBIGUOUS,
          LOCKED,
          NOT_LOCKED,
          STALE_TOKEN,
          STALE_REVISION,
          FORBIDDEN ->
          refused.message();
    };
  }
}
