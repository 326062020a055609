package org.lesbillets.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.tls.TlsIdentity;

/**
 * Configuration of a server. Immutable.
 *
 * @param address to listen on; port 0 for a free one
 * @param data directory of its journal, tokens and lock
 * @param ephemeral whether tickets are kept in memory only
 * @param acceptLoss whether a journal that does not agree with its witness is served
 * @param allowedOrigins of pages that may connect
 * @param allowedHosts names of this server in the header Host, beside loopback and the address
 * @param lockPolicy the roles that may break another agent's lock
 * @param tls null for plain connections
 */
public record ServerConfig(
    InetSocketAddress address,
    Path data,
    boolean ephemeral,
    boolean acceptLoss,
    Set<String> allowedOrigins,
    Set<String> allowedHosts,
    LockPolicy lockPolicy,
    ServerLimits limits,
    TlsIdentity tls) {

  /** The default port. */
  public static final int DEFAULT_PORT = 7420;

  /** The scheme of the server's URL. */
  String scheme() {
    return tls == null ? "ws" : "wss";
  }

  public ServerConfig {
    allowedOrigins = Set.copyOf(allowedOrigins);
    allowedHosts = Set.copyOf(allowedHosts);
  }
}
