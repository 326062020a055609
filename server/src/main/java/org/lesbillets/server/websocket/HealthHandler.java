package org.lesbillets.server.websocket;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Says over HTTP whether something is well: 200 and "ok", or 503 and why not. Any thread. */
final class HealthHandler extends HttpHandler {
  private final Supplier<Optional<String>> trouble;

  /**
   * @param trouble a sentence, or nothing when all is well
   */
  HealthHandler(Supplier<Optional<String>> trouble) {
    this.trouble = trouble;
  }

  @Override
  public void service(Request request, Response response) throws IOException {
    Optional<String> sentence = trouble.get();
    response.setStatus(sentence.isPresent() ? 503 : 200);
    response.setContentType("text/plain; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write(sentence.orElse("ok") + "\n");
  }
}
