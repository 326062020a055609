package org.lesbillets.model.wire;

import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/** Placeholder to be replaced by the codec. */
public final class MessageCodec {
  private MessageCodec() {}

  public static String encode(ClientMessage message) {
    throw new UnsupportedOperationException(message.type());
  }

  public static String encode(ServerMessage message) {
    throw new UnsupportedOperationException(message.type());
  }

  public static ClientMessage decodeClientMessage(String json) throws WireFormatException {
    throw new UnsupportedOperationException(json);
  }

  public static ServerMessage decodeServerMessage(String json) throws WireFormatException {
    throw new UnsupportedOperationException(json);
  }
}
