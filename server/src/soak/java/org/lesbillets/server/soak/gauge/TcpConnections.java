package org.lesbillets.server.soak.gauge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The kernel's table of TCP connections (Linux). Stateless. */
public final class TcpConnections {
  private static final String ESTABLISHED = "01";

  private TcpConnections() {}

  /** The local ports of established connections to a port of this machine. */
  public static Set<Integer> to(int port) throws IOException {
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] words = line.strip().split("\\s+");
        if (words.length > 3 && words[3].equals(ESTABLISHED) && port(words[2]) == port) {
          ports.add(port(words[1]));
        }
      }
    }
    return ports;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }
}
