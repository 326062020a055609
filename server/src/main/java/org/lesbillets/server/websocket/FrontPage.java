package org.lesbillets.server.websocket;

import java.util.Map;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Answers every path, in plain text: those of its pages by their handlers, {@code /} with what this
 * port offers, the WebSocket's path without an upgrade with 426, any other with 404. Immutable; any
 * thread.
 */
final class FrontPage extends HttpHandler {
  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  private final String program;
  private final Map<String, HttpHandler> pages;

  /**
   * @param program name and version, as in {@code billets-server 1.0}
   * @param pages by their exact paths; the library's own mapping would take what lies below, too
   */
  FrontPage(String program, Map<String, HttpHandler> pages) {
    this.program = program;
    this.pages = Map.copyOf(pages);
  }

  @Override
  public void service(Request request, Response response) throws Exception {
    HttpHandler page = pages.get(request.getRequestURI());
    if (page != null) {
      page.service(request, response);
      return;
    }
    response.setContentType(PLAIN_TEXT);
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write(answer(request, response));
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

  /** The body of an error answer of the library's own. */
  static String error(Request request, int status, String reason) {
    request.getResponse().setContentType(PLAIN_TEXT);
    return status + " " + reason + "\n";
  }
}
