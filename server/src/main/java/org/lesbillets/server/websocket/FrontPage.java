package org.lesbillets.server.websocket;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.Method;

/**
 * Responses of the plain HTTP paths: the health checks with 200 or 503, {@code /}, the WebSocket's
 * path without an upgrade with 426, any other with 404. Strangers get neither versions, file paths,
 * nor a list of what this port offers; operators, who show an admin's token, get all. Immutable;
 * any thread.
 */
final class FrontPage {
  /** The path of the WebSocket. */
  static final String TICKETS = "/tickets";

  private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD);

  /** The rest of a file path in a sentence. */
  private static final String REST = "[^\\s,;:()'\"]*";

  private static final String HIDDEN = "…";

  private final String program;
  private final Pattern filePaths;
  private final Map<String, Supplier<Optional<String>>> checks;

  /**
   * @param program name and version, as in {@code billets-server 1.0}
   * @param data directory, whose name may have spaces
   * @param checks health checks by their exact paths, each with a sentence when it fails
   */
  FrontPage(String program, Path data, Map<String, Supplier<Optional<String>>> checks) {
    this.program = program;
    this.filePaths =
        Pattern.compile(
            "%s%s|%s/%s|(?<![\\w/.])/%s"
                .formatted(quoted(data.toAbsolutePath()), REST, quoted(data), REST, REST));
    this.checks = Map.copyOf(checks);
  }

  /**
   * @param operator whether the request bears an admin's token
   */
  HttpAnswer answer(Method method, String path, boolean operator) {
    if (path.equals(TICKETS)) {
      return method == Method.GET
          ? HttpAnswer.of(426, "Clients connect here by WebSocket, with a token.")
              .with("Upgrade", "websocket")
          : HttpAnswer.methodNotAllowed("GET");
    }
    boolean root = path.equals("/");
    if (!root && !checks.containsKey(path)) {
      return HttpAnswer.of(404, "There is nothing at this path.");
    }
    if (!READING.contains(method)) {
      return HttpAnswer.methodNotAllowed("GET, HEAD");
    }
    return root ? HttpAnswer.of(200, contents(operator)) : health(checks.get(path).get(), operator);
  }

  private HttpAnswer health(Optional<String> trouble, boolean operator) {
    return trouble
        .map(sentence -> HttpAnswer.of(503, operator ? sentence : withoutPaths(sentence)))
        .orElseGet(() -> HttpAnswer.of(200, "ok"));
  }

  private static String quoted(Path path) {
    return Pattern.quote(path.toString());
  }

  private String withoutPaths(String sentence) {
    return filePaths.matcher(sentence).replaceAll(HIDDEN);
  }

  private String contents(boolean operator) {
    if (!operator) {
      return "A server for Les Billets. Its operator reads more here with the local token.";
    }
    return program
        + """


        /tickets   the tickets, by WebSocket: what billets connects to
        /healthz   200 while the server works, else 503 with the reason
        /readyz    200 while it takes changes, else 503 with the reason\
        """;
  }
}
