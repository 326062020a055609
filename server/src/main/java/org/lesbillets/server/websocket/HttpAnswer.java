package org.lesbillets.server.websocket;

import java.util.HashMap;
import java.util.Map;

/**
 * Response of a plain HTTP request or a refused handshake; the connection closes after it.
 * Immutable.
 *
 * @param text plain, for people; ends with a newline
 * @param headers beside those that every response has
 */
record HttpAnswer(int status, String text, Map<String, String> headers) {
  static HttpAnswer of(int status, String sentence) {
    return new HttpAnswer(status, sentence + "\n", Map.of());
  }

  static HttpAnswer methodNotAllowed(String allowed) {
    return of(405, "This can only be read, with " + allowed + ".").with("Allow", allowed);
  }

  HttpAnswer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new HttpAnswer(status, text, Map.copyOf(more));
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
