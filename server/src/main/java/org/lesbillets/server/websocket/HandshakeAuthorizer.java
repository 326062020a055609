package org.lesbillets.server.websocket;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.SessionOrigin;

/**
 * Authorization of a handshake before the upgrade: path, origin, capacity, token. Any thread;
 * stateless.
 */
final class HandshakeAuthorizer {
  private static final String SCHEME = "bearer ";

  private final Authenticator authenticator;
  private final Set<String> allowedOrigins;
  private final IntSupplier sessions;
  private final int maxSessions;

  /** The session's identity, or an HTTP refusal. */
  record Verdict(SessionOrigin admitted, int status, String sentence) {
    static Verdict admitted(SessionOrigin origin) {
      return new Verdict(origin, 0, "");
    }

    static Verdict refused(int status, String sentence) {
      return new Verdict(null, status, sentence);
    }

    boolean isAdmitted() {
      return admitted != null;
    }
  }

  /**
   * @param allowedOrigins of pages that may connect; programs name no origin
   */
  HandshakeAuthorizer(
      Authenticator authenticator,
      Set<String> allowedOrigins,
      IntSupplier sessions,
      int maxSessions) {
    this.authenticator = authenticator;
    this.allowedOrigins = Set.copyOf(allowedOrigins);
    this.sessions = sessions;
    this.maxSessions = maxSessions;
  }

  /**
   * @param path asked for
   * @param origin header, or null
   * @param authorization header, or null
   */
  Verdict admit(String path, String origin, String authorization) {
    if (!TicketEndpoint.PATH.equals(path)) {
      return Verdict.refused(404, "Tickets are at " + TicketEndpoint.PATH + ".");
    }
    if (origin != null && !allowedOrigins.contains(origin)) {
      return Verdict.refused(
          403, "Pages of this origin may not connect: start the server with --allow-origin.");
    }
    if (sessions.getAsInt() >= maxSessions) {
      return Verdict.refused(503, "The server has as many clients as it takes: try again later.");
    }
    return bearer(authorization)
        .flatMap(authenticator::identifyFresh)
        .map(Verdict::admitted)
        .orElseGet(
            () ->
                Verdict.refused(
                    401, "The token is missing or not known: ask whoever runs the server."));
  }

  private static Optional<String> bearer(String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    return Optional.of(authorization.substring(SCHEME.length()).strip());
  }
}
