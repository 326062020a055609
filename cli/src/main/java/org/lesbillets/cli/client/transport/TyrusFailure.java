package org.lesbillets.cli.client.transport;

import org.glassfish.tyrus.client.RetryAfterException;
import org.glassfish.tyrus.client.auth.AuthenticationException;
import org.glassfish.tyrus.core.HandshakeException;
import org.lesbillets.cli.client.ConnectFailure;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ServerAddress;

/** What Tyrus throws when no connection comes about. Stateless; any thread. */
public final class TyrusFailure {
  private TyrusFailure() {}

  public static ConnectionException of(ServerAddress server, Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthenticationException) {
        return ConnectFailure.status(server, 401);
      }
      if (cause instanceof RetryAfterException) {
        return ConnectFailure.status(server, 503);
      }
      if (cause instanceof HandshakeException handshake) {
        return ConnectFailure.status(server, handshake.getHttpStatusCode());
      }
    }
    return ConnectFailure.of(server, problem);
  }
}
