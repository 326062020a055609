package org.lesbillets.cli.client;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The address of a server: one of the network, or a Unix domain socket of this machine. Immutable.
 *
 * @param uri {@code ws} or {@code wss}, with host, port and path; or {@code unix}, with an absolute
 *     path
 */
public record ServerAddress(URI uri) {
  /** The default port of servers. */
  public static final int DEFAULT_PORT = 7420;

  /** A query that the protocol defines. */
  private static final String ADMIN = "?purpose=admin";

  private static final String DEFAULT_PATH = "/tickets";
  private static final String UNIX = "unix";

  /** The kernel's limit for the path of a socket, without its terminating NUL. */
  private static final int LONGEST_SOCKET_BYTES = 107;

  /**
   * @throws IllegalArgumentException if {@code uri} is no complete WebSocket address; the message
   *     says what would be
   */
  public ServerAddress {
    Objects.requireNonNull(uri, "uri");
    boolean webSocket = "ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
    boolean network =
        webSocket && uri.getHost() != null && uri.getPort() >= 1 && uri.getPort() <= 65535;
    if (!network && !(UNIX.equals(uri.getScheme()) && uri.getPath() != null)) {
      throw unreadable(uri.toString());
    }
  }

  /**
   * The address of a Unix domain socket.
   *
   * @throws IllegalArgumentException if the path is not absolute, longer than 107 bytes, or has
   *     control characters; the message says so
   */
  public static ServerAddress ofSocket(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "'" + UNIX + ":" + path + "' is no server address: write the whole path, unix:/PATH");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_BYTES) {
      throw new IllegalArgumentException(
          "the path of a socket has at most "
              + LONGEST_SOCKET_BYTES
              + " bytes, and '"
              + path
              + "' has more: put it into a folder with a shorter name");
    }
    try {
      if (path.chars().anyMatch(Character::isISOControl)) {
        throw unreadable(UNIX + ":…");
      }
      // More slashes at its beginning mean the same, but not to a URI.
      return new ServerAddress(new URI(UNIX, null, path.replaceFirst("^/+", "/"), null));
    } catch (URISyntaxException e) {
      throw unreadable(UNIX + ":" + path);
    }
  }

  /**
   * Reads one or more addresses: {@code ws://host:port/tickets}, {@code wss://…}, {@code
   * host:port}, {@code host} or {@code unix:/path}. What is left out is {@code ws}, port 7420 and
   * path {@code /tickets}.
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

  /** The path of its Unix domain socket; null for an address of the network. */
  public String socket() {
    return uri.getScheme().equals(UNIX) ? uri.getPath() : null;
  }

  /** Whether it is a Unix domain socket that is not there now. */
  public boolean isMissingSocket() {
    return socket() != null && !new File(socket()).exists();
  }

  private static ServerAddress parse(String text) {
    if (text.regionMatches(true, 0, UNIX + ":", 0, UNIX.length() + 1)) {
      return ofSocket(text.substring(UNIX.length() + 1));
    }
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
        "'"
            + text
            + "' is no server address: write ws://HOST:PORT/tickets, wss://…, HOST:PORT, or"
            + " unix:/PATH");
  }

  /** The address for a connection that administers the server. */
  ServerAddress administering() {
    return new ServerAddress(URI.create(uri + ADMIN));
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

  /** The URI, or {@code unix:} and the path, as sentences for people name it. */
  @Override
  public String toString() {
    String text = socket() == null ? uri.toString() : UNIX + ":" + socket();
    return text.endsWith(ADMIN) ? text.substring(0, text.length() - ADMIN.length()) : text;
  }
}
