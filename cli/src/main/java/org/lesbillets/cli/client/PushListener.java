package org.lesbillets.cli.client;

import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.Push;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;

/**
 * Callbacks for messages that answer no request. Called on the connection's I/O thread, one at a
 * time, in order; while a call lasts nothing more is read (back-pressure).
 */
public interface PushListener {
  /** Ignores all of them. */
  PushListener NONE =
      new PushListener() {
        @Override
        public void onPush(Push message) {}

        @Override
        public void onClosed(CloseNotice notice) {}
      };

  /**
   * Decodes a message of any kind, before it is routed. One who listens on many connections, which
   * get the same texts, can decode each once.
   *
   * @throws WireFormatException if it is none
   */
  default ServerMessage decode(String text) throws WireFormatException {
    return MessageCodec.decodeServerMessage(text);
  }

  /** An event without requestId, a Position, or Draining. */
  void onPush(Push message);

  /**
   * The connection has ended, from either side; called once, after the last push, perhaps on the
   * thread that closed it.
   */
  void onClosed(CloseNotice notice);
}
