package org.lesbillets.server.websocket;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Response of a plain HTTP request or a refused handshake; the connection closes after it.
 * Immutable.
 *
 * @param text for people, or the page of metrics; ends with a newline
 * @param headers beside those that every response has
 */
record HttpAnswer(int status, String contentType, String text, Map<String, String> headers) {
  private static final String PLAIN = "text/plain;charset=utf-8";

  static HttpAnswer of(int status, String sentence) {
    return new HttpAnswer(status, PLAIN, sentence + "\n", Map.of());
  }

  static HttpAnswer of(MetricsSource.Scrape page) {
    return new HttpAnswer(200, page.contentType(), page.text(), Map.of());
  }

  static HttpAnswer methodNotAllowed(String allowed) {
    return of(405, "This can only be read, with " + allowed + ".").with("Allow", allowed);
  }

  HttpAnswer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, contentType, text, Map.copyOf(more));
  }

  /** Writes it as the response to a request, and closes the connection once it has left. */
  void send(FilterChainContext context, HttpRequestPacket request) {
    byte[] words = text.getBytes(StandardCharsets.UTF_8);
    HttpResponsePacket response = request.getResponse();
    response.setStatus(status);
    response.setReasonPhrase(reason());
    // Grizzly serializes its own field unless the request offers an upgrade; this it always does.
    response.getHeaders().setValue(Header.ContentType).setString(contentType);
    response.setContentLength(words.length);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Connection", "close");
    headers.forEach(response::setHeader);
    byte[] body = request.getMethod() == Method.HEAD ? new byte[0] : words;
    context.write(
        response
            .httpContentBuilder()
            .content(Buffers.wrap(context.getMemoryManager(), body))
            .last(true)
            .build());
    Connection<?> connection = context.getConnection();
    context.flush(
        new EmptyCompletionHandler<>() {
          @Override
          public void completed(Object result) {
            connection.closeSilently();
          }
        });
  }

  /** The reason phrase of the status line. */
  String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> throw new IllegalStateException("no reason phrase for " + status);
    };
  }
}
