package org.lesbillets.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.journal.etcd.EtcdAccess;
import org.lesbillets.server.tls.TlsIdentity;
import org.lesbillets.server.unix.UnixSettings;

/**
 * Configuration of a server. Immutable.
 *
 * @param address to listen on; port 0 for a free one; null for no port
 * @param data directory of its journal, tokens and lock
 * @param ephemeral whether tickets are kept in memory only
 * @param acceptLoss whether a journal that does not agree with its witness is served
 * @param allowedOrigins of pages that may connect
 * @param allowedHosts names of this server in the header Host, beside loopback and the address
 * @param lockPolicy the roles that may break another agent's lock
 * @param tls null for plain connections
 * @param socket a socket of this machine, beside the port or without one
 * @param etcd where the tickets are, if they are in etcd
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
    TlsIdentity tls,
    Optional<UnixSettings> socket,
    Optional<EtcdAccess> etcd) {

  /** The default port. */
  public static final int DEFAULT_PORT = 7420;

  /** The scheme of the server's URL. */
  String scheme() {
    return tls == null ? "ws" : "wss";
  }

  /** What it keeps, for a sentence. */
  String tickets() {
    return ephemeral
        ? "tickets in memory only"
        : etcd.map(access -> "tickets in " + access.address()).orElse("tickets");
  }

  public ServerConfig {
    allowedOrigins = Set.copyOf(allowedOrigins);
    allowedHosts = Set.copyOf(allowedHosts);
  }
}
