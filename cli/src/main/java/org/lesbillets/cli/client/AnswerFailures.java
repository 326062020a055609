package org.lesbillets.cli.client;

import java.time.Duration;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.transport.CloseCode;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.cli.text.Durations;

/** Factory of exceptions that say, in a sentence, why there is no answer. Stateless; any thread. */
public final class AnswerFailures {
  private static final String UNKNOWN = "; whether the request took effect is unknown: ";

  private AnswerFailures() {}

  /**
   * The same failure with another sentence.
   *
   * @param failure a RejectedException or a ConnectionException
   */
  public static RuntimeException saying(RuntimeException failure, String sentence) {
    return failure instanceof RejectedException refused
        ? refused.withMessage(sentence)
        : new ConnectionException(((ConnectionException) failure).kind(), sentence, failure);
  }

  public static ConnectionException noAnswer(ServerAddress server, Duration patience) {
    return new ConnectionException(
        Kind.TIMEOUT,
        server
            + " did not answer within "
            + Durations.inSentence(patience)
            + UNKNOWN
            + "look, then try again, perhaps with a longer --timeout");
  }

  public static ConnectionException interrupted(ServerAddress server) {
    return new ConnectionException(
        Kind.LOST,
        "interrupted while waiting for an answer from "
            + server
            + UNKNOWN
            + "look, then try again");
  }

  public static ConnectionException notConnected() {
    return new ConnectionException(
        Kind.UNREACHABLE, "there is no connection to the server now: try again when there is one");
  }

  static ConnectionException lost(ServerAddress server, CloseNotice notice) {
    if (notice.code() == CloseCode.KICKED) {
      return new ConnectionException(
          Kind.FORBIDDEN,
          "the connection to "
              + server
              + " was ended by an administrator ("
              + closeReason(notice)
              + "): ask them before you connect again");
    }
    return new ConnectionException(
        Kind.LOST,
        "the connection to "
            + server
            + " ended before the answer came ("
            + closeReason(notice)
            + ")"
            + UNKNOWN
            + "look, then try again");
  }

  static ConnectionException closedHere(ServerAddress server) {
    return new ConnectionException(
        Kind.LOST,
        "the connection to "
            + server
            + " was closed here before the answer came"
            + UNKNOWN
            + "look, then try again");
  }

  static ConnectionException notUnderstood(ServerAddress server, String problem) {
    return new ConnectionException(
        Kind.PROTOCOL,
        server + " and this program do not understand each other (" + problem + "): update both");
  }

  /** A close as a person reads it: the reason if there is one, else the code. */
  public static String closeReason(CloseNotice notice) {
    if (!notice.reason().isEmpty()) {
      return notice.reason();
    }
    return switch (notice.code()) {
      case 1000, 1001 -> "the server closed it";
      case CloseCode.ABNORMAL -> "it was cut";
      case CloseCode.SERVICE_RESTART -> "the server is shutting down or restarting";
      default -> "close code " + notice.code();
    };
  }
}
