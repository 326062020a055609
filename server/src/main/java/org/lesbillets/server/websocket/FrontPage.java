package org.lesbillets.server.websocket;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Handler of every HTTP path, in plain text: the health checks with 200 or 503, {@code /} with what
 * this port offers, the WebSocket's path without an upgrade with 426, any other with 404.
 * Immutable; any thread.
 */
final class FrontPage extends HttpHandler {
  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  private final String program;
  private final Map<String, Supplier<Optional<String>>> checks;

  /**
   * @param program name and version, as in {@code billets-server 1.0}
   * @param checks health checks by their exact paths, each with a sentence when it fails; the
   *     library's own mapping would include the paths below
   */
  FrontPage(String program, Map<String, Supplier<Optional<String>>> checks) {
    this.program = program;
    this.checks = Map.copyOf(checks);
  }

  @Override
  public void service(Request request, Response response) throws IOException {
    Supplier<Optional<String>> check = checks.get(request.getRequestURI());
    response.setContentType(PLAIN_TEXT);
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write(check == null ? answer(request, response) : health(check, response));
  }

  private static String health(Supplier<Optional<String>> check, Response response) {
    Optional<String> trouble = check.get();
    response.setStatus(trouble.isPresent() ? 503 : 200);
    return trouble.orElse("ok") + "\n";
  }

  private String answer(Request request, Response response) {
    String path = request.getRequestURI();
    if (path.equals(TicketEndpoint.PATH)) {
      response.setStatus(426, "Upgrade Required");
      response.setHeader("Upgrade", "websocket");
      return "Clients connect here by WebSocket: run billets, or ask for the upgrade.\n";
    }
    if (!path.equals("/")) {
      response.setStatus(404, "Not Found");
      return "There is nothing at this path.\n\n" + contents();
    }
    if (request.getMethod() != Method.GET && request.getMethod() != Method.HEAD) {
      response.setStatus(405, "Method Not Allowed");
      response.setHeader("Allow", "GET, HEAD");
      return "This page can only be read, with GET.\n";
    }
    return contents();
  }

  private String contents() {
    return program
        + """


        /tickets   the tickets, by WebSocket: what billets connects to
        /healthz   200 while the server works, else 503 with the reason
        /readyz    200 while it takes changes, else 503 with the reason
        """;
  }

  /** The body of an error response of the library. */
  static String error(Request request, int status, String reason) {
    request.getResponse().setContentType(PLAIN_TEXT);
    return status + " " + reason + "\n";
  }
}
