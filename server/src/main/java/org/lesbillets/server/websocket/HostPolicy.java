package org.lesbillets.server.websocket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Allow list for the {@code Host} header, against DNS rebinding: a page of a foreign name that
 * resolves to this machine names itself there. Allowed are {@code localhost}, loopback addresses,
 * the bind address and configured names, each with any port, since tunnels change it. Immutable;
 * any thread; never resolves a name.
 */
final class HostPolicy {
  private static final Pattern HOST =
      Pattern.compile("(?<host>[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{0,5})?");
  private static final Pattern IPV4 =
      Pattern.compile(
          "(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");

  private final Set<String> names = new HashSet<>();
  private final InetAddress bound;

  /**
   * @param allowedHosts further names, without a port
   */
  HostPolicy(InetSocketAddress bind, Set<String> allowedHosts) {
    this.bound = bind.getAddress();
    names.add("localhost");
    names.add(bind.getHostString().toLowerCase(Locale.ROOT));
    allowedHosts.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * @param host header
   */
  boolean allows(String host) {
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      return false;
    }
    String name = matcher.group("host").toLowerCase(Locale.ROOT);
    return names.contains(name) || isOwnAddress(name);
  }

  private boolean isOwnAddress(String name) {
    if (!name.startsWith("[") && !IPV4.matcher(name).matches()) {
      return false;
    }
    try {
      InetAddress address = InetAddress.getByName(name);
      return address.isLoopbackAddress() || address.equals(bound);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
