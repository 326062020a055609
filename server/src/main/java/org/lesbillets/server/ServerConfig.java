package org.lesbillets.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.session.SessionLimits;

/**
 * What a server is configured with.
 *
 * @param address where it listens; port 0 for a free one
 * @param data where its journal, tokens and lock are
 * @param ephemeral whether tickets are kept in memory only
 * @param allowedOrigins of pages that may connect
 * @param maxSessions how many clients it takes
 * @param lockPolicy who may break another's lock
 * @param ringBytes how much of the pushed past is kept for those who read slowly
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

  /** Where servers listen when nobody says otherwise. */
  public static final int DEFAULT_PORT = 7420;

  private static final int MAX_SESSIONS = 10_000;
  private static final long RING_BYTES = 32L * 1024 * 1024;

  public ServerConfig {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /** A configuration that is as usual except for where it listens and keeps its data. */
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

  /** This configuration, letting pages of {@code origins} connect. */
  public ServerConfig withAllowedOrigins(Set<String> origins) {
    return new ServerConfig(
        address, data, ephemeral, origins, maxSessions, lockPolicy, ringBytes, sessionLimits);
  }

  /** This configuration with another rule for breaking locks. */
  public ServerConfig withLockPolicy(LockPolicy policy) {
    return new ServerConfig(
        address, data, ephemeral, allowedOrigins, maxSessions, policy, ringBytes, sessionLimits);
  }

  /** This configuration with another ring, and other limits for sessions. */
  public ServerConfig withSessions(long ring, SessionLimits limits) {
    return new ServerConfig(
        address, data, ephemeral, allowedOrigins, maxSessions, lockPolicy, ring, limits);
  }

  /** A free port on the loopback interface. */
  public static InetSocketAddress anyLoopbackPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
