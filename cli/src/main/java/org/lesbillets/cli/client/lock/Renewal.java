package org.lesbillets.cli.client.lock;

import org.lesbillets.cli.client.ExpectedAnswer;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Rejected;

/** The outcome of a lease's renewal. Stateless. */
final class Renewal {
  private Renewal() {}

  /**
   * The sentence of a permanent refusal; null when the lease was renewed.
   *
   * @throws RejectedException if the refusal is transient
   */
  static String refusal(ServerAddress server, Answer answer) {
    if (answer instanceof Rejected refused && isPermanent(refused)) {
      return refused.message();
    }
    ExpectedAnswer.of(server, answer, EventMessage.class);
    return null;
  }

  private static boolean isPermanent(Rejected refused) {
    return switch (refused.code()) {
      case BUSY, UNCERTAIN, READ_ONLY, TIMEOUT -> false;
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
          true;
    };
  }
}
