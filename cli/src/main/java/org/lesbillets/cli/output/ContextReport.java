package org.lesbillets.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A named server as it is shown, with the origin of its token, never the token. Immutable.
 *
 * @param current whether it is the one in use
 * @param servers their addresses
 * @param token its origin
 * @param timeoutMillis null where nothing was said
 */
public record ContextReport(
    String name, boolean current, List<String> servers, Token token, Long timeoutMillis) {
  public ContextReport {
    servers = List.copyOf(servers);
  }

  /**
   * The origin of a token.
   *
   * @param file null for none
   * @param command a program and its arguments; null for none
   * @param line the command as people say it; null for none
   */
  public record Token(String file, List<String> command, String line) {
    /** No token of its context: the settings decide. */
    public static final Token NONE = new Token(null, null, null);

    public static Token ofFile(String file) {
      return new Token(file, null, null);
    }
  }

  /** Its values in order, by their names. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("current", current);
    fields.put("servers", String.join(",", servers));
    fields.put("tokenFile", token.file());
    fields.put("tokenCommand", token.line());
    fields.put("timeoutMillis", timeoutMillis);
    return fields;
  }
}
