package org.lesbillets.server.websocket;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.KnownBy;
import org.lesbillets.server.session.SessionOrigin;

/**
 * The numbers of sessions, and their bounds. Handshakes that are admitted at the same moment may
 * exceed them, by the number of threads that read. Immutable; any thread.
 *
 * @param sessionsOf the number of those with the token of one agent
 * @param drained a sentence when there is room for administrators only
 */
record Capacity(
    IntSupplier sessions,
    int maxSessions,
    ToIntFunction<AgentName> sessionsOf,
    int maxSessionsPerToken,
    Supplier<Optional<String>> drained) {

  /** Why there is no room for a session, or empty. */
  Optional<HttpAnswer> refusal(SessionOrigin origin) {
    Optional<String> reason = origin.administers() ? Optional.empty() : drained.get();
    if (reason.isPresent()) {
      return busy(503, reason.get());
    }
    if (sessions.getAsInt() >= maxSessions) {
      return busy(503, "The server has as many clients as it takes: try again later.");
    }
    return sessionsOf.applyAsInt(origin.agent()) >= maxSessionsPerToken
        ? busy(
            429,
            origin.knownBy() == KnownBy.TOKEN
                ? "This token has as many clients as it may: end one, or use another token."
                : "This agent has as many clients as it may: end one.")
        : Optional.empty();
  }

  private static Optional<HttpAnswer> busy(int status, String sentence) {
    return Optional.of(HttpAnswer.of(status, sentence).with("Retry-After", "1"));
  }
}
