package org.lesbillets.server.websocket;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;

/** Closes a connection when the refusal has left. */
final class CloseAfterFlush extends EmptyCompletionHandler<Object> {
  private final Connection<?> connection;

  CloseAfterFlush(Connection<?> connection) {
    this.connection = connection;
  }

  @Override
  public void completed(Object result) {
    connection.closeSilently();
  }
}
