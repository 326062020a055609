package org.lesbillets.model.wire;

import java.nio.charset.StandardCharsets;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * Fuzz target of the codecs: an input is decoded, or refused by a {@link WireFormatException} with
 * a sentence, and what was decoded survives a round trip. For one thread.
 */
public final class CodecFuzz {
  private CodecFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    client(text);
    server(text);
    ticket(text);
    journal(input);
  }

  private static void client(String text) {
    ClientMessage message;
    try {
      message = MessageCodec.decodeClientMessage(text);
    } catch (WireFormatException e) {
      refused(e);
      return;
    }
    String encoded = MessageCodec.encode(message);
    try {
      same(message, MessageCodec.decodeClientMessage(encoded), encoded);
    } catch (WireFormatException e) {
      throw new AssertionError("not decoded again: " + encoded, e);
    }
  }

  private static void server(String text) {
    ServerMessage message;
    try {
      message = MessageCodec.decodeServerMessage(text);
    } catch (WireFormatException e) {
      refused(e);
      return;
    }
    if (message == null) {
      return;
    }
    String encoded = MessageCodec.encode(message);
    try {
      String again = MessageCodec.encode(MessageCodec.decodeServerMessage(encoded));
      same(encoded, again, encoded);
    } catch (WireFormatException e) {
      throw new AssertionError("not decoded again: " + encoded, e);
    }
  }

  private static void ticket(String text) {
    try {
      TicketCodec.decode(text, "1");
    } catch (WireFormatException e) {
      refused(e);
    }
  }

  private static void journal(byte[] stored) {
    try {
      JournalCodec.decodeEvent(stored);
    } catch (WireFormatException e) {
      refused(e);
    }
    try {
      JournalCodec.decodeComments(stored);
    } catch (WireFormatException e) {
      refused(e);
    }
  }

  private static void refused(WireFormatException e) {
    if (e.getMessage() == null || e.getMessage().isBlank()) {
      throw new AssertionError("refused without a sentence", e);
    }
  }

  private static void same(Object expected, Object actual, String encoded) {
    if (!expected.equals(actual)) {
      throw new AssertionError("another after a round trip: " + encoded + " and " + actual);
    }
  }
}
