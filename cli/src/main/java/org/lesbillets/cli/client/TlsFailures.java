package org.lesbillets.cli.client;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.lesbillets.cli.client.ConnectionException.Kind;

/** Exceptions that say, in a sentence, why a server was not trusted over TLS. Stateless. */
final class TlsFailures {
  private TlsFailures() {}

  /**
   * The exception for a handshake that failed.
   *
   * @param problem an SSLException, whose causes say more
   */
  static ConnectionException of(ServerAddress server, Throwable problem) {
    String why = null;
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      String reason = reason(server, cause);
      why = reason == null ? why : reason;
    }
    return why == null ? noTls(server, problem) : untrusted(server, why, problem);
  }

  /** Null if this cause says nothing about the certificate. */
  private static String reason(ServerAddress server, Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return "its certificate has expired ("
          + cause.getMessage()
          + "): ask its administrator to"
          + " renew it";
    }
    if (cause instanceof CertificateNotYetValidException) {
      return "its certificate is not valid yet ("
          + cause.getMessage()
          + "): check the clock of this machine";
    }
    if (cause instanceof CertPathBuilderException) {
      return "its certificate was issued by no authority that is trusted here: get the authority's"
          + " certificate from its administrator, and name that file with --ca-file";
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof CertificateException && message.startsWith("No ")) {
      return "its certificate is not one of '"
          + server.uri().getHost()
          + "': connect to it by the name in its certificate";
    }
    return cause instanceof CertificateException
        ? "its certificate is not accepted (" + message + "): ask its administrator"
        : null;
  }

  private static ConnectionException untrusted(
      ServerAddress server, String why, Throwable problem) {
    return new ConnectionException(
        Kind.STRANGER, "no token was sent to " + server + ", since " + why, problem);
  }

  private static ConnectionException noTls(ServerAddress server, Throwable problem) {
    return new ConnectionException(
        Kind.UNREACHABLE,
        "the TLS connection to "
            + server
            + " failed ("
            + problem.getMessage()
            + "): check that the server has TLS on this port, version 1.2 or 1.3",
        problem);
  }
}
