package org.lesbillets.server.websocket;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Protocol;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.HandshakeHeaders;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.SessionOrigin;
import org.lesbillets.server.unix.UnixLogin;

/**
 * Authorization of each request before anything is made for it: form, host, and for a handshake
 * also origin, path, token or login, and capacity. Any thread; keeps nothing of a request.
 *
 * <p>A known token is looked up in memory and admitted at once. Only a failure draws on the {@link
 * FailureLimiter}, and only within its budget is the token store read again.
 */
final class RequestAuthorizer {
  private static final String SCHEME = "bearer ";

  /** The query of a handshake whose session administers the server. */
  private static final String ADMINISTERS = "purpose=admin";

  private static final List<String> SINGLE =
      List.of(
          "Host",
          "Authorization",
          "Origin",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Version",
          HandshakeHeaders.AS,
          HandshakeHeaders.CLIENT,
          HandshakeHeaders.CONNECTION);

  /** What proxies add. */
  private static final List<String> PROXIED =
      List.of("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via");

  private final Authenticator authenticator;
  private final HostPolicy hosts;
  private final Set<String> allowedOrigins;
  private final Capacity capacity;
  private final FailureLimiter failures;
  private final FrontPage frontPage;

  /** Allow lists of the headers {@code Host} and {@code Origin}. */
  record AllowLists(HostPolicy hosts, Set<String> origins) {}

  /** The session's identity, or a response; why it is a refusal, or null. */
  record Verdict(SessionOrigin admitted, HttpAnswer answer, Refusal refusal) {
    static Verdict admitting(SessionOrigin origin) {
      return new Verdict(origin, null, null);
    }

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
   * @param early whether bytes followed the header of the request
   */
  Verdict judge(HttpRequestPacket request, Caller caller, boolean early) {
    Optional<Verdict> foreign = commonFault(request, caller);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    return HandshakeForm.isHandshake(request)
        ? HandshakeForm.fault(request, early).orElseGet(() -> handshake(request, caller))
        : plain(request, caller);
  }

  /**
   * HTTP/1.0 is for plain requests, from probes that know no other, and needs no host. A socket has
   * no name that could be rebound.
   */
  private Optional<Verdict> commonFault(HttpRequestPacket request, Caller caller) {
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
    if (!caller.isLogin() && (host == null ? protocol == Protocol.HTTP_1_1 : !hosts.allows(host))) {
      return Optional.of(
          Verdict.refused(
              Refusal.FOREIGN,
              403,
              "The server does not answer to this name: use its address, or start it with"
                  + " --allow-host."));
    }
    return Optional.empty();
  }

  private Verdict handshake(HttpRequestPacket request, Caller caller) {
    String origin = request.getHeader("Origin");
    if (origin != null && (caller.isLogin() || !allowedOrigins.contains(origin))) {
      return Verdict.refused(
          Refusal.FOREIGN,
          403,
          caller.isLogin()
              ? "Pages may not connect to the socket: let a program connect."
              : "Pages of this origin may not connect: start the server with --allow-origin.");
    }
    if (!FrontPage.TICKETS.equals(request.getRequestURI())) {
      return Verdict.refused(Refusal.MALFORMED, 404, "There is nothing at this path.");
    }
    Verdict verdict = administering(request, identified(request, caller));
    return verdict.isAdmitted()
        ? capacity
            .refusal(verdict.admitted())
            .map(Verdict::answered)
            .orElseGet(() -> HandshakeForm.ofClient(verdict, request))
        : verdict;
  }

  /** A token that was sent counts before the login. */
  private Verdict identified(HttpRequestPacket request, Caller caller) {
    String as = request.getHeader(HandshakeHeaders.AS);
    boolean bearsToken = request.getHeader("Authorization") != null;
    if (as != null && (bearsToken || !caller.isLogin())) {
      return Verdict.refused(
          Refusal.LOGIN, 403, "Acting for another takes a login at the socket, without a token.");
    }
    if (caller.isLogin() && !bearsToken) {
      return isForwarded(request)
          ? Verdict.refused(
              Refusal.LOGIN, 403, "The login of a proxy is nobody's behind it: send a token.")
          : loggedIn(caller, as);
    }
    if (authenticator.trouble().isPresent()) {
      return Verdict.answered(
          HttpAnswer.of(503, "The server cannot check tokens now: try again later.")
              .with("Retry-After", "1"));
    }
    return authenticated(request.getHeader("Authorization"), caller);
  }

  /**
   * @param as the agent for whom it acts, or null
   */
  private static Verdict loggedIn(Caller caller, String as) {
    UnixLogin login = caller.login();
    UnixLogin.Identity identity = as == null ? login.asItself() : login.as(as);
    if (identity.agent() != null) {
      return Verdict.admitting(
          new SessionOrigin(
              identity.agent(),
              identity.role(),
              () -> true,
              identity.knownBy(),
              as == null ? login.user() : null,
              null,
              caller.membership(),
              false));
    }
    if (!login.known() && (as == null || login.user() == null)) {
      return Verdict.refused(
              Refusal.UNKNOWN_GROUPS,
              503,
              "The name and groups of this login cannot be looked up now: try again later.")
          .with("Retry-After", "1");
    }
    return Verdict.refused(Refusal.LOGIN, 403, identity.refusal());
  }

  /** The exception through which a drain can be cancelled. */
  private static Verdict administering(HttpRequestPacket request, Verdict verdict) {
    return verdict.isAdmitted()
            && verdict.admitted().role() == Role.ADMIN
            && ADMINISTERS.equals(request.getQueryString())
        ? Verdict.admitting(verdict.admitted().administering())
        : verdict;
  }

  private Verdict authenticated(String authorization, Caller caller) {
    Optional<String> token = bearer(authorization);
    Optional<SessionOrigin> known = token.flatMap(authenticator::identify);
    if (known.isPresent()) {
      return Verdict.admitting(known.get().from(caller.user()));
    }
    if (token.isPresent() && !failures.tryAcquire(caller.peer())) {
      return Verdict.refused(Refusal.WRONG_TOKEN, 429, "Too many wrong tokens: try again later.")
          .with("Retry-After", "1");
    }
    return token
        .flatMap(authenticator::identifyFresh)
        .map(origin -> Verdict.admitting(origin.from(caller.user())))
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

  /**
   * A wrong token is refused here too, or this would be a cheaper place to try tokens. Metrics are
   * for any token, and for peers on this machine that no proxy speaks for.
   */
  private Verdict plain(HttpRequestPacket request, Caller caller) {
    boolean operator =
        caller.isLogin() && !isForwarded(request) && caller.login().role() == Role.ADMIN;
    boolean known = false;
    if (request.getHeader("Authorization") != null && authenticator.trouble().isEmpty()) {
      Verdict verdict = authenticated(request.getHeader("Authorization"), caller);
      if (!verdict.isAdmitted()) {
        return verdict;
      }
      known = true;
      operator = verdict.admitted().role() == Role.ADMIN;
    }
    FrontPage.Asker asker =
        new FrontPage.Asker(
            operator, known || isLocal(request, caller), request.getHeader("Accept"));
    return Verdict.answered(frontPage.answer(request.getMethod(), request.getRequestURI(), asker));
  }

  private static boolean isLocal(HttpRequestPacket request, Caller caller) {
    boolean local =
        caller.isLogin()
            || request.getConnection().getPeerAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
    return local && !isForwarded(request);
  }

  /** Whether a proxy passed the request on. */
  private static boolean isForwarded(HttpRequestPacket request) {
    return PROXIED.stream().anyMatch(name -> request.getHeader(name) != null);
  }
}
