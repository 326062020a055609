package org.lesbillets.server.websocket;

import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.SessionOrigin;

/**
 * Authorization of each request before anything is made for it: form, host, and for a handshake
 * also origin, path, token and capacity. Any thread; keeps nothing of a request.
 *
 * <p>A known token is looked up in memory and admitted at once. Only a failure draws on the {@link
 * FailureLimiter}, and only within its budget is the token store read again.
 */
final class RequestAuthorizer {
  private static final String SCHEME = "bearer ";
  private static final int KEY_BYTES = 16;
  private static final int KEY_CHARACTERS = 24;
  private static final List<String> SINGLE =
      List.of("Host", "Authorization", "Origin", "Sec-WebSocket-Key", "Sec-WebSocket-Version");

  private final Authenticator authenticator;
  private final HostPolicy hosts;
  private final Set<String> allowedOrigins;
  private final Capacity capacity;
  private final FailureLimiter failures;
  private final FrontPage frontPage;

  /**
   * The numbers of sessions, and their bounds. Handshakes that are admitted at the same moment may
   * exceed them, by the number of threads that read.
   *
   * @param sessionsOf the number of those with the token of one agent
   */
  record Capacity(
      IntSupplier sessions,
      int maxSessions,
      ToIntFunction<AgentName> sessionsOf,
      int maxSessionsPerToken) {

    Optional<HttpAnswer> refusal(AgentName agent) {
      if (sessions.getAsInt() >= maxSessions) {
        return busy(503, "The server has as many clients as it takes: try again later.");
      }
      return sessionsOf.applyAsInt(agent) >= maxSessionsPerToken
          ? busy(429, "This token has as many clients as it may: end one, or use another token.")
          : Optional.empty();
    }

    private static Optional<HttpAnswer> busy(int status, String sentence) {
      return Optional.of(HttpAnswer.of(status, sentence).with("Retry-After", "1"));
    }
  }

  /** Allow lists of the headers {@code Host} and {@code Origin}. */
  record AllowLists(HostPolicy hosts, Set<String> origins) {}

  /** The session's identity, or a response; why it is a refusal, or null. */
  record Verdict(SessionOrigin admitted, HttpAnswer answer, Refusal refusal) {
    static Verdict answered(HttpAnswer answer) {
      return new Verdict(null, answer, null);
    }

    static Verdict refused(Refusal refusal, int status, String sentence) {
      return new Verdict(null, HttpAnswer.of(status, sentence), refusal);
    }

    static Verdict malformed(String sentence) {
      return refused(Refusal.MALFORMED, 400, sentence);
    }

    Verdict with(String header, String value) {
      return new Verdict(admitted, answer.with(header, value), refusal);
    }

    boolean isAdmitted() {
      return admitted != null;
    }
  }

  RequestAuthorizer(
      Authenticator authenticator, AllowLists allowed, Capacity capacity, Responses responses) {
    this.authenticator = authenticator;
    this.hosts = allowed.hosts();
    this.allowedOrigins = Set.copyOf(allowed.origins());
    this.capacity = capacity;
    this.failures = responses.failures();
    this.frontPage = responses.frontPage();
  }

  /** What answers plain requests, and the limit of failures that get a full answer. */
  record Responses(FrontPage frontPage, FailureLimiter failures) {}

  /**
   * @param peer the address to count failures for
   * @param early whether bytes followed the header of the request
   */
  Verdict judge(HttpRequestPacket request, String peer, boolean early) {
    Optional<Verdict> foreign = commonFault(request);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    return isHandshake(request)
        ? handshakeFault(request, early).orElseGet(() -> handshake(request, peer))
        : plain(request, peer);
  }

  private static boolean isHandshake(HttpRequestPacket request) {
    return "websocket".equalsIgnoreCase(request.getUpgrade());
  }

  /** HTTP/1.0 is for plain requests, from probes that know no other, and needs no host. */
  private Optional<Verdict> commonFault(HttpRequestPacket request) {
    Protocol protocol = request.getProtocol();
    if (protocol != Protocol.HTTP_1_1 && protocol != Protocol.HTTP_1_0) {
      return Optional.of(Verdict.refused(Refusal.MALFORMED, 505, "Use HTTP/1.1."));
    }
    for (String name : SINGLE) {
      Iterator<String> values = request.getHeaders().values(name).iterator();
      if (values.hasNext()) {
        values.next();
        if (values.hasNext()) {
          return Optional.of(Verdict.malformed("A header is there twice: " + name + "."));
        }
      }
    }
    String host = request.getHeader("Host");
    if (host == null ? protocol == Protocol.HTTP_1_1 : !hosts.allows(host)) {
      return Optional.of(
          Verdict.refused(
              Refusal.FOREIGN,
              403,
              "The server does not answer to this name: use its address, or start it with"
                  + " --allow-host."));
    }
    return Optional.empty();
  }

  /** The form of RFC 6455, section 4.2.1. */
  private static Optional<Verdict> handshakeFault(HttpRequestPacket request, boolean early) {
    if (request.getMethod() != Method.GET) {
      return Optional.of(new Verdict(null, HttpAnswer.methodNotAllowed("GET"), Refusal.MALFORMED));
    }
    if (request.getProtocol() != Protocol.HTTP_1_1) {
      return Optional.of(Verdict.malformed("A handshake needs HTTP/1.1."));
    }
    if (!hasToken(request.getHeader("Connection"), "upgrade")) {
      return Optional.of(Verdict.malformed("A handshake has the header Connection: Upgrade."));
    }
    if (early || request.getContentLength() > 0 || request.getHeader("Transfer-Encoding") != null) {
      return Optional.of(Verdict.malformed("A handshake has no body, and waits for its answer."));
    }
    String version = request.getHeader("Sec-WebSocket-Version");
    if (version == null || !version.matches("[0-9]{1,3}")) {
      return Optional.of(
          Verdict.malformed("A handshake has the header Sec-WebSocket-Version: 13."));
    }
    if (!version.equals("13")) {
      return Optional.of(
          Verdict.refused(Refusal.MALFORMED, 426, "The version of the WebSocket protocol is 13.")
              .with("Sec-WebSocket-Version", "13")
              .with("Upgrade", "websocket"));
    }
    return isKey(request.getHeader("Sec-WebSocket-Key"))
        ? Optional.empty()
        : Optional.of(
            Verdict.malformed("A handshake has a Sec-WebSocket-Key of 16 bytes in base64."));
  }

  private static boolean hasToken(String list, String token) {
    if (list != null) {
      for (String element : list.split(",")) {
        if (element.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isKey(String key) {
    if (key == null || key.length() != KEY_CHARACTERS) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Verdict handshake(HttpRequestPacket request, String peer) {
    String origin = request.getHeader("Origin");
    if (origin != null && !allowedOrigins.contains(origin)) {
      return Verdict.refused(
          Refusal.FOREIGN,
          403,
          "Pages of this origin may not connect: start the server with --allow-origin.");
    }
    if (!FrontPage.TICKETS.equals(request.getRequestURI())) {
      return Verdict.refused(Refusal.MALFORMED, 404, "There is nothing at this path.");
    }
    if (authenticator.trouble().isPresent()) {
      return Verdict.answered(
          HttpAnswer.of(503, "The server cannot check tokens now: try again later.")
              .with("Retry-After", "1"));
    }
    Verdict verdict = authenticated(request.getHeader("Authorization"), peer);
    return verdict.isAdmitted()
        ? capacity.refusal(verdict.admitted().agent()).map(Verdict::answered).orElse(verdict)
        : verdict;
  }

  private Verdict authenticated(String authorization, String peer) {
    Optional<String> token = bearer(authorization);
    Optional<SessionOrigin> known = token.flatMap(authenticator::identify);
    if (known.isPresent()) {
      return new Verdict(known.get(), null, null);
    }
    if (token.isPresent() && !failures.tryAcquire(peer)) {
      return Verdict.refused(Refusal.WRONG_TOKEN, 429, "Too many wrong tokens: try again later.")
          .with("Retry-After", "1");
    }
    return token
        .flatMap(authenticator::identifyFresh)
        .map(origin -> new Verdict(origin, null, null))
        .orElseGet(
            () ->
                Verdict.refused(
                        Refusal.WRONG_TOKEN,
                        401,
                        "The token is missing or not known: ask whoever runs the server.")
                    .with("WWW-Authenticate", "Bearer"));
  }

  private static Optional<String> bearer(String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    return Optional.of(authorization.substring(SCHEME.length()).strip());
  }

  /** A wrong token is refused here too, or this would be a cheaper place to try tokens. */
  private Verdict plain(HttpRequestPacket request, String peer) {
    boolean operator = false;
    if (request.getHeader("Authorization") != null && authenticator.trouble().isEmpty()) {
      Verdict verdict = authenticated(request.getHeader("Authorization"), peer);
      if (!verdict.isAdmitted()) {
        return verdict;
      }
      operator = verdict.admitted().role() == Role.ADMIN;
    }
    return Verdict.answered(
        frontPage.answer(request.getMethod(), request.getRequestURI(), operator));
  }
}
