package org.lesbillets.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.ServerTrust;

/**
 * A server, or several of one team, under a name. Immutable.
 *
 * @param servers one or more, tried in order
 * @param tokenFile absolute; null for none
 * @param tokenCommand null for none, as where there is a file
 * @param timeout null where nothing was said
 * @param trust what identifies its servers
 */
public record ContextSettings(
    List<ServerAddress> servers,
    Path tokenFile,
    TokenProgram tokenCommand,
    Duration timeout,
    ServerTrust trust) {

  /**
   * @throws IllegalArgumentException if there is no server, or more than one origin of the token
   */
  public ContextSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a context names at least one server");
    }
    if (tokenFile != null && tokenCommand != null) {
      throw new IllegalArgumentException(
          "a token comes from a file or from a command: take one of the two away");
    }
  }

  /** With the usual trust. */
  public ContextSettings(
      List<ServerAddress> servers, Path tokenFile, TokenProgram tokenCommand, Duration timeout) {
    this(servers, tokenFile, tokenCommand, timeout, ServerTrust.USUAL);
  }

  boolean hasToken() {
    return tokenFile != null || tokenCommand != null;
  }

  /** Whether all of these are servers of this context, so that its token may go to them. */
  boolean covers(Collection<ServerAddress> others) {
    return new HashSet<>(servers).containsAll(others);
  }
}
