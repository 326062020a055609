package org.lesbillets.server.websocket;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.glassfish.grizzly.http.Method;

/**
 * Responses of the plain HTTP paths: the health checks with 200 or 503, {@code /}, the WebSocket's
 * path without an upgrade with 426, any other with 404. Strangers get neither versions, reasons,
 * nor a list of what this port offers; operators, who show an admin's token, get all. Immutable;
 * any thread.
 */
final class FrontPage {
  /** The path of the WebSocket. */
  static final String TICKETS = "/tickets";

  private static final String METRICS = "/metrics";

  private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD);

  private final String program;
  private final MetricsSource metrics;
  private final Map<String, Check> checks;

  /**
   * Who asks.
   *
   * @param operator whether the request bears an admin's token
   * @param mayMeasure whether it may read the metrics
   * @param accept header of the request, or null
   */
  record Asker(boolean operator, boolean mayMeasure, String accept) {}

  /**
   * A health check.
   *
   * @param trouble a sentence for operators when it fails
   * @param verdict all that strangers get then
   */
  record Check(Supplier<Optional<String>> trouble, String verdict) {}

  /**
   * @param program name and version, as in {@code billets-server 1.0}
   * @param checks health checks by their exact paths
   */
  FrontPage(String program, MetricsSource metrics, Map<String, Check> checks) {
    this.program = program;
    this.metrics = metrics;
    this.checks = Map.copyOf(checks);
  }

  HttpAnswer answer(Method method, String path, Asker asker) {
    if (path.equals(TICKETS)) {
      return method == Method.GET
          ? HttpAnswer.of(426, "Clients connect here by WebSocket, with a token.")
              .with("Upgrade", "websocket")
          : HttpAnswer.methodNotAllowed("GET");
    }
    boolean root = path.equals("/");
    boolean measured = path.equals(METRICS);
    if (!root && !measured && !checks.containsKey(path)) {
      return HttpAnswer.of(404, "There is nothing at this path.");
    }
    if (!READING.contains(method)) {
      return HttpAnswer.methodNotAllowed("GET, HEAD");
    }
    if (measured) {
      return measure(asker);
    }
    return root
        ? HttpAnswer.of(200, contents(asker.operator()))
        : health(checks.get(path), asker.operator());
  }

  private HttpAnswer measure(Asker asker) {
    if (!asker.mayMeasure()) {
      return HttpAnswer.of(401, "Metrics are for this machine, or for who shows a token.")
          .with("WWW-Authenticate", "Bearer");
    }
    MetricsSource.Scrape page = metrics.scrape(asker.accept());
    return page == null
        ? HttpAnswer.of(503, "The first page is being made: try again.").with("Retry-After", "1")
        : HttpAnswer.of(page);
  }

  private static HttpAnswer health(Check check, boolean operator) {
    return check
        .trouble()
        .get()
        .map(sentence -> HttpAnswer.of(503, operator ? sentence : check.verdict()))
        .orElseGet(() -> HttpAnswer.of(200, "ok"));
  }

  private String contents(boolean operator) {
    if (!operator) {
      return "A server for Les Billets. Its operator reads more here with the local token.";
    }
    return program
        + """


        /tickets   the tickets, by WebSocket: what billets connects to
        /healthz   200 while the server works, else 503 with the reason
        /readyz    200 while it takes changes, else 503 with the reason
        /metrics   numbers, for Prometheus\
        """;
  }
}
