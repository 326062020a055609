package org.lesbillets.cli.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The address of a server. Immutable.
 *
 * @param uri {@code ws} or {@code wss}, with host, port and path
 */
public record ServerAddress(URI uri) {
  /** The default port of servers. */
  public static final int DEFAULT_PORT = 7420;

  private static final String DEFAULT_PATH = "/tickets";

  /**
   * @throws IllegalArgumentException if {@code uri} is no complete WebSocket address; the message
   *     says what would be
   */
  public ServerAddress {
    Objects.requireNonNull(uri, "uri");
    boolean webSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
    if (!webSocket || uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65535) {
      throw unreadable(uri.toString());
    }
  }

  /**
   * Reads one or more addresses: {@code ws://host:port/tickets}, {@code wss://…}, {@code host:port}
   * or {@code host}. What is left out is {@code ws}, port 7420 and path {@code /tickets}.
   *
   * @throws IllegalArgumentException if one of them is no address; the message says what would be
   */
  public static List<ServerAddress> parseAll(String commaSeparated) {
    List<ServerAddress> addresses = new ArrayList<>();
    for (String text : commaSeparated.split(",", -1)) {
      addresses.add(parse(text.strip()));
    }
    return List.copyOf(addresses);
  }

  /** Whether connections to it have TLS. */
  boolean isSecure() {
    return uri.getScheme().equals("wss");
  }

  private static ServerAddress parse(String text) {
    try {
      URI given = new URI(text.contains("://") ? text : "ws://" + text);
      if (given.getHost() == null || given.getUserInfo() != null || given.getFragment() != null) {
        throw unreadable(text);
      }
      return new ServerAddress(completed(given));
    } catch (URISyntaxException e) {
      throw unreadable(text);
    }
  }

  private static URI completed(URI given) throws URISyntaxException {
    String scheme = given.getScheme().toLowerCase(Locale.ROOT);
    int port = given.getPort() != -1 ? given.getPort() : DEFAULT_PORT;
    String path =
        given.getPath().isEmpty() || given.getPath().equals("/") ? DEFAULT_PATH : given.getPath();
    return new URI(scheme, null, given.getHost(), port, path, given.getQuery(), null);
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no server address: write ws://HOST:PORT/tickets, wss://…, or HOST:PORT");
  }

  // The generated ones of records are linked at run time, which takes 7 ms of each start.

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerAddress address && uri.equals(address.uri);
  }

  @Override
  public int hashCode() {
    return uri.hashCode();
  }

  /** The URI, as sentences for people name it. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
