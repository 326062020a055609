package org.lesbillets.server.journal.etcd;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a desk is kept in etcd: {@code etcd://HOST:PORT[,HOST:PORT…][/PREFIX]}, with {@code etcds}
 * for TLS. Immutable; any thread.
 *
 * @param members the cluster's members, as {@code host:port}
 * @param prefix of all keys of the desk: one word, so that none is inside another
 */
public record EtcdAddress(List<String> members, boolean tls, String prefix) {
  private static final String PLAIN = "etcd://";
  private static final String TLS = "etcds://";
  private static final int DEFAULT_PORT = 2379;
  private static final String DEFAULT_PREFIX = "billets";
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public EtcdAddress {
    members = List.copyOf(members);
  }

  /** Whether a text is meant as such an address. */
  public static boolean isMeant(String url) {
    return url.startsWith("etcd:") || url.startsWith("etcds:");
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is none; the message is the end of a sentence
   */
  public static EtcdAddress parse(String url) {
    boolean tls = url.startsWith(TLS);
    if (!tls && !url.startsWith(PLAIN)) {
      throw new IllegalArgumentException("must begin with etcd:// or etcds://");
    }
    String rest = url.substring(tls ? TLS.length() : PLAIN.length());
    int slash = rest.indexOf('/');
    String hosts = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    String prefix = path.isEmpty() ? DEFAULT_PREFIX : path;
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "has a prefix that is not 1 to 64 letters, digits, '.', '_' or '-'");
    }
    List<String> members = new ArrayList<>();
    for (String host : hosts.split(",", -1)) {
      members.add(member(host));
    }
    return new EtcdAddress(members, tls, prefix);
  }

  private static String member(String text) {
    try {
      URI uri = new URI(PLAIN + text);
      boolean plain = uri.getUserInfo() == null && uri.getRawQuery() == null;
      if (uri.getHost() != null && plain && uri.getRawFragment() == null) {
        return uri.getHost() + ":" + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new IllegalArgumentException("has '" + text + "' where HOST or HOST:PORT must be");
  }

  /** As it is written. */
  @Override
  public String toString() {
    return (tls ? TLS : PLAIN) + String.join(",", members) + "/" + prefix;
  }
}
