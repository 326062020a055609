package org.lesbillets.cli.client;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.transport.HandshakeRefusedException;
import org.lesbillets.cli.client.transport.ListenerRefusedException;
import org.lesbillets.cli.process.SystemUsers;
import org.lesbillets.cli.text.Durations;

/** Factory of exceptions that say, in a sentence, why no connection could be made. Stateless. */
final class ConnectFailures {
  private static final String CHECK = ": check the address, and that the server runs";

  private ConnectFailures() {}

  /** The exception for what was thrown while connecting. */
  static ConnectionException of(ServerAddress server, Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof HandshakeRefusedException refused) {
        return refused.sentence().isEmpty()
            ? status(server, refused.status())
            : new ConnectionException(
                Kind.FORBIDDEN, server + " does not let this client in: " + refused.sentence());
      }
      if (cause instanceof ListenerRefusedException stranger) {
        return server.socket() == null
            ? stranger(server, stranger.uid())
            : stranger(server, stranger.user());
      }
      if (cause instanceof SSLException) {
        return TlsFailures.of(server, cause);
      }
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return unreachable("there is no host '" + server.uri().getHost() + "'", server, problem);
      }
      if (cause instanceof NoSuchFileException) {
        return unreachable("there is no such socket", server, problem);
      }
      if (cause instanceof AccessDeniedException) {
        return new ConnectionException(
            Kind.FORBIDDEN,
            server + " cannot be used by you: ask its administrator for access to the socket",
            problem);
      }
      if (cause instanceof java.net.ConnectException) {
        return unreachable("nobody listens there", server, problem);
      }
    }
    return unreachable("the connection failed", server, problem);
  }

  private static ConnectionException unreachable(
      String why, ServerAddress server, Throwable problem) {
    return new ConnectionException(
        Kind.UNREACHABLE, server + " cannot be reached, " + why + CHECK, problem);
  }

  /**
   * @param uid of the listener; negative if unknown
   */
  private static ConnectionException stranger(ServerAddress server, long uid) {
    String port = Integer.toString(server.uri().getPort());
    String sentence =
        uid < 0
            ? "it cannot be determined whose program listens on port " + port + " of this machine"
            : "the program that listens on port "
                + port
                + " of this machine belongs to "
                + SystemUsers.nameOf(uid)
                + ", who is neither root nor you";
    String cure =
        uid < 0
            ? "look for it with 'ss -ltnp', and for /proc, or use a server with TLS (wss://)"
            : "if your server runs as that user, set BILLETS_SERVER_USER="
                + SystemUsers.nameOf(uid).replace("uid ", "").replace("'", "")
                + "; if not, look for it with 'ss -ltnp', and tell the administrator";
    return new ConnectionException(
        Kind.STRANGER, "no token was sent to " + server + ", since " + sentence + ": " + cure);
  }

  private static ConnectionException stranger(ServerAddress server, String user) {
    return new ConnectionException(
        Kind.STRANGER,
        "nothing was sent to "
            + server
            + ", since the program that listens there belongs to '"
            + user
            + "', who is neither root nor you: if your server runs as that user, set"
            + " BILLETS_SERVER_USER="
            + user
            + "; if not, tell the administrator");
  }

  /**
   * The exception for an answer to the handshake that is no upgrade.
   *
   * @param status of HTTP; 0 if it was no HTTP
   */
  private static ConnectionException status(ServerAddress server, int status) {
    if (status == 401) {
      return new ConnectionException(
          Kind.UNAUTHORIZED,
          server
              + " wants a token that it knows: set BILLETS_TOKEN or BILLETS_TOKEN_FILE, or use a"
              + " context that names one");
    }
    if (status == 403) {
      return new ConnectionException(
          Kind.FORBIDDEN,
          server + " does not let this client in: ask its administrator for access");
    }
    if (status == 429) {
      return new ConnectionException(
          Kind.UNREACHABLE,
          server
              + " takes no more from this token or address now (HTTP status 429): end some of its"
              + " clients, or try again later");
    }
    if (status >= 500) {
      return new ConnectionException(
          Kind.UNREACHABLE,
          server + " takes no connections now (HTTP status " + status + "): try again later");
    }
    return new ConnectionException(
        Kind.PROTOCOL,
        server
            + " is no Les Billets server"
            + (status > 0 ? " (HTTP status " + status + ")" : "")
            + ": check host, port and path");
  }

  /** The token itself is a secret, and not part of the sentence. */
  static ConnectionException unusableToken(ServerAddress server) {
    return new ConnectionException(
        Kind.UNAUTHORIZED,
        "the token for "
            + server
            + " has characters no token has: look for spaces or line breaks in BILLETS_TOKEN");
  }

  static ConnectionException silent(ServerAddress server, Duration patience) {
    return new ConnectionException(
        Kind.UNREACHABLE,
        server + " did not accept the connection within " + Durations.inSentence(patience) + CHECK);
  }

  static ConnectionException interrupted(ServerAddress server) {
    return new ConnectionException(
        Kind.UNREACHABLE, "interrupted while connecting to " + server + ": run it again");
  }
}
