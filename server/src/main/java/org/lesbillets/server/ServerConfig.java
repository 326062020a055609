package org.lesbillets.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.session.SessionLimits;

/**
 * Configuration of a server. Immutable.
 *
 * @param address to listen on; port 0 for a free one
 * @param data directory of its journal, tokens and lock
 * @param ephemeral whether tickets are kept in memory only
 * @param allowedOrigins of pages that may connect
 * @param maxSessions bound of the sessions
 * @param lockPolicy the roles that may break another agent's lock
 * @param ringBytes bound of the frame log
 */
public record ServerConfig(
    InetSocketAddress address,
    Path data,
    boolean ephemeral,
    Set<String> allowedOrigins,
    int maxSessions,
    LockPolicy lockPolicy,
    long ringBytes,
    SessionLimits sessionLimits) {

  /** The default port. */
  public static final int DEFAULT_PORT = 7420;

  private static final int MAX_SESSIONS = 10_000;
  private static final long RING_BYTES = 32L * 1024 * 1024;

  public ServerConfig {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /** The default configuration with an address and a data directory. */
  public static ServerConfig of(InetSocketAddress address, Path data, boolean ephemeral) {
    return new ServerConfig(
        address,
        data,
        ephemeral,
        Set.of(),
        MAX_SESSIONS,
        LockPolicy.AGENTS_BREAK,
        RING_BYTES,
        SessionLimits.DEFAULT);
  }

  /** This configuration with the origins of pages that may connect. */
  public ServerConfig withAllowedOrigins(Set<String> origins) {
    return new ServerConfig(
        address, data, ephemeral, origins, maxSessions, lockPolicy, ringBytes, sessionLimits);
  }

  /** This configuration with another policy for breaking locks. */
  public ServerConfig withLockPolicy(LockPolicy policy) {
    return new ServerConfig(
        address, data, ephemeral, allowedOrigins, maxSessions, policy, ringBytes, sessionLimits);
  }

  /** This configuration with another frame log and other limits for sessions. */
  public ServerConfig withSessions(long ring, SessionLimits limits) {
    return new ServerConfig(
        address, data, ephemeral, allowedOrigins, maxSessions, lockPolicy, ring, limits);
  }

  /** A free port on the loopback interface. */
  public static InetSocketAddress anyLoopbackPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
