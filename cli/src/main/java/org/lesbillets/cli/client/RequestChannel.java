package org.lesbillets.cli.client;

import java.time.Duration;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;

/** A connection for blocking requests. */
public interface RequestChannel extends AutoCloseable {
  ServerAddress server();

  String nextRequestId();

  /**
   * @throws ConnectionException TIMEOUT or LOST
   */
  Answer ask(ClientMessage message, Duration patience);

  @Override
  void close();
}
